package observatory.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.Framing;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.text.Bytes;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: no exception leaves a decoder, and every line that is a record is counted once. */
class RobustnessTest {
    /** For each decoder; one million with {@code -Dobservatory.mutations=1000000}. */
    private static final int MUTATIONS = Integer.getInteger("observatory.mutations", 3_000);

    /** A line of a sample and what it needs to be decoded alone. */
    private record Line(Format format, String header, byte[] bytes) {}

    @Test
    void everyLineOfEverySampleMayBreakOffAtAnyByte() throws IOException {
        for (Line line : lines()) {
            Decoder decoder = Decoders.forFormat(line.format);
            for (int length = 0; length <= line.bytes.length; length++) {
                check(decoder, line, Arrays.copyOf(line.bytes, length));
            }
        }
    }

    @Test
    void mutatedLinesAreDecodedOrRejected() throws IOException {
        List<Line> lines = lines();
        Map<Format, List<Line>> byFormat = lines.stream().collect(Collectors.groupingBy(Line::format));
        assertThat(byFormat.keySet()).hasSizeGreaterThan(10);
        Random random = new Random(20210614);
        byFormat.forEach((format, own) -> {
            Decoder decoder = Decoders.forFormat(format);
            for (int i = 0; i < MUTATIONS; i++) {
                Line line = own.get(random.nextInt(own.size()));
                check(decoder, line, mutated(line.bytes, lines, random));
            }
        });
    }

    @Test
    void randomBytesAreRejected() {
        Random random = new Random(7);
        for (Format format : Format.values()) {
            if (format.isDatagram() || format == Format.DNSTAP) {
                // Those have records without lines, and tests of their own.
                continue;
            }
            Decoder decoder = Decoders.forFormat(format);
            for (int i = 0; i < 500; i++) {
                byte[] bytes = new byte[random.nextInt(2000)];
                random.nextBytes(bytes);
                check(decoder, new Line(format, "conn", bytes), bytes);
            }
        }
    }

    /** Formats in which several lines may make one record. */
    private static boolean hasLongRecords(Format format) {
        return format == Format.WINDOWS_DNS || format == Format.ISC_LEASES;
    }

    private static void check(Decoder decoder, Line line, byte[] bytes) {
        RawMessage message = Decoding.message(line.format, line.header, bytes);
        Decoded decoded = decoder.decode(message);
        int records = records(line.format, bytes);
        assertThat(decoded.records())
                .as(() -> new String(bytes, StandardCharsets.UTF_8))
                .isBetween(hasLongRecords(line.format) ? 0 : records, records);
        assertThat(decoded.rejections())
                .allMatch(rejection -> rejection.sample().length() <= 200);
    }

    /** Counts records in the plainest way, to compare. */
    private static int records(Format format, byte[] bytes) {
        boolean hasByteOrderMark =
                bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        int records = 0;
        int start = hasByteOrderMark ? 3 : 0;
        for (int i = start; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                boolean isComment = format == Format.ZEEK_TSV && start < i && bytes[start] == '#';
                records += Bytes.isBlank(bytes, start, i) || isComment ? 0 : 1;
                start = i + 1;
            }
        }
        return records;
    }

    private static byte[] mutated(byte[] line, List<Line> lines, Random random) {
        byte[] bytes = line.clone();
        for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(20)), new byte[0]);
                case 3 ->
                    bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 30)));
                case 4 -> bytes = spliced(bytes, at, at, token(random));
                default -> bytes = spliced(bytes, at, bytes.length, lines.get(random.nextInt(lines.size())).bytes);
            }
        }
        return bytes;
    }

    private static byte[] token(Random random) {
        String[] tokens = {
            "\n", "\"", "\\", "{", "}", "[", "]", "null", "-", "1e999", "\\x2c", "\t", "9".repeat(300), "\u0000"
        };
        return tokens[random.nextInt(tokens.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        byte[] result = new byte[bytes.length - (to - from) + inserted.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(inserted, 0, result, from, inserted.length);
        System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
        return result;
    }

    private static List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Path path : Samples.files()) {
            ArchiveFile file = ArchiveFile.open(path, ArchiveSettings.NONE);
            if (file.framing() != Framing.LINES) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(path);
            StringBuilder header = new StringBuilder(file.kind());
            int start = 0;
            for (int i = 0; i <= bytes.length; i++) {
                if (i == bytes.length || bytes[i] == '\n') {
                    byte[] line = Arrays.copyOfRange(bytes, start, Math.min(i + 1, bytes.length));
                    if (line.length > 0 && line[0] == '#') {
                        header.append(new String(line, StandardCharsets.ISO_8859_1));
                    }
                    lines.add(new Line(file.format(), header.toString(), line));
                    start = i + 1;
                }
            }
        }
        return lines;
    }
}
