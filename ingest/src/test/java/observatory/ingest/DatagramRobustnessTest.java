package observatory.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.archive.Framing;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.ExporterSession;
import org.junit.jupiter.api.Test;

/**
 * Whatever a datagram holds: no exception leaves the session, and what it remembers stays within its bounds. The number of
 * mutated datagrams of each format is {@code -Dobservatory.mutations=1000000}; the seed is fixed.
 */
class DatagramRobustnessTest {
    private static final int MUTATIONS = Integer.getInteger("observatory.mutations", 10_000);
    private static final int LARGEST_SNAPSHOT = 16 * 1024 * 1024;

    @Test
    void everyDatagramMayBreakOffAtAnyByte() {
        for (RawMessage message : messages()) {
            ExporterSession fresh = new ExporterSession();
            ExporterSession taught = new ExporterSession();
            taught.decode(message);
            for (int length = 0; length <= message.payload().length; length++) {
                RawMessage cut = with(message, Arrays.copyOf(message.payload(), length));
                check(fresh.decode(cut));
                check(taught.decode(cut));
            }
        }
    }

    @Test
    void mutatedDatagramsAreDecodedOrRejected() {
        List<RawMessage> messages = messages();
        Map<Format, List<RawMessage>> byFormat = messages.stream().collect(Collectors.groupingBy(RawMessage::format));
        assertThat(byFormat).containsOnlyKeys(Format.NETFLOW5, Format.NETFLOW9, Format.IPFIX, Format.SFLOW5);
        byFormat.values().forEach(own -> mutate(own, messages));
    }

    private static void mutate(List<RawMessage> own, List<RawMessage> messages) {
        Random random = new Random(20240610);
        ExporterSession session = new ExporterSession();
        for (int i = 0; i < MUTATIONS; i++) {
            RawMessage message = own.get(random.nextInt(own.size()));
            check(session.decode(with(message, mutated(message.payload(), messages, random))));
            if (i % 5_000 == 4_999) {
                byte[] snapshot = session.snapshot();
                assertThat(snapshot.length).isLessThan(LARGEST_SNAPSHOT);
                session = ExporterSession.restore(snapshot);
            }
            if (i % 20_000 == 19_999) {
                session = new ExporterSession();
            }
        }
        assertThat(session.giveUp()).hasSizeLessThanOrEqualTo(ExporterSession.MOST_HELD_SETS);
    }

    @Test
    void randomBytesBehindAKnownVersionAreDecodedOrRejected() {
        Random random = new Random(9);
        RawMessage message = messages().getFirst();
        ExporterSession session = new ExporterSession();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (bytes.length >= 4) {
                bytes[0] = 0;
                bytes[1] = new byte[] {0, 5, 9, 10}[i % 4];
                bytes[2] = bytes[1] == 0 ? 0 : bytes[2];
                bytes[3] = bytes[1] == 0 ? 5 : bytes[3];
            }
            check(session.decode(with(message, bytes)));
        }
    }

    private static void check(Decoded decoded) {
        assertThat(decoded.rejections())
                .allMatch(rejection -> rejection.sample().length() <= 200);
    }

    private static RawMessage with(RawMessage message, byte[] payload) {
        return new RawMessage(
                message.format(),
                "exporter",
                "site",
                "test",
                0,
                0,
                message.receivedNanos(),
                message.header(),
                payload,
                List.of());
    }

    private static byte[] mutated(byte[] datagram, List<RawMessage> messages, Random random) {
        byte[] bytes = datagram.clone();
        for (int n = random.nextInt(5); n >= 0 && bytes.length > 4; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) 0xff;
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
                case 5 -> {
                    byte[] other = messages.get(random.nextInt(messages.size())).payload();
                    int length = Math.min(other.length, bytes.length - at);
                    System.arraycopy(other, 0, bytes, at, length);
                }
                // Lengths, counts and ids are two bytes at even places.
                default -> {
                    int even = Math.min(at & ~1, bytes.length - 2);
                    int value = new int[] {0, 1, 2, 3, 4, 255, 256, 257, 65_534, 65_535}[random.nextInt(10)];
                    bytes[even] = (byte) (value >>> 8);
                    bytes[even + 1] = (byte) value;
                }
            }
        }
        return bytes;
    }

    private static List<RawMessage> messages() {
        List<RawMessage> messages = new ArrayList<>();
        for (Path path : Samples.files()) {
            ArchiveFile file = ArchiveFile.open(path, ArchiveSettings.NONE);
            if (file.framing() == Framing.LINES || file.format() == Format.DNSTAP) {
                continue;
            }
            try (BlockReader reader = file.blocks()) {
                for (RawMessage message = reader.next(); message != null; message = reader.next()) {
                    messages.add(message);
                }
            }
        }
        return messages;
    }
}
