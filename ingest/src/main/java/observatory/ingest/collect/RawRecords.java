package observatory.ingest.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A raw message as a Kafka record and back.
 *
 * <pre>
 * key      sensor, UTF-8                  value    the payload, byte for byte as received
 * headers  format    zeek-json            site     zurich        source   /var/log/zeek/conn.log
 *          received  nanoseconds, text    line     1             offset   0
 *          header    Zeek TSV's # lines, or the kind of a Zeek JSON log
 *          stream    which writing of a file it is a piece of, see {@link Repeats}
 *          unreadable  [{"line":..,"offset":..,"reason":"too-long","detail":..,"sample":..}]
 * </pre>
 *
 * A record of another shipper has none of these: its topic tells the format, its key (or a header {@code sensor}) the
 * sensor, its timestamp when it was received. Whatever a record holds, reading it gives a message; what cannot be
 * understood is a message with a {@link Rejection} in it.
 */
public final class RawRecords {
    static final String FORMAT = "format";
    static final String SENSOR = "sensor";
    static final String SITE = "site";
    static final String SOURCE = "source";
    static final String RECEIVED = "received";
    static final String LINE = "line";
    static final String OFFSET = "offset";
    static final String HEADER = "header";
    static final String STREAM = "stream";
    static final String UNREADABLE = "unreadable";

    /** Longer names and paths are cut: a header is the sender's own, and state and indices are keyed by it. */
    private static final int LONGEST_NAME = 512;

    /** More than a block can hold; the bound on a header that claims a million of them. */
    private static final int MOST_UNREADABLE = 16;

    private static final int LONGEST_NUMBER = 19;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RawRecords() {}

