package observatory.jobs.elastic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Real replies of Elasticsearch 9.5.3, pasted, and the exact words a person will read. */
class BulkReplyTest {

    @Test
    void createdAndUpdatedAreStored() {
        BulkReply reply = read(2, """
                {"errors":false,"took":62,"items":[{"index":{"status":201}},{"index":{"status":200}}]}
                """);

        assertThat(reply.outcomes()).containsExactly(Outcome.stored(201), Outcome.stored(200));
    }

    @Test
    void anUndeclaredFieldIsRefused() {
        Outcome outcome = only("""
                {"errors":true,"items":[{"index":{"status":400,"error":{"type":"strict_dynamic_mapping_exception",
                "reason":"[1:17] mapping set to strict, dynamic introduction of [surprise] within [_doc] is not allowed"}}}]}
                """);

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REFUSED);
        assertThat(outcome.reason())
                .isEqualTo("strict_dynamic_mapping_exception: [1:17] mapping set to strict, dynamic introduction of"
                        + " [surprise] within [_doc] is not allowed");
    }

    @Test
    void theDeepestCauseIsShown() {
        Outcome outcome = only("""
                {"errors":true,"items":[{"index":{"status":400,"error":{"type":"document_parsing_exception",
                "reason":"[1:15] failed to parse field [destination.ip] of type [ip] in document with id '1'.",
                "caused_by":{"type":"illegal_argument_exception","reason":"'not an ip' is not an IP string literal."}}}}]}
                """);

        assertThat(outcome.reason())
                .isEqualTo("document_parsing_exception: [1:15] failed to parse field [destination.ip] of type [ip] in"
                        + " document with id '1'. ('not an ip' is not an IP string literal.)");
    }

    @Test
    void aFullQueueIsRetried() {
        Outcome outcome = only("""
                {"errors":true,"items":[{"index":{"status":429,"error":{"type":"es_rejected_execution_exception",
                "reason":"rejected execution of primary operation [coordinating_and_primary_bytes=53687092]"}}}]}
                """);

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RETRY);
    }

    @Test
    void aShardThatIsNotThereYetIsRetried() {
        Outcome outcome = only("""
                {"errors":true,"items":[{"index":{"status":503,"error":{"type":"unavailable_shards_exception",
                "reason":"[observatory-flows-2026.11.23][0] primary shard is not active Timeout: [1m]"}}}]}
                """);

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RETRY);
    }

    @Test
    void aConflictMeansThatANewerStateIsStored() {
        Outcome outcome = only("""
                {"errors":true,"items":[{"index":{"status":409,"error":{"type":"version_conflict_engine_exception",
                "reason":"[f]: version conflict, current version [7] is higher than the one provided [6]"}}}]}
                """);

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.STORED);
    }

    @Test
    void aClosedIndexIsRefused() {
        Outcome outcome = only("""
                {"errors":true,"items":[{"index":{"status":400,"error":{"type":"index_closed_exception",
                "reason":"closed","index_uuid":"x","index":"observatory-flows-2026.11.23"}}}]}
                """);

        assertThat(outcome).isEqualTo(new Outcome(Outcome.Kind.REFUSED, 400, "index_closed_exception: closed"));
    }

    @Test
    void aReplyThatEndsEarlyRetriesEverything() {
        BulkReply reply = read(2, "{\"errors\":false,\"items\":[{\"index\":{\"status\":201}},{\"ind");

        assertThat(reply.outcomes()).hasSize(2).extracting(Outcome::kind).containsOnly(Outcome.Kind.RETRY);
    }

    @Test
    void aReplyThatForgetsDocumentsRetriesEverything() {
        BulkReply reply = read(3, "{\"errors\":false,\"items\":[{\"index\":{\"status\":201}}]}");

        assertThat(reply.outcomes()).hasSize(3).extracting(Outcome::kind).containsOnly(Outcome.Kind.RETRY);
        assertThat(reply.outcomes().getFirst().reason()).isEqualTo("reply speaks of 1 documents, 3 were sent");
    }

    @Test
    void aLongReasonIsCutAndBrokenLinesAreJoined() {
        String reason = "a\\n b" + "x".repeat(5000);
        Outcome outcome = only(
                "{\"items\":[{\"index\":{\"status\":400,\"error\":{\"type\":\"t\",\"reason\":\"" + reason + "\"}}}]}");

        assertThat(outcome.reason()).hasSize(1000).startsWith("t: a bxxx");
    }

    private static Outcome only(String body) {
        return read(1, body).outcomes().getFirst();
    }

    private static BulkReply read(int documents, String body) {
        return BulkReply.read(body.getBytes(UTF_8), documents);
    }
}
