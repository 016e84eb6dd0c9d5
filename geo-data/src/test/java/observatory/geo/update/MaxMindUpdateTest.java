package observatory.geo.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import observatory.geo.InstalledData;
import observatory.geo.TinyMmdb;
import observatory.geo.snapshot.DataSet;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.geo.snapshot.GeoSources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of this machine that speaks as MaxMind's does. */
class MaxMindUpdateTest {
    private static final String EDITION = "GeoLite2-Country";
    private static final String AT = "/geoip/databases/GeoLite2-Country/download?suffix=tar.gz";
    private static final String CHANGED = "Tue, 17 Nov 2026 10:00:00 GMT";
    private static final String KEY = "secret_licence_key_0";

    @TempDir
    private Path folder;

    private LocalServer maxmind = server();
    private LocalServer store = server();
    private byte[] archive = new byte[0];
    private Path databases = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void serveAnEdition() throws Exception {
        databases = folder.resolve("maxmind");
        file = databases.resolve("GeoLite2-Country.mmdb");
        Path database = folder.resolve("made.mmdb");
        new TinyMmdb(EDITION)
                .put("3.0.0.0/8", Map.of("country", Map.of("iso_code", "SE")))
                .write(database);
        archive = archive("GeoLite2-Country_20261117/GeoLite2-Country.mmdb", Files.readAllBytes(database));
        serve(archive, sha256(archive));
    }

    @AfterEach
    void stop() {
        maxmind.close();
        store.close();
    }

    @Test
    void anEditionIsFetchedCheckedAndPutInPlace() throws Exception {
        Updated updated = update();

        assertThat(updated.outcome()).isEqualTo(Updated.Outcome.UPDATED);
        assertThat(updated.detail()).startsWith("GeoLite2-Country of 20");
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(Instant.parse("2026-11-17T10:00:00Z"));
        assertThat(databases).isDirectoryContaining("glob:**.mmdb");
        try (var left = Files.list(databases)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void thePasswordGoesToMaxMindAndNotToWhereItRedirects() throws Exception {
        update();

        assertThat(maxmind.asked()).hasSize(2).allMatch(asked -> asked.contains(" Basic "));
        assertThat(store.asked()).containsExactly("/store null null");
    }

    @Test
    void whatIsNotNewerIsNotFetchedAgain() throws Exception {
        update();
        Updated again = update();

        assertThat(again).isEqualTo(new Updated(EDITION, Updated.Outcome.UNCHANGED, "nothing newer than 2026-11-17"));
        assertThat(store.asked().getLast()).endsWith(CHANGED);
    }

    @Test
    void aDamagedArchiveLeavesTheOldDatabase() throws Exception {
        update();
        byte[] before = Files.readAllBytes(file);
        serveNewer(archive, "00".repeat(32));

        assertFailure("the checksum of the archive is " + sha256(archive));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void anArchiveThatIsCutOffLeavesTheOldDatabase() throws Exception {
        update();
        byte[] cut = Arrays.copyOf(archive, archive.length / 2);
        serveNewer(cut, sha256(cut));

        assertFailure("the archive is cut off");
        assertThat(file).exists();
    }

    @Test
    void anArchiveWithoutADatabaseIsTold() throws Exception {
        byte[] other = archive("README.txt", "hello".getBytes(StandardCharsets.UTF_8));
        serveNewer(other, sha256(other));
        assertFailure("the archive has no file GeoLite2-Country.mmdb");

        byte[] rubbish = archive("GeoLite2-Country.mmdb", "rubbish".getBytes(StandardCharsets.UTF_8));
        serveNewer(rubbish, sha256(rubbish));
        assertFailure("the file in the archive is no database");
    }

    @Test
    void whatMaxMindRefusesIsSaidInWordsWithoutTheKey() throws Exception {
        maxmind.put(AT, 401, Map.of(), "Invalid license key".getBytes(StandardCharsets.UTF_8));
        assertFailure("MaxMind does not know this account id with this licence key");
        maxmind.put(AT, 429, Map.of(), new byte[0]);
        assertFailure("MaxMind's daily limit of downloads is reached");
        maxmind.put(AT, 404, Map.of(), new byte[0]);
        assertFailure("MaxMind does not let this account have this edition");
        maxmind.put(AT, 503, Map.of(), new byte[0]);
        assertFailure(maxmind.uri() + "/geoip/databases/GeoLite2-Country/download answers with status 503");
    }

    @Test
    void aRedirectInCirclesEnds() throws Exception {
        store.put("/store", 302, Map.of("Location", store.uri() + "/store"), new byte[0]);

        assertFailure("redirects more than 5 times");
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        maxmind.close();

        assertFailure("cannot be reached");
    }

    @Test
    void theFetchedDatabaseVotes() throws Exception {
        update();
        GeoSources sources =
                new GeoSources(folder.resolve("none"), InstalledData.catalogue(), null, databases, null, null);

        assertThat(GeoSnapshot.load(sources).dataSets()).extracting(DataSet::id).contains("maxmind");
    }

    private void assertFailure(String words) throws InterruptedException {
        Updated failed = update();
        assertThat(failed.outcome()).isEqualTo(Updated.Outcome.FAILED);
        assertThat(failed.detail()).contains(words).doesNotContain(KEY);
    }

    private Updated update() throws InterruptedException {
        return new MaxMindUpdate(maxmind.uri(), new Credentials("12345", KEY), databases)
                .run(List.of(EDITION))
                .getFirst();
    }

    private void serve(byte[] bytes, String checksum) {
        maxmind.put(AT, 302, Map.of("Location", store.uri() + "/store"), new byte[0]);
        maxmind.put(
                AT + ".sha256",
                200,
                Map.of(),
                (checksum + "  GeoLite2-Country_20261117.tar.gz\n").getBytes(StandardCharsets.UTF_8));
        store.put("/store", 200, Map.of("Last-Modified", CHANGED), bytes);
    }

    private void serveNewer(byte[] bytes, String checksum) {
        serve(bytes, checksum);
        store.put("/store", 200, Map.of("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT"), bytes);
    }

    private static LocalServer server() {
        try {
            return new LocalServer();
        } catch (IOException cannotListen) {
            throw new IllegalStateException(cannotListen);
        }
    }

    /** A folder, a licence and a file, as MaxMind packs them. */
    private static byte[] archive(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(entry("GeoLite2-Country_20261117/", 0));
            out.write(entry("GeoLite2-Country_20261117/LICENSE.txt", 700));
            out.write(new byte[1024]);
            out.write(entry(name, content.length));
            out.write(content);
            out.write(new byte[(512 - content.length % 512) % 512]);
            out.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static byte[] entry(String name, int size) {
        byte[] header = new byte[512];
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, 0, text.length);
        byte[] octal = "%011o".formatted(size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, header, 124, octal.length);
        return header;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
