package observatory.jobs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starting, ending and everything that is in the way. */
@Tag("slow")
@Timeout(400)
class ElasticsearchProcessTest {

    @Test
    void aBusyPortIsNamed() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            ElasticsearchProcess.Setup setup =
                    RealElasticsearch.setup(RealElasticsearch.scratch("busy")).withPort(busy.getLocalPort());

            assertThatThrownBy(() -> ElasticsearchProcess.start(setup))
                    .isInstanceOf(ElasticException.class)
                    .hasMessageStartingWith("Port " + busy.getLocalPort() + " on 127.0.0.1 is in use")
                    .hasMessageEndingWith("choose another one.");
        }
    }

    @Test
    void aMissingDistributionSaysHowToGetIt() {
        Path folder = RealElasticsearch.scratch("missing");
        ElasticsearchProcess.Setup setup =
                ElasticsearchProcess.Setup.in(folder, folder.resolve("data"), folder.resolve("logs"));

        assertThatThrownBy(() -> ElasticsearchProcess.start(setup))
                .isInstanceOf(ElasticException.class)
                .hasMessageContaining("is not unpacked in " + folder)
                .hasMessageContaining("generate-resources");
    }

    @Test
    void aFolderInUseIsRefused() {
        Workplace held = Workplace.claim(RealElasticsearch.setup(RealElasticsearch.scratch("held")));

        assertThatThrownBy(() -> ElasticsearchProcess.start(RealElasticsearch.setup(RealElasticsearch.scratch("held"))))
                .isInstanceOf(ElasticException.class)
                .hasMessageContaining("is in use: another observatory runs Elasticsearch on it");
        held.release();
    }

    @Test
    void aStartThatFailsTellsTheLastWords() {
        ElasticsearchProcess.Setup setup =
                RealElasticsearch.setup(RealElasticsearch.scratch("small")).withHeap("1m");

        assertThatThrownBy(() -> ElasticsearchProcess.start(setup))
                .isInstanceOf(ElasticException.class)
                .hasMessageContaining("ended with code")
                .hasMessageContaining("heap")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aStartThatTakesTooLongIsGivenUp() {
        ElasticsearchProcess.Setup usual = RealElasticsearch.setup(RealElasticsearch.scratch("hasty"));
        ElasticsearchProcess.Setup hasty = new ElasticsearchProcess.Setup(
                usual.distribution(), usual.data(), usual.logs(), 0, "256m", Duration.ofMillis(600));

        assertThatThrownBy(() -> ElasticsearchProcess.start(hasty))
                .isInstanceOf(ElasticException.class)
                .hasMessageContaining("did not answer within");
    }

    @Test
    void foldersThatItsUserCannotReachAreReplacedAndSaidSo() throws IOException {
        assumeThat(Account.suitable().isOther()).as("started by root").isTrue();
        Path closed = RealElasticsearch.scratch("closed");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        Workplace place = Workplace.claim(RealElasticsearch.setup(closed));

        assertThat(place.notes()).hasSize(2).allMatch(note -> note.contains("cannot reach " + closed));
        assertThat(place.data()).exists().isNotEqualTo(closed.resolve("data"));
        place.release();
    }

    @Test
    void anOwnerThatIsKilledTakesElasticsearchWithItAndTheNextStartFindsTheData() throws Exception {
        Path folder = RealElasticsearch.scratch("orphan");
        Process owner = owner(folder);
        long pid;
        try (BufferedReader said = owner.inputReader()) {
            ElasticSettings settings = ElasticSettings.at(Objects.requireNonNull(said.readLine(), "no address"));
            pid = Long.parseLong(
                    Files.readString(folder.resolve("data/elasticsearch.pid")).strip());
            try (ElasticClient client = ElasticClient.to(settings)) {
                client.put(ElasticContract.document("observatory-audit", "kept", "{}"));
            }
        } finally {
            owner.destroyForcibly().waitFor();
        }

        try (ElasticsearchProcess next = ElasticsearchProcess.start(
                        RealElasticsearch.setup(folder).withHeap("256m"));
                ElasticClient client = ElasticClient.to(next.settings())) {
            assertThat(ProcessHandle.of(pid)).as("the one left behind").isEmpty();
            client.refresh("observatory-audit");
            assertThat(client.get("observatory-audit", "kept")).isPresent();
        }
    }

    private static Process owner(Path folder) throws IOException {
        String java = System.getProperty("java.home") + "/bin/java";
        return new ProcessBuilder(List.of(
                        java,
                        "-Dobservatory.home=" + System.getProperty("observatory.home", ".."),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another JVM that starts Elasticsearch, says where, and waits to be killed. */
    static final class Owner {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            ElasticsearchProcess process = ElasticsearchProcess.start(
                    RealElasticsearch.setup(Path.of(arguments[0])).withHeap("256m"));
            Files.writeString(Path.of("/dev/stdout"), process.settings().url() + "\n");
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}
