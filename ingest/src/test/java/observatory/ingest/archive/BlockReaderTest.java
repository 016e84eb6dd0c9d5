package observatory.ingest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockReaderTest {
    private static final String HEADER = "#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.resp_h\n";

    @TempDir
    Path folder;

    @Test
    void blocksAreWholeLinesThatMakeUpTheFile() throws IOException {
        Path file = write("conn.log", tsv(5000).getBytes(StandardCharsets.UTF_8));
        List<RawMessage> blocks = blocks(file);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        long line = 1;
        for (RawMessage block : blocks) {
            assertThat(block.offset()).isEqualTo(joined.size());
            assertThat(block.firstLine()).isEqualTo(line);
            assertThat(block.payload()).endsWith((byte) '\n');
            joined.writeBytes(block.payload());
            line += new String(block.payload(), StandardCharsets.UTF_8).lines().count();
        }
        assertThat(blocks).hasSizeGreaterThan(3);
        assertThat(joined.toByteArray()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void blocksAreTheSameHoweverTheFileIsCompressed() throws IOException {
        byte[] plain = tsv(5000).getBytes(StandardCharsets.UTF_8);
        List<RawMessage> blocks = blocks(write("a.log", plain));
        for (Path file : List.of(write("a.log.gz", gzip(plain)), write("a.log.zst", Zstd.compress(plain)))) {
            List<RawMessage> others = blocks(file);
            assertThat(others).hasSameSizeAs(blocks);
            for (int i = 0; i < blocks.size(); i++) {
                assertThat(others.get(i).payload()).isEqualTo(blocks.get(i).payload());
                assertThat(others.get(i).offset()).isEqualTo(blocks.get(i).offset());
                assertThat(others.get(i).header()).isEqualTo(blocks.get(i).header());
            }
        }
    }

    @Test
    void aBlockCarriesTheHeaderInForceAtItsStart() throws IOException {
        String second = "#separator \\x09\n#path\tdns\n#fields\tts\tid.orig_h\n";
        Path file = write(
                "conn.log", (tsv(2000) + second + "1.0\t10.0.0.1\n".repeat(6000)).getBytes(StandardCharsets.UTF_8));
        List<RawMessage> blocks = blocks(file);
        assertThat(blocks.getFirst().header()).isEmpty();
        assertThat(blocks.get(1).header()).asString(StandardCharsets.UTF_8).isEqualTo(HEADER);
        assertThat(blocks.getLast().header()).asString(StandardCharsets.UTF_8).isEqualTo(second);
    }

    @Test
    void skippingLeadsToTheSameBlockAsReading() throws IOException {
        Path file = write("conn.log", tsv(5000).getBytes(StandardCharsets.UTF_8));
        RawMessage wanted = blocks(file).get(3);
        try (BlockReader reader = ArchiveFile.open(file, ArchiveSettings.NONE).blocks()) {
            reader.skipTo(3);
            RawMessage found = Objects.requireNonNull(reader.next());
            assertThat(found.offset()).isEqualTo(wanted.offset());
            assertThat(found.payload()).isEqualTo(wanted.payload());
            assertThat(reader.index()).isEqualTo(4);
        }
    }

    @Test
    void membersOfAGzipFileAreReadOneAfterTheOther() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(gzip(tsv(10).getBytes(StandardCharsets.UTF_8)));
        members.writeBytes(gzip(tsv(20).getBytes(StandardCharsets.UTF_8)));
        assertThat(Decoding.file(write("conn.log.gz", members.toByteArray())).observations())
                .hasSize(30);
    }

    @Test
    void brokenOffGzipGivesItsGoodLinesAndOneRejection() throws IOException {
        byte[] whole = gzip(tsv(5000).getBytes(StandardCharsets.UTF_8));
        Decoded decoded = Decoding.file(write("conn.log.gz", Arrays.copyOf(whole, whole.length / 2)));
        assertThat(decoded.observations()).hasSizeBetween(1000, 4999);
        assertThat(decoded.rejections()).hasSize(1);
        Rejection rejection = decoded.rejections().getFirst();
        assertThat(rejection.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(rejection.line()).isEqualTo(3 + decoded.observations().size() + 1);
        assertThat(decoded.observations()).allMatch(flow -> flow.toString().contains("destination=192.0.2.1,"));
    }

    @Test
    void gzipWithDamagedBytesGivesOneRejection() throws IOException {
        byte[] damaged = gzip(tsv(5000).getBytes(StandardCharsets.UTF_8));
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 20, (byte) 0x55);
        Decoded decoded = Decoding.file(write("conn.log.gz", damaged));
        assertThat(decoded.rejections()).extracting(Rejection::reason).contains(Reason.TRUNCATED);
    }

    @Test
    void brokenOffZstdGivesOneRejection() throws IOException {
        byte[] whole = Zstd.compress(tsv(50_000).getBytes(StandardCharsets.UTF_8));
        Decoded decoded = Decoding.file(write("conn.log.zst", Arrays.copyOf(whole, whole.length - 10)));
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsExactly(Reason.TRUNCATED);
        assertThat(decoded.observations()).isNotEmpty();
    }

    @Test
    void aLineWithoutEndIsRejectedWithoutBeingHeld() throws IOException {
        Path file = folder.resolve("conn.log.gz");
        byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + "1.0\tC1\t10.0.0.1\t192.0.2.1\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 50; i++) {
                out.write(megabyte);
            }
            out.write("\n2.0\tC2\t10.0.0.1\t192.0.2.1\n".getBytes(StandardCharsets.UTF_8));
        }
        Decoded decoded = Decoding.file(file);
        assertThat(decoded.observations()).hasSize(2);
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsExactly(Reason.TOO_LONG);
        assertThat(decoded.rejections().getFirst().line()).isEqualTo(5);
        assertThat(decoded.rejections().getFirst().sample()).hasSize(Rejection.SAMPLE_LIMIT);
        assertThat(blocks(file)).allMatch(block -> block.payload().length < BlockReader.BLOCK_BYTES);
    }

    @Test
    void aLineOfExactlyTheBoundIsRead() throws IOException {
        String record =
                "{\"ts\":1,\"conn_state\":\"SF\",\"id.orig_h\":\"10.0.0.1\",\"id.resp_h\":\"192.0.2.1\",\"x\":\"\"}\n";
        String padding = "x".repeat(BlockReader.LONGEST_LINE - record.length());
        Path atBound =
                write("conn.json", record.replace("\"\"", "\"" + padding + "\"").getBytes(StandardCharsets.UTF_8));
        Path over = write(
                "conn2.json", record.replace("\"\"", "\"x" + padding + "\"").getBytes(StandardCharsets.UTF_8));
        ArchiveFile file =
                ArchiveFile.open(write("conn1.json", record.getBytes(StandardCharsets.UTF_8)), ArchiveSettings.NONE);
        ArchiveSettings json = new ArchiveSettings(file.format(), null, null);
        assertThat(Survey.of(List.of(ArchiveFile.open(atBound, json)), 1)
                        .files()
                        .getFirst()
                        .observations())
                .isEqualTo(1);
        assertThat(Survey.of(List.of(ArchiveFile.open(over, json)), 1)
                        .files()
                        .getFirst()
                        .observations())
                .isZero();
    }

    @Test
    void aFileThatIsOneArrayIsReadElementByElement() throws IOException {
        String array =
                "[\n  {\"timestamp\": \"2024-01-01T00:00:00\",\n   \"event_type\": \"alert\", \"x\": \"},{\\\"\"},\n"
                        + "  {\"timestamp\": \"2024-01-01T00:00:00\", \"event_type\": \"anomaly\", \"y\": [1, {\"z\": 2}]}\n]\n";
        Decoded decoded = Decoding.file(write("alerts.json", array.getBytes(StandardCharsets.UTF_8)));
        assertThat(decoded.rejections())
                .extracting(Rejection::detail)
                .containsExactly("suricata alert", "suricata anomaly");
        assertThat(decoded.rejections()).extracting(Rejection::line).containsExactly(1L, 2L);
    }

    @Test
    void anArrayMayBeginWithAByteOrderMark() throws IOException {
        String array = "\ufeff[{\"timestamp\":\"2024-01-01T00:00:00\",\"event_type\":\"alert\"}]";
        Decoded decoded = Decoding.file(write("alerts.json", array.getBytes(StandardCharsets.UTF_8)));
        assertThat(decoded.rejections()).extracting(Rejection::detail).containsExactly("suricata alert");
    }

    @Test
    void anArrayThatBreaksOffEndsInATruncatedRecord() throws IOException {
        String array =
                "[{\"timestamp\":\"2024-01-01T00:00:00\",\"event_type\":\"alert\"},{\"timestamp\":\"2024-01-01T0";
        Decoded decoded = Decoding.file(write("alerts.json", array.getBytes(StandardCharsets.UTF_8)));
        assertThat(decoded.rejections())
                .extracting(Rejection::reason)
                .containsExactly(Reason.UNUSED_KIND, Reason.TRUNCATED);
    }

    @Test
    void blocksBeforeTheReadersPlaceCannotBeSkippedTo() throws IOException {
        Path file = write("conn.log", tsv(5000).getBytes(StandardCharsets.UTF_8));
        try (BlockReader reader = ArchiveFile.open(file, ArchiveSettings.NONE).blocks()) {
            reader.skipTo(2);
            assertThatThrownBy(() -> reader.skipTo(1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static String tsv(int records) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < records; i++) {
            text.append("17144207")
                    .append(i % 100)
                    .append(".5\tC")
                    .append(i * 7919L)
                    .append("\t10.0.0.1\t192.0.2.1\n");
        }
        return text.toString();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static List<RawMessage> blocks(Path path) {
        List<RawMessage> blocks = new ArrayList<>();
        try (BlockReader reader = ArchiveFile.open(path, ArchiveSettings.NONE).blocks()) {
            for (RawMessage block = reader.next(); block != null; block = reader.next()) {
                blocks.add(block);
            }
        }
        return blocks;
    }
}
