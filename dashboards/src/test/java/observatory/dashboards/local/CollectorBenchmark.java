package observatory.dashboards.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import observatory.ingest.Decoders;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Collectors;
import observatory.ingest.collect.Exporters;
import observatory.ingest.collect.Topics;
import org.slf4j.LoggerFactory;

/**
 * How much the UDP collector takes on loopback with a real Kafka behind it: NetFlow v5 datagrams of 30 records at a fixed
 * rate. Arguments: records a second, seconds. Result: the log's one line at level warn.
 */
final class CollectorBenchmark {
    private static final int RECORDS = 30;
    private static final int LENGTH = 24 + RECORDS * 48;

    private CollectorBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        long rate = Long.parseLong(arguments[0]) / RECORDS;
        long seconds = Long.parseLong(arguments[1]);
        Path folder = Files.createTempDirectory("observatory-benchmark");
        try (KafkaProcess kafka = KafkaProcess.start(RealKafka.setup(folder))) {
            Collectors collectors = Collectors.open(
                    new CollectSettings(
                            "benchmark",
                            CollectSettings.Flows.on("127.0.0.1", List.of(0)),
                            List.of(),
                            List.of(),
                            List.of(),
                            new Exporters(List.of(), List.of()),
                            Topics.Kafka.at(kafka.bootstrap()),
                            folder.resolve("state")),
                    Clock.systemUTC(),
                    Decoders::detectDatagram);
            long started = System.nanoTime();
            long sent = send(collectors.flowPorts().getFirst(), rate, seconds);
            double elapsed = (System.nanoTime() - started) / 1e9;
            Thread.sleep(1_000);
            collectors.close();
            Collectors.Received received = collectors.received();
            LoggerFactory.getLogger(CollectorBenchmark.class)
                    .warn(String.format(
                            Locale.ROOT,
                            "%,.0f records/s for %.0f s: %,d datagrams sent, %,d received, %,d dropped by the kernel,"
                                    + " %,d by the queue; buffer %,d bytes",
                            sent * RECORDS / elapsed,
                            elapsed,
                            sent,
                            received.messages(),
                            received.kernelDrops(),
                            received.queueDrops(),
                            collectors.receiveBuffer()));
        }
    }

    /** Sends in steps of 10 ms, each as many as the rate asks for by then. */
    private static long send(int port, long rate, long seconds) throws Exception {
        ByteBuffer datagram =
                ByteBuffer.allocateDirect(LENGTH).putShort((short) 5).putShort((short) RECORDS);
        InetSocketAddress collector = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        long sent = 0;
        try (DatagramChannel channel = DatagramChannel.open().connect(collector)) {
            long start = System.nanoTime();
            for (long passed = 0; passed < Duration.ofSeconds(seconds).toNanos(); passed = System.nanoTime() - start) {
                for (long due = passed * rate / 1_000_000_000L; sent < due; sent++) {
                    datagram.clear();
                    channel.write(datagram);
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
        return sent;
    }
}