    /** The record of a message, for a topic. */
    public static ProducerRecord<byte[], byte[]> write(String topic, RawMessage message, String stream) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, utf8(message.sensor()), message.payload());
        Headers headers = record.headers()
                .add(FORMAT, utf8(message.format().label()))
                .add(SITE, utf8(message.site()))
                .add(SOURCE, utf8(message.source()))
                .add(RECEIVED, number(message.receivedNanos()))
                .add(LINE, number(message.firstLine()))
                .add(OFFSET, number(message.offset()));
        if (message.header().length > 0) {
            headers.add(HEADER, message.header());
        }
        if (!stream.isEmpty()) {
            headers.add(STREAM, utf8(stream));
        }
        if (!message.unreadable().isEmpty()) {
            headers.add(UNREADABLE, unreadable(message.unreadable()));
        }
        return record;
    }

    /** Headers that all datagrams of one exporter and format share, made once. */
    static List<Header> shared(Format format, String site) {
        return List.of(new RecordHeader(FORMAT, utf8(format.label())), new RecordHeader(SITE, utf8(site)));
    }

    /** The record of a datagram, without a message in between. */
    static ProducerRecord<byte[], byte[]> datagram(
            byte[] key, List<Header> shared, byte[] source, long receivedNanos, byte[] payload) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.DATAGRAMS, null, null, key, payload, shared);
        record.headers().add(SOURCE, source).add(RECEIVED, number(receivedNanos));
        return record;
    }

    /** The message in a record. Never throws, whatever the record holds. */
    public static Collected read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        String place = record.topic() + '-' + record.partition() + '@' + record.offset();
        String sensor = sensor(record, headers);
        String site = text(headers, SITE);
        String source = text(headers, SOURCE);
        String stream = text(headers, STREAM);
        Format format = format(record.topic(), headers);
        long received = received(record, headers);
        long line = number(headers, LINE, 0);
        long offset = number(headers, OFFSET, 0);
        byte[] payload = record.value() == null ? new byte[0] : record.value();
        byte[] header = bytes(headers, HEADER);
        List<Rejection> unreadable = new ArrayList<>();
        String from = source.isEmpty() ? place : source;
        String fault = fault(record, headers, format, line, offset);
        if (format == null || fault != null) {
            unreadable.add(new Rejection(
                    sensor,
                    from,
                    0,
                    0,
                    Reason.MALFORMED,
                    "the Kafka record " + place + ": " + fault,
                    Rejection.sample(payload)));
            return new Collected(
                    new RawMessage(
                            Format.COLLECTOR_STATUS,
                            sensor,
                            site.isEmpty() ? sensor : site,
                            from,
                            0,
                            0,
                            received,
                            new byte[0],
                            new byte[0],
                            unreadable),
                    "");
        }
        readUnreadable(bytes(headers, UNREADABLE), sensor, from, unreadable);
        return new Collected(
                new RawMessage(
                        format,
                        sensor,
                        site.isEmpty() ? sensor : site,
                        from,
                        line,
                        offset,
                        received,
                        header,
                        payload,
                        unreadable),
                stream);
    }

    private static @Nullable String fault(
            ConsumerRecord<byte[], byte[]> record, Headers headers, @Nullable Format format, long line, long offset) {
        if (format == null) {
            String stated = text(headers, FORMAT);
            return stated.isEmpty()
                    ? "neither a header 'format' nor the topic '" + record.topic() + "' tells a format that is known"
                    : "'" + printable(stated) + "' in the header 'format' is no format that is known";
        }
        if (line < 0 || offset < 0) {
            return "the header 'line' or 'offset' is no number";
        }
        return null;
    }

    private static @Nullable Format format(String topic, Headers headers) {
        String stated = text(headers, FORMAT);
        String name =
                stated.isEmpty() && topic.startsWith(Topics.PREFIX) ? topic.substring(Topics.PREFIX.length()) : stated;
        Optional<Format> format = Format.named(name);
        return format.orElse(null);
    }

    private static String sensor(ConsumerRecord<byte[], byte[]> record, Headers headers) {
        String stated = text(headers, SENSOR);
        if (!stated.isEmpty()) {
            return stated;
        }
        String key = record.key() == null ? "" : name(record.key());
        return key.isEmpty() ? record.topic() : key;
    }

    private static long received(ConsumerRecord<byte[], byte[]> record, Headers headers) {
        long stated = number(headers, RECEIVED, 0);
        return stated > 0
                ? stated
                : Math.clamp(record.timestamp(), 0, Long.MAX_VALUE / NANOS_PER_MILLI) * NANOS_PER_MILLI;
    }

    private static byte[] bytes(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? new byte[0] : header.value();
    }

    private static String text(Headers headers, String name) {
        return name(bytes(headers, name));
    }

    private static String name(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, LONGEST_NAME), StandardCharsets.UTF_8);
        return printable(text);
    }

    private static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.replaceAll("\\p{Cntrl}", "?");
            }
        }
        return text;
    }

    /** The decimal number in a header; {@code absent} when there is no such header, -1 when it holds something else. */
    private static long number(Headers headers, String name, long absent) {
        byte[] bytes = bytes(headers, name);
        if (bytes.length == 0) {
            return absent;
        }
        if (bytes.length > LONGEST_NUMBER) {
            return -1;
        }
        long value = 0;
        for (byte b : bytes) {
            if (b < '0' || b > '9') {
                return -1;
            }
            value = value * 10 + (b - '0');
        }
        return value;
    }

    private static byte[] number(long value) {
        return Long.toString(Math.max(value, 0)).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] unreadable(List<Rejection> rejections) {
        ArrayNode array = JSON.createArrayNode();
        for (Rejection rejection : rejections) {
            ObjectNode node = array.addObject();
            node.put("line", rejection.line());
            node.put("offset", rejection.offset());
            node.put("reason", rejection.reason().label());
            node.put("detail", rejection.detail());
            node.put("sample", rejection.sample());
        }
        return utf8(array.toString());
    }

    private static void readUnreadable(byte[] json, String sensor, String source, List<Rejection> rejections) {
        if (json.length == 0) {
            return;
        }
        JsonNode array;
        try {
            array = JSON.readTree(utf8(new String(json, StandardCharsets.UTF_8)));
        } catch (IOException notJson) {
            array = JSON.missingNode();
        }
        if (!array.isArray()) {
            rejections.add(new Rejection(
                    sensor,
                    source,
                    0,
                    0,
                    Reason.MALFORMED,
                    "the header 'unreadable' of a Kafka record is no JSON array",
                    Rejection.sample(json)));
            return;
        }
        for (int i = 0; i < Math.min(array.size(), MOST_UNREADABLE); i++) {
            JsonNode node = array.get(i);
            rejections.add(new Rejection(
                    sensor,
                    source,
                    node.path("line").asLong(),
                    node.path("offset").asLong(),
                    reason(node.path("reason").asText()),
                    name(utf8(node.path("detail").asText())),
                    Rejection.sample(utf8(node.path("sample").asText()))));
        }
    }

    private static Reason reason(String label) {
        for (Reason reason : Reason.values()) {
            if (reason.label().equals(label)) {
                return reason;
            }
        }
        return Reason.MALFORMED;
    }
}
