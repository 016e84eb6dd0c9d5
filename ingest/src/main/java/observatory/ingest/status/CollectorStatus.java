package observatory.ingest.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a collector took in from one exporter or sensor in a few seconds of one minute; the intervals of a collector do not
 * overlap, so that their counts add up. Written as one JSON object a line, {@link #toLine()}:
 *
 * <pre>{"collector":"hq","listener":"udp:2055","sensor":"core-zh","site":"zurich","from":1700000000000000000,
 * "until":1700000010000000000,"received":120,"bytes":168000,"queue_drops":0,"kernel_drops":0}</pre>
 *
 * @param collector name of the collector
 * @param listener what it came in by: {@code udp:2055}, {@code file}, {@code syslog-tcp:514}, {@code dnstap}
 * @param sensor exporter, sensor or resolver; the collector itself for what can be put down to no one of them
 * @param site site of the sensor
 * @param fromNanos start of the interval, nanoseconds since 1970
 * @param untilNanos its end
 * @param received datagrams, lines or frames that were taken in, dropped ones included
 * @param bytes their bytes
 * @param queueDrops those among them that could not be written to Kafka
 * @param kernelDrops datagrams that the kernel dropped before the collector saw them, from {@code /proc/net/udp}
 */
public record CollectorStatus(
        String collector,
        String listener,
        String sensor,
        String site,
        long fromNanos,
        long untilNanos,
        long received,
        long bytes,
        long queueDrops,
        long kernelDrops) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The status as one line of JSON with its line end, UTF-8. */
    public byte[] toLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("collector", collector);
            json.writeStringField("listener", listener);
            json.writeStringField("sensor", sensor);
            json.writeStringField("site", site);
            json.writeNumberField("from", fromNanos);
            json.writeNumberField("until", untilNanos);
            json.writeNumberField("received", received);
            json.writeNumberField("bytes", bytes);
            json.writeNumberField("queue_drops", queueDrops);
            json.writeNumberField("kernel_drops", kernelDrops);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return line.toByteArray();
    }
}
