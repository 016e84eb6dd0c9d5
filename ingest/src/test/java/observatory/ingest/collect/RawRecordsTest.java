package observatory.ingest.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import observatory.ingest.Decoders;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RawRecordsTest {
    private static final Rejection TOO_LONG =
            new Rejection("zeek-zh", "/logs/conn.log", 8, 99, Reason.TOO_LONG, "too long", "sample");

    private static final RawMessage BLOCK = new RawMessage(
            Format.ZEEK_TSV,
            "zeek-zh",
            "zürich",
            "/logs/conn.log",
            7,
            42,
            1_700_000_000_123_456_789L,
            bytes("#fields\tts\n"),
            bytes("1\n2\n"),
            List.of(TOO_LONG));

    @Test
    void whatIsWrittenIsRead() {
        Collected read = RawRecords.read(consumed(RawRecords.write(Topics.LOGS, BLOCK, "stream-1")));

        assertThat(read.stream()).isEqualTo("stream-1");
        assertThat(read.message()).usingRecursiveComparison().isEqualTo(BLOCK);
    }

    @Test
    void aLineOfAnotherShipperIsUnderstoodByItsTopicAndKey() {
        byte[] line = bytes("{\"event_type\":\"flow\"}");
        Collected read =
                RawRecords.read(new ConsumerRecord<>("observatory.raw.suricata-eve", 3, 1234, bytes("suri-1"), line));

        assertThat(read.stream()).isEmpty();
        assertThat(read.message().format()).isEqualTo(Format.SURICATA_EVE);
        assertThat(read.message().sensor()).isEqualTo("suri-1");
        assertThat(read.message().site()).isEqualTo("suri-1");
        assertThat(read.message().source()).isEqualTo("observatory.raw.suricata-eve-3@1234");
        assertThat(read.message().payload()).isEqualTo(line);
    }

    @Test
    void aRecordOfNoKnownFormatIsOneRejection() {
        Collected read =
                RawRecords.read(new ConsumerRecord<>("observatory.raw.mystery", 0, 7, null, bytes("\u0000what")));

        Decoded decoded = Decoders.forFormat(read.message().format()).decode(read.message());
        assertThat(decoded.observations()).isEmpty();
        assertThat(decoded.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(rejection.detail()).contains("observatory.raw.mystery-0@7", "format");
            assertThat(rejection.sensor()).isEqualTo("observatory.raw.mystery");
        });
    }

    @Test
    void aTombstoneIsAnEmptyMessage() {
        Collected read = RawRecords.read(new ConsumerRecord<>("observatory.raw.zeek-json", 0, 7, bytes("zeek"), null));

        assertThat(read.message().payload()).isEmpty();
    }

    @Test
    void garbageInHeadersNeverThrows() {
        Random random = new Random(1);
        List<String> names = List.of("format", "sensor", "site", "source", "received", "line", "offset", "unreadable");
        for (int i = 0; i < 20_000; i++) {
            ConsumerRecord<byte[], byte[]> record =
                    new ConsumerRecord<>(Topics.LOGS, 0, i, garbage(random), garbage(random));
            record.headers().add("format", bytes("zeek-json"));
            for (int header = 0; header < 4; header++) {
                record.headers().add(names.get(random.nextInt(names.size())), garbage(random));
            }
            RawMessage message = RawRecords.read(record).message();
            assertThat(message.sensor()).isNotEmpty();
            assertThat(message.offset()).isNotNegative();
            Decoders.forFormat(message.format()).decode(message);
        }
    }

    @Test
    void aPositionThatIsNoNumberIsOneRejection() {
        ConsumerRecord<byte[], byte[]> record = consumed(RawRecords.write(Topics.LOGS, BLOCK, ""));
        record.headers().remove("offset").add("offset", bytes("-5"));

        assertThat(RawRecords.read(record).message().unreadable())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.detail()).contains("offset"));
    }

    @Test
    void aMillionClaimedRejectionsAreBounded() {
        ConsumerRecord<byte[], byte[]> record = consumed(RawRecords.write(Topics.LOGS, BLOCK, ""));
        record.headers().remove("unreadable").add("unreadable", bytes("[" + "{},".repeat(1_000_000) + "{}]"));

        assertThat(RawRecords.read(record).message().unreadable()).hasSize(16);
    }

    private static byte[] garbage(Random random) {
        byte[] bytes = new byte[random.nextInt(30)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> produced) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(produced.topic(), 0, 1, produced.key(), produced.value());
        produced.headers().forEach(record.headers()::add);
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
