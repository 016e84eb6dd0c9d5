package observatory.ingest.dnswire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import observatory.ingest.observation.DnsObservation.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DnsMessageTest {
    private final DnsMessage dns = new DnsMessage();

    @Test
    void aResponseGivesItsQuestionAndAnswersThroughPointers() {
        byte[] message = message(
                1,
                2,
                name("RPS.example"),
                new byte[] {0, 1, 0, 1},
                pointer(12),
                record(5, 60, name("lb.example")),
                pointer(12),
                record(1, -1, new byte[] {(byte) 192, 0, 2, 7}));
        assertThat(read(message)).isTrue();
        assertThat(dns.question()).isEqualTo("rps.example");
        assertThat(dns.answers())
                .containsExactly(new Answer("lb.example", "CNAME", 60), new Answer("192.0.2.7", "A", 0));
    }

    @Test
    void aPointerToItselfIsNoName() {
        assertThat(read(message(1, 0, pointer(12)))).isFalse();
        assertThat(dns.fault()).contains("points forwards, at itself");
    }

    @Test
    void twoPointersThatPointAtEachOtherAreNoName() {
        assertThat(read(message(1, 0, pointer(14), pointer(12)))).isFalse();
    }

    @Test
    void aLabelThatLeadsBackIntoItselfIsNoName() {
        // The label "a", and then a pointer to the label: a.a.a.a without end.
        assertThat(read(message(1, 0, new byte[] {1, 'a'}, pointer(12)))).isFalse();
    }

    @Test
    void aLongLadderOfPointersIsNoName() {
        // The first question is "a"; each of the others points to the one before it.
        ByteBuffer ladder = ByteBuffer.allocate(2000);
        ladder.put(new byte[] {1, 'a', 0, 0, 1, 0, 1});
        int before = 12;
        for (int i = 0; i < 300; i++) {
            int here = 12 + ladder.position();
            ladder.put(pointer(before)).putShort((short) 1).putShort((short) 1);
            before = here;
        }
        byte[] questions = Arrays.copyOf(ladder.array(), ladder.position());
        assertThat(read(message(100, 0, questions))).isTrue();
        assertThat(read(message(301, 0, questions))).isFalse();
        assertThat(dns.fault()).contains("too often");
    }

    @Test
    void aNameOfMoreThan255BytesIsRefused() {
        assertThat(read(message(1, 0, name("a".repeat(63) + ("." + "a".repeat(63)).repeat(3)), new byte[4])))
                .isFalse();
        assertThat(read(message(
                        1,
                        0,
                        name("a".repeat(63) + ("." + "a".repeat(63)).repeat(2) + "." + "a".repeat(61)),
                        new byte[] {0, 1, 0, 1})))
                .isTrue();
    }

    @Test
    void aLabelOf64BytesIsRefused() {
        assertThat(read(message(1, 0, new byte[] {64}, new byte[80]))).isFalse();
    }

    @Test
    @Timeout(5)
    void countsOf65535CostNoMoreThanTheirBytes() {
        assertThat(read(message(0xffff, 0xffff, name("a.example"), new byte[] {0, 1, 0, 1})))
                .isFalse();
        assertThat(dns.fault()).contains("breaks off");
        byte[] root = new byte[65_000];
        assertThat(read(message(0xffff, 0xffff, root))).isFalse();
    }

    @Test
    @Timeout(5)
    void thousandsOfAnswersAreReadUpToTheBound() {
        ByteBuffer answers = ByteBuffer.allocate(60_000);
        int count = 0;
        while (answers.remaining() > 20) {
            answers.put(pointer(12)).put(record(1, 60, new byte[] {10, 0, 0, 1}));
            count++;
        }
        byte[] message =
                message(1, count, new byte[] {0, 0, 1, 0, 1}, Arrays.copyOf(answers.array(), answers.position()));
        assertThat(read(message)).isTrue();
        assertThat(dns.answers()).hasSize(256);
    }

    @Test
    void dataThatAreNotWhatTheirTypeSaysAreRefused() {
        assertThat(read(message(0, 1, new byte[1], record(1, 60, new byte[3])))).isFalse();
        assertThat(read(message(0, 1, new byte[1], record(28, 60, new byte[4]))))
                .isFalse();
        assertThat(read(message(0, 1, new byte[1], record(5, 60, new byte[0])))).isFalse();
        assertThat(read(message(0, 1, new byte[1], record(16, 60, new byte[] {9, 'a'}))))
                .isFalse();
    }

    @Test
    void bytesThatAreNoTextAreEscaped() {
        assertThat(read(message(1, 0, new byte[] {3, 0, '.', (byte) 0xff, 0, 0, 1, 0, 1})))
                .isTrue();
        assertThat(dns.question()).isEqualTo("\\000\\.\\255");
    }

    @Test
    void everyMessageMayBreakOffAnywhereAndBeChangedAnywhere() {
        byte[] whole = message(
                1,
                2,
                name("a.example"),
                new byte[] {0, 65, 0, 1},
                pointer(12),
                record(65, 60, new byte[] {0, 1, 0, 0, 4, 0, 4, 10, 0, 0, 1}),
                pointer(12),
                record(33, 60, new byte[] {0, 0, 0, 0, 0, 53, 1, 'b', 0}));
        assertThat(read(whole)).isTrue();
        for (int length = 0; length < whole.length; length++) {
            read(Arrays.copyOf(whole, length));
        }
        Random random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            byte[] changed = whole.clone();
            for (int n = 0; n <= random.nextInt(3); n++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            boolean isRead = read(changed);
            assertThat(isRead).isEqualTo(dns.fault() == null);
        }
    }

    private boolean read(byte[] message) {
        return dns.read(message, 0, message.length);
    }

    private static byte[] message(int questions, int answers, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer message = ByteBuffer.allocate(12 + length);
        message.putShort((short) 7)
                .putShort((short) 0x8180)
                .putShort((short) questions)
                .putShort((short) answers);
        message.putInt(0);
        for (byte[] part : parts) {
            message.put(part);
        }
        return message.array();
    }

    private static byte[] pointer(int offset) {
        return new byte[] {(byte) (0xc0 | offset >> 8), (byte) offset};
    }

    private static byte[] record(int type, int ttl, byte[] data) {
        return ByteBuffer.allocate(10 + data.length)
                .putShort((short) type)
                .putShort((short) 1)
                .putInt(ttl)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    private static byte[] name(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(name.length() + 2);
        for (String label : name.split("\\.")) {
            bytes.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.put((byte) 0).array();
    }
}
