package observatory.jobs.elastic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What became of the documents of one bulk request. A reply of HTTP 200 can still have failed for some of them.
 *
 * @param outcomes one per document, in the order sent
 */
public record BulkReply(List<Outcome> outcomes) {

    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    /** The lists are made here and handed over; a copy of 2,000 elements each time buys nothing. */
    public BulkReply {
        outcomes = Collections.unmodifiableList(outcomes);
    }

    /** The same outcome for each of some documents. */
    static BulkReply all(int documents, Outcome outcome) {
        return new BulkReply(Collections.nCopies(documents, outcome));
    }

    static BulkReply concat(BulkReply first, BulkReply second) {
        List<Outcome> both = new ArrayList<>(first.outcomes.size() + second.outcomes.size());
        both.addAll(first.outcomes);
        both.addAll(second.outcomes);
        return new BulkReply(both);
    }

    /**
     * Reads the body of a reply. A body that does not speak about each document, as a proxy's or a cut one, means that
     * nothing is known about any: all are to be sent again.
     *
     * @param documents how many were sent
     */
    static BulkReply read(byte[] body, int documents) {
        List<Outcome> outcomes = new ArrayList<>(documents);
        try (JsonParser json = JSON.createParser(body)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME && "items".equals(json.currentName())) {
                    readItems(json, outcomes);
                }
            }
        } catch (IOException e) {
            return all(documents, Outcome.retry(ElasticException.NO_ANSWER, "unreadable reply: " + e.getMessage()));
        }
        if (outcomes.size() != documents) {
            String found = "reply speaks of %d documents, %d were sent".formatted(outcomes.size(), documents);
            return all(documents, Outcome.retry(ElasticException.NO_ANSWER, found));
        }
        return new BulkReply(outcomes);
    }

    /** {@code [{"index":{"status":201}},{"index":{"status":400,"error":{...}}}]}. */
    private static void readItems(JsonParser json, List<Outcome> outcomes) throws IOException {
        json.nextToken();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            json.nextToken();
            json.nextToken();
            outcomes.add(readItem(json));
            json.nextToken();
        }
    }

    private static Outcome readItem(JsonParser json) throws IOException {
        int status = ElasticException.NO_ANSWER;
        String reason = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "status" -> status = json.getIntValue();
                case "error" -> reason = rootCause(json.<JsonNode>readValueAsTree());
                default -> json.skipChildren();
            }
        }
        return Outcome.of(status, reason);
    }

    /** One line from an error object: its type, its reason and the reason of its deepest cause. */
    static String rootCause(JsonNode error) {
        if (!error.isObject()) {
            return oneLine(error.asText());
        }
        String said =
                error.path("type").asText("error") + ": " + error.path("reason").asText("no reason given");
        JsonNode cause = error;
        // Bound: a hostile server could nest without end.
        int depth = 0;
        while (depth < 10 && cause.path("caused_by").isObject()) {
            cause = cause.path("caused_by");
            depth++;
        }
        if (depth > 0 && cause.hasNonNull("reason")) {
            said += " (" + cause.path("reason").asText() + ")";
        }
        return oneLine(said);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 1000 ? line : line.substring(0, 1000);
    }
}
