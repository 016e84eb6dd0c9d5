package observatory.ingest;

import java.util.List;
import java.util.concurrent.TimeUnit;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.ExporterSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many records of each format one core decodes in a second; run as in ingest/README.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class DecoderBenchmark {
    /** Whole datagrams of every format: a multiple of 30, 24 and 7. */
    private static final int RECORDS = 42_000;

    @Param({
        "NETFLOW5",
        "NETFLOW9",
        "IPFIX",
        "SFLOW5",
        "ZEEK_JSON",
        "ZEEK_TSV",
        "SURICATA_EVE",
        "DNSMASQ",
        "BIND_QUERY",
        "DNSTAP"
    })
    private Format format = Format.NETFLOW5;

    private List<RawMessage> messages = List.of();

    @Setup
    public void makeUp() {
        messages = format.isDatagram() ? MadeUpDatagrams.of(format, RECORDS) : MadeUpLogs.of(format, RECORDS);
        long decoded = decode();
        if (decoded < RECORDS) {
            throw new IllegalStateException(decoded + " of " + RECORDS + " records are decoded");
        }
    }

    /** Datagrams meet a new session each time, since it would take them for repeated. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long decode() {
        ExporterSession session = new ExporterSession();
        Decoder decoder = format.isDatagram() ? session::decode : Decoders.forFormat(format);
        long records = 0;
        for (RawMessage message : messages) {
            Decoded decoded = decoder.decode(message);
            records += format.isDatagram() ? decoded.observations().size() : decoded.records();
        }
        return records;
    }
}
