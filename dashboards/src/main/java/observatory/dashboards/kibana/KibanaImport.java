package observatory.dashboards.kibana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends saved objects to a Kibana, overwriting those of an earlier import. Kibana answers 200 even when it refused every
 * object, so the outcome is read from the body.
 */
public final class KibanaImport {
    // Kibana looks at nothing but the end of the file name; the boundary must only not occur in the JSON lines.
    private static final String BOUNDARY = "observatory-saved-objects-8c1d5f";
    private static final int SHOWN_OF_A_REPLY = 300;

    private final URI kibana;
    private final @Nullable String authorization;
    private final Duration timeout;

    /**
     * @param kibana address of the Kibana, with its base path and {@code /s/<space>} where it has them
     * @param authorization value of the Authorization header ({@code ApiKey ...}); null where no login is needed
     * @param timeout for connecting, and again for the answer
     */
    public KibanaImport(URI kibana, @Nullable String authorization, Duration timeout) {
        if (kibana.getHost() == null
                || kibana.getScheme() == null
                || !kibana.getScheme().startsWith("http")) {
            throw new IllegalArgumentException(
                    "not the address of a Kibana: " + kibana + " (wanted: http://host:5601 or https://...)");
        }
        this.kibana = kibana;
        this.authorization = authorization;
        this.timeout = timeout;
    }

    /**
     * What Kibana did.
     *
     * @param imported number of objects it took
     * @param problems objects it refused; empty when all is well
     */
    public record Outcome(int imported, List<Problem> problems) {
        public Outcome {
            problems = List.copyOf(problems);
        }

        /** Whether every object was taken. */
        public boolean isComplete() {
            return problems.isEmpty();
        }
    }

    /**
     * One refused object.
     *
     * @param object {@code type/id}
     * @param reason Kibana's word for it ({@code missing_references}) and its message where it gives one
     */
    public record Problem(String object, String reason) {}

    /**
     * Imports an export file.
     *
     * @param savedObjects as {@link KibanaExport#bytes} writes them
     * @throws IOException if Kibana cannot be reached, or does not accept the request as a whole; one line that says why
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Outcome send(byte[] savedObjects) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            HttpResponse<String> response =
                    client.send(request(savedObjects), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return outcome(response.statusCode(), response.body());
        } catch (IOException e) {
            if (e instanceof Refused) {
                throw e;
            }
            throw new IOException("Kibana at " + kibana + " cannot be reached: " + reason(e), e);
        }
    }

    private HttpRequest request(byte[] savedObjects) {
        String base = kibana.toString().replaceFirst("/+$", "");
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(base + "/api/saved_objects/_import?overwrite=true"))
                .timeout(timeout)
                .header("kbn-xsrf", "true")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(savedObjects)));
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder.build();
    }

    private static byte[] multipart(byte[] savedObjects) {
        String head =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"observatory.ndjson\""
                        + "\r\nContent-Type: application/ndjson\r\n\r\n";
        ByteArrayOutputStream body = new ByteArrayOutputStream(savedObjects.length + 512);
        body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(savedObjects);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private Outcome outcome(int status, String body) throws IOException {
        JsonNode reply = parsed(body);
        if (status != 200 || !reply.path("success").isBoolean()) {
            throw new Refused(
                    "Kibana at " + kibana + " refused the import: HTTP " + status + ", " + message(reply, body));
        }
        List<Problem> problems = new ArrayList<>();
        reply.path("errors").forEach(error -> problems.add(problem(error)));
        if (!reply.path("success").asBoolean() && problems.isEmpty()) {
            problems.add(new Problem("the import", "success is false, without a reason"));
        }
        return new Outcome(reply.path("successCount").asInt(), problems);
    }

    private static Problem problem(JsonNode error) {
        JsonNode cause = error.path("error");
        StringBuilder reason = new StringBuilder(cause.path("type").asText("unknown"));
        cause.path("references")
                .forEach(missing -> reason.append(' ')
                        .append(missing.path("type").asText())
                        .append('/')
                        .append(missing.path("id").asText()));
        if (cause.hasNonNull("message")) {
            reason.append(": ").append(cause.get("message").asText());
        }
        return new Problem(
                error.path("type").asText("?") + "/" + error.path("id").asText("?"), oneLine(reason.toString()));
    }

    private static JsonNode parsed(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return Json.object();
        }
    }

    private static String message(JsonNode reply, String body) {
        String message = reply.path("message").asText(body);
        return message.isBlank() ? "no reason given" : oneLine(message);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN_OF_A_REPLY ? line : line.substring(0, SHOWN_OF_A_REPLY) + "...";
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : oneLine(e.getMessage());
    }

    /** Reached, but not accepted. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }
}
