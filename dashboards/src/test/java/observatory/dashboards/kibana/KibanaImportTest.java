package observatory.dashboards.kibana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Against a Kibana written by hand from its source: no real one was at hand when this was written. */
class KibanaImportTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final byte[] EXPORT = KibanaExport.lastTwoWeeks().bytes();

    @Test
    void everyObjectIsTaken() throws Exception {
        try (FakeKibana kibana = FakeKibana.accepting()) {
            KibanaImport.Outcome outcome = new KibanaImport(kibana.address(), null, TIMEOUT).send(EXPORT);

            assertThat(outcome.isComplete()).isTrue();
            assertThat(outcome.imported()).isEqualTo(lines());
            assertThat(kibana.received()).isEqualTo(new String(EXPORT, StandardCharsets.UTF_8));
        }
    }

    @Test
    void aSpaceInTheAddressIsKeptAndTheLoginIsSent() throws Exception {
        try (FakeKibana kibana = FakeKibana.accepting()) {
            URI space = URI.create(kibana.address() + "/s/privacy/");

            new KibanaImport(space, "ApiKey abc", TIMEOUT).send(EXPORT);

            assertThat(kibana.path()).isEqualTo("/s/privacy/api/saved_objects/_import?overwrite=true");
            assertThat(kibana.authorization()).isEqualTo("ApiKey abc");
        }
    }

    @Test
    void successFalseWithStatus200IsAFailureOfThoseObjects() throws Exception {
        String reply = """
                {"success":false,"successCount":7,"errors":[
                 {"type":"dashboard","id":"observatory-overview","title":"x",
                  "error":{"type":"missing_references","references":[{"type":"index-pattern","id":"gone"}]}},
                 {"type":"search","id":"observatory-findings",
                  "error":{"type":"unknown","statusCode":422,"message":"belongs to a more recent version of Kibana"}}]}""";
        try (FakeKibana kibana = FakeKibana.answering(200, reply)) {
            KibanaImport.Outcome outcome = new KibanaImport(kibana.address(), null, TIMEOUT).send(EXPORT);

            assertThat(outcome.isComplete()).isFalse();
            assertThat(outcome.imported()).isEqualTo(7);
            assertThat(outcome.problems())
                    .containsExactly(
                            new KibanaImport.Problem(
                                    "dashboard/observatory-overview", "missing_references index-pattern/gone"),
                            new KibanaImport.Problem(
                                    "search/observatory-findings",
                                    "unknown: belongs to a more recent version of Kibana"));
        }
    }

    @Test
    void aWrongLoginIsOneLine() throws Exception {
        String reply = "{\"statusCode\":401,\"error\":\"Unauthorized\",\"message\":\"no\\ncredentials\"}";
        try (FakeKibana kibana = FakeKibana.answering(401, reply)) {
            assertThatThrownBy(() -> new KibanaImport(kibana.address(), null, TIMEOUT).send(EXPORT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Kibana at " + kibana.address() + " refused the import: HTTP 401, no credentials");
        }
    }

    @Test
    void aServerThatIsNoKibanaIsNotBelieved() throws Exception {
        try (FakeKibana kibana = FakeKibana.answering(200, "<html>hello</html>")) {
            assertThatThrownBy(() -> new KibanaImport(kibana.address(), null, TIMEOUT).send(EXPORT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused the import: HTTP 200, <html>hello</html>");
        }
    }

    @Test
    void nobodyListeningIsOneLine() {
        KibanaImport imports = new KibanaImport(URI.create("http://127.0.0.1:1"), null, TIMEOUT);

        assertThatThrownBy(() -> imports.send(EXPORT))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Kibana at http://127.0.0.1:1 cannot be reached: ");
    }

    @Test
    void anAddressWithoutSchemeIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> new KibanaImport(URI.create("kibana:5601"), null, TIMEOUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wanted: http://host:5601");
    }

    private static int lines() {
        return new String(EXPORT, StandardCharsets.UTF_8).split("\n").length;
    }
}
