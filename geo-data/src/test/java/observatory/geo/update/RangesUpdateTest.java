package observatory.geo.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangesUpdateTest {
    private static final String AWS = """
            {"syncToken": "7", "createDate": "2026-11-20-00-00-00",
             "prefixes": [{"ip_prefix": "3.120.0.0/14", "region": "eu-central-1", "service": "EC2"}]}
            """;
    private static final String AZURE = """
            {"changeNumber": 9, "values": [{"name": "AzureCloud.westeurope",
              "properties": {"region": "westeurope", "addressPrefixes": ["13.69.0.0/17"]}}]}
            """;

    @TempDir
    private Path folder;

    private final LocalServer server = server();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFeedIsFetchedOnceForEachEdition() throws Exception {
        serve("/aws", AWS, "Fri, 20 Nov 2026 00:00:00 GMT");

        assertThat(update("aws", server.uri() + "/aws"))
                .isEqualTo(new Updated("aws", Updated.Outcome.UPDATED, "edition 7, 1 blocks"));
        assertThat(update("aws", server.uri() + "/aws").outcome()).isEqualTo(Updated.Outcome.UNCHANGED);
        assertThat(folder.resolve("aws.json")).hasContent(AWS.strip());
    }

    @Test
    void aFileIsTakenAndItsDayKeptAndTheFormerOneRemoved() throws Exception {
        Path source = Files.createDirectory(folder.resolve("downloads"));
        Path first = Files.writeString(source.resolve("ServiceTags_Public_20261109.json"), AZURE);
        Path second = Files.writeString(source.resolve("ServiceTags_Public_20261116.json"), AZURE);

        update("azure", first.toString());
        assertThat(update("azure", second.toString()).outcome()).isEqualTo(Updated.Outcome.UPDATED);

        try (var files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(folder.resolve("azure-20261116.json"));
        }
    }

    @Test
    void whatIsNotTheProvidersFileLeavesTheOldOne() throws Exception {
        serve("/aws", AWS, "Fri, 20 Nov 2026 00:00:00 GMT");
        update("aws", server.uri() + "/aws");
        for (String wrong : List.of("<html>moved</html>", AZURE, AWS.substring(0, 100), "{}")) {
            serve("/aws", wrong, "Sat, 21 Nov 2026 00:00:00 GMT");
            assertThat(update("aws", server.uri() + "/aws").outcome()).isEqualTo(Updated.Outcome.FAILED);
        }
        assertThat(folder.resolve("aws.json")).hasContent(AWS.strip());
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void failuresAreToldAndDoNotKeepTheOthers() throws Exception {
        serve("/aws", AWS, "Fri, 20 Nov 2026 00:00:00 GMT");

        List<Updated> done = new RangesUpdate(folder)
                .run(Map.of(
                        "aws", server.uri() + "/aws",
                        "gcp", server.uri() + "/none",
                        "ibm", server.uri() + "/aws",
                        "oracle", folder.resolve("none.json").toString()));

        assertThat(done).extracting(Updated::what).containsExactly("aws", "gcp", "ibm", "oracle");
        assertThat(done.getFirst().outcome()).isEqualTo(Updated.Outcome.UPDATED);
        assertThat(done.subList(1, 4)).allMatch(updated -> updated.outcome() == Updated.Outcome.FAILED);
        assertThat(done.get(1).detail()).isEqualTo(server.uri() + "/none answers with status 404");
    }

    @Test
    void aFileThatNeverEndsIsCutShort() throws Exception {
        server.put("/aws", 200, Map.of(), new byte[65 << 20]);

        assertThat(update("aws", server.uri() + "/aws").detail()).contains("sends more than the 67108864 bytes");
    }

    private Updated update(String provider, String from) throws InterruptedException {
        return new RangesUpdate(folder).run(Map.of(provider, from)).getFirst();
    }

    private void serve(String path, String body, String changed) {
        server.put(path, 200, Map.of("Last-Modified", changed), body.strip().getBytes(StandardCharsets.UTF_8));
    }

    private static LocalServer server() {
        try {
            return new LocalServer();
        } catch (IOException cannotListen) {
            throw new IllegalStateException(cannotListen);
        }
    }
}
