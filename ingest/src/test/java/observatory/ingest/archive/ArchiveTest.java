package observatory.ingest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import observatory.ingest.decode.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveTest {
    private static final String ZEEK =
            "{\"ts\":1.5,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\",\"id.resp_h\":\"192.0.2.1\"}\n";

    @TempDir
    Path folder;

    @Test
    void foldersAreWalkedInSortedOrderWithoutHiddenFiles() throws IOException {
        write("b/conn.log", ZEEK);
        write("a/2024-04-29/dns.log", ZEEK);
        write("a/2024-04-29/conn.log", ZEEK);
        write("a/.hidden/conn.log", ZEEK);
        write(".conn.log", ZEEK);
        assertThat(archive(folder).files())
                .extracting(file -> folder.relativize(Path.of(file.path())).toString())
                .containsExactly("a/2024-04-29/conn.log", "a/2024-04-29/dns.log", "b/conn.log");
    }

    @Test
    void aFileThatIsReachedTwiceIsReadOnce() throws IOException {
        Path file = write("a/conn.log", ZEEK);
        Files.createSymbolicLink(folder.resolve("current"), folder.resolve("a"));
        assertThat(Archive.of(List.of(file, folder), ArchiveSettings.NONE).files())
                .extracting(ArchiveFile::path)
                .containsExactly(file.toString());
    }

    @Test
    void theSensorIsTheFolderThatHasANameAndTheSiteItsSensor() throws IOException {
        write("lisbon/logs/2024-04-29/conn.log", ZEEK);
        ArchiveFile file = archive(folder).files().getFirst();
        assertThat(file.sensor()).isEqualTo("lisbon");
        assertThat(file.site()).isEqualTo("lisbon");
    }

    @Test
    void statedNamesWin() throws IOException {
        write("x/conn.log", ZEEK);
        ArchiveFile file = Archive.of(List.of(folder), new ArchiveSettings(null, "probe", "porto"))
                .files()
                .getFirst();
        assertThat(file.sensor()).isEqualTo("probe");
        assertThat(file.site()).isEqualTo("porto");
    }

    @Test
    void whatIsNoLogInAFolderIsSkippedAndNamed() throws IOException {
        write("conn.log", ZEEK);
        write("expected.json", "{\n  \"kind\": \"zeek\"\n}\n");
        write("empty.log", "");
        Archive archive = archive(folder);
        assertThat(archive.files()).hasSize(1);
        assertThat(archive.skipped()).hasSize(2).allMatch(line -> line.contains("not recognised"));
    }

    @Test
    void aNamedFileOfNoKnownFormatIsRefusedInOneLine() throws IOException {
        Path file = write("notes.txt", "Dear diary,\ntoday...\n");
        assertThatThrownBy(() -> archive(file))
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith(file + ": not recognised as zeek-tsv, zeek-json, ")
                .hasMessageEndingWith(
                        ": it begins with 'Dear diary,'; name the format with --format if it is one of these")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aPathThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> archive(folder.resolve("gone.log")))
                .isInstanceOf(ArchiveException.class)
                .hasMessageEndingWith("gone.log: no such file or folder");
    }

    @Test
    void aFolderWithoutLogsIsRefused() {
        assertThatThrownBy(() -> archive(folder))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("no logs to read");
    }

    @Test
    void compressionThatIsNoneIsRefused() throws IOException {
        Path file = folder.resolve("conn.log.gz");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
        assertThatThrownBy(() -> archive(file))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("its compressed data are broken");
    }

    @Test
    void theStatedFormatIsNotQuestioned() throws IOException {
        Path file = write("notes.txt", "Dear diary\n");
        ArchiveFile opened = ArchiveFile.open(file, new ArchiveSettings(Format.SURICATA_EVE, null, null));
        assertThat(Survey.of(List.of(opened), 1).files().getFirst().records()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "conn.log, conn",
        "conn.15:00:00-16:00:00.log.gz, conn",
        "tor_ssl.json, ssl",
        "2024-04-29-dns.json, dns",
        "known_hosts.log, known_hosts",
        "json_streaming_conn.1.log, conn",
        "http.log, http",
        "capture.json, ''"
    })
    void theKindOfAZeekLogIsReadFromItsName(String name, String kind) throws IOException {
        assertThat(ArchiveFile.open(write(name, ZEEK), ArchiveSettings.NONE).kind())
                .isEqualTo(kind);
    }

    private Archive archive(Path path) {
        return Archive.of(List.of(path), ArchiveSettings.NONE);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
