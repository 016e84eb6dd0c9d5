package observatory.jobs.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import observatory.jobs.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @Test
    void aRejectionSaysWhatWasRefusedWhyAndWhen() throws IOException {
        PendingWrite refused = write(
                "observatory-flows-2026.11.23",
                "a1",
                "{\"@timestamp\":\"2026-11-22T23:59:59.5Z\",\"observatory.simulated\":true,\"surprise\":1}");

        PendingWrite rejection = Refusal.rejection(refused, "strict_dynamic_mapping_exception: [surprise]");

        assertThat(rejection.index()).isEqualTo("observatory-rejections-2026.11.22");
        assertThat(rejection.rejection()).isTrue();
        assertThat(json(rejection)).isEqualTo(new ObjectMapper().readTree("""
                                {"@timestamp":"2026-11-22T23:59:59.500Z","event.kind":"event",
                                "event.dataset":"observatory.rejection","observatory.rejection.reason":"refused",
                                "observatory.rejection.detail":"strict_dynamic_mapping_exception: [surprise]",
                                "observatory.rejection.index":"observatory-flows-2026.11.23",
                                "observatory.rejection.document":"a1","observatory.simulated":true}"""));
    }

    @Test
    void theSameDocumentLeavesTheSameRejection() {
        PendingWrite refused = write("observatory-flows-2026.11.23", "a1", "{}");

        assertThat(Refusal.rejection(refused, "x").id())
                .isEqualTo(Refusal.rejection(refused, "y").id())
                .hasSize(32)
                .isNotEqualTo(Refusal.rejection(write("observatory-flows-2026.11.23", "a2", "{}"), "x")
                        .id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "observatory-flows-2026.11.23 | {\"@timestamp\":1763769599000}                | 2025.11.21",
                "observatory-flows-2026.11.23 | {\"@timestamp\":\"yesterday\"}                | 2026.11.23",
                "observatory-flows-2026.11.23 | {\"@timestamp\":\"2026-11-22T01:00:00+02:00\"} | 2026.11.21",
                "observatory-flows-2026.11.23 | not json                                      | 2026.11.23",
                "observatory-flows-2026.11.23 | {\"x\":{\"@timestamp\":0},\"@timestamp\":86400000,, | 1970.01.02",
                "observatory-flows-2026.11.23 | {\"@timestamp\":9223372036854775807}          | 2026.11.23",
                "observatory-flows-2026.11.23 | {\"@timestamp\":99999999999999999999999}      | 2026.11.23",
                "observatory-rollups-2026.11  | {}                                            | 2026.11.01",
                "observatory-flows-2026.13.40 | {}                                            | 1970.01.01",
                "observatory-endpoints        | {\"@timestamp\":null}                         | 1970.01.01"
            })
    void theDayIsThatOfTheDocumentElseOfItsIndex(String index, String source, String day) {
        assertThat(Refusal.rejection(write(index, "a", source), "x").index())
                .isEqualTo("observatory-rejections-" + day);
    }

    @Test
    void theGuardedIndexKeepsItsValuesToItself() throws IOException {
        String detail = "document_parsing_exception: failed to parse. Preview of field's value: '10.1.2.3x'";

        JsonNode rejection = json(Refusal.rejection(write("observatory-identities", "p", "{}"), detail));

        assertThat(rejection.path("observatory.rejection.detail").asText()).isEqualTo("document_parsing_exception");
    }

    @Test
    void whateverWasRefusedItsRejectionIsSmall() {
        PendingWrite huge =
                write("observatory-flows-2026.11.23", "i".repeat(100_000), "{\"x\":\"" + "y".repeat(2_000_000));

        assertThat(Refusal.rejection(huge, "d".repeat(100_000)).size()).isLessThan(4_000);
        assertThat(ElasticsearchWriter.admit(huge.document()).rejection()).isTrue();
    }

    private static PendingWrite write(String index, String id, String json) {
        return PendingWrite.of(new Document(index, id, Document.UNVERSIONED, json.getBytes(UTF_8)));
    }

    private static JsonNode json(PendingWrite write) throws IOException {
        return new ObjectMapper().readTree(write.json());
    }
}
