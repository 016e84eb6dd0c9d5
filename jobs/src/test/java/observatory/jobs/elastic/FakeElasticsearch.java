package observatory.jobs.elastic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * As much of Elasticsearch as our calls need, in memory and in milliseconds, with faults on demand. It keeps the same
 * contract as a real one ({@link ElasticContract}); what it cannot do it answers with 501, so that nothing passes by
 * chance.
 */
public final class FakeElasticsearch implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, JsonNode> templates = new TreeMap<>();
    private final Map<String, Map<String, Stored>> indices = new TreeMap<>();
    private Faults faults = request -> Fault.NONE;
    private int bulks;

    private record Stored(long version, JsonNode source) {}

    private record Answer(int status, JsonNode body) {}

    /** What goes wrong with the n-th bulk request, counted from 0. */
    public interface Faults {
        Fault of(int request);
    }

    /** What goes wrong with one bulk request. */
    public enum Fault {
        NONE,
        /** Everything is refused with 429, nothing is stored. */
        BUSY,
        /** Everything is refused with 401, nothing is stored. */
        LOCKED,
        /** The connection breaks before anything is stored. */
        LOST_QUESTION,
        /** Everything is stored, then the connection breaks. */
        LOST_ANSWER,
        /** Each third document gets a 429 of its own. */
        PARTLY_BUSY
    }

    public FakeElasticsearch() {
        this(0);
    }

    /** One on a port where another was before. */
    public FakeElasticsearch(int port) {
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public ElasticSettings settings() {
        return ElasticSettings.at("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public synchronized void inject(Faults faults) {
        this.faults = faults;
    }

    /** Takes a field out of every template. */
    public synchronized void withoutField(String field) {
        templates
                .values()
                .forEach(template -> ((ObjectNode) template.at("/template/mappings/properties")).remove(field));
    }

    /** Bulk requests so far, failed ones too. */
    public synchronized int bulks() {
        return bulks;
    }

    /** Id to source of all documents of an index. */
    public synchronized Map<String, JsonNode> documents(String index) {
        Map<String, JsonNode> sources = new TreeMap<>();
        indices.getOrDefault(index, Map.of()).forEach((id, stored) -> sources.put(id, stored.source));
        return sources;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange);
        List<String> path = Arrays.stream(
                        exchange.getRequestURI().getRawPath().substring(1).split("/"))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), UTF_8))
                .toList();
        Answer answer;
        try {
            answer = "_bulk".equals(path.getFirst())
                    ? bulk(body)
                    : answer(exchange.getRequestMethod(), path, exchange.getRequestURI(), body);
        } catch (JsonProcessingException e) {
            answer = error(400, "parse_exception", "not JSON");
        }
        if (answer == null) {
            exchange.close();
            return;
        }
        byte[] bytes = JSON.writeValueAsBytes(answer.body);
        exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        boolean isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return (isZipped ? new GZIPInputStream(in) : in).readAllBytes();
    }

    private synchronized Answer answer(String method, List<String> path, java.net.URI uri, byte[] body)
            throws JsonProcessingException {
        JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(new String(body, UTF_8));
        String first = path.getFirst();
        String last = path.getLast();
        if ("_cluster".equals(first)) {
            return new Answer(200, JSON.createObjectNode().put("status", "green"));
        }
        if ("_nodes".equals(first)) {
            ObjectNode nodes = JSON.createObjectNode();
            nodes.putObject("nodes").putObject("fake").put("version", "9.5.3");
            return new Answer(200, nodes);
        }
        if ("_index_template".equals(first)) {
            templates.put(last, json);
            return new Answer(200, JSON.createObjectNode().put("acknowledged", true));
        }
        if ("_refresh".equals(last) || "_forcemerge".equals(last) || "_stats".equals(last) || "_mapping".equals(last)) {
            return new Answer(200, JSON.createObjectNode());
        }
        if ("_pit".equals(last)) {
            return new Answer(200, JSON.createObjectNode().put("id", first));
        }
        if ("_count".equals(last) || "_search".equals(last)) {
            String index = json.path("pit").path("id").asText(first);
            return search(index, json);
        }
        if (path.size() == 3 && "_doc".equals(path.get(1))) {
            return document(method, first, last, uri.getQuery(), body);
        }
        if (path.size() == 1) {
            return index(method, first);
        }
        return error(501, "not_implemented", method + " " + path);
    }

    private Answer index(String method, String name) {
        if ("DELETE".equals(method)) {
            return indices.remove(name) == null
                    ? error(404, "index_not_found_exception", "no such index [" + name + "]")
                    : new Answer(200, JSON.createObjectNode().put("acknowledged", true));
        }
        ObjectNode found = JSON.createObjectNode();
        indices.keySet().stream().filter(matcher(name)).forEach(index -> found.putObject(index));
        return new Answer(200, found);
    }

    private static java.util.function.Predicate<String> matcher(String pattern) {
        return Pattern.compile(pattern.replace(".", "\\.").replace("*", ".*")).asMatchPredicate();
    }

    private Answer document(String method, String index, String id, @Nullable String query, byte[] body) {
        Map<String, Stored> documents = indices.getOrDefault(index, Map.of());
        if ("PUT".equals(method)) {
            String version = query == null ? "-1" : query.replaceFirst(".*version=(\\d+).*", "$1");
            ObjectNode item = store(index, id, Long.parseLong(version), body);
            return new Answer(item.path("status").asInt(), item);
        }
        if (!documents.containsKey(id)) {
            return new Answer(404, JSON.createObjectNode().put("found", false));
        }
        if ("DELETE".equals(method)) {
            documents.remove(id);
            return new Answer(200, JSON.createObjectNode().put("result", "deleted"));
        }
        return new Answer(
                200, JSON.createObjectNode().set("_source", Objects.requireNonNull(documents.get(id)).source));
    }

    private @Nullable Answer bulk(byte[] body) throws JsonProcessingException {
        Fault fault = nextFault();
        switch (fault) {
            case BUSY -> {
                return error(429, "es_rejected_execution_exception", "the queue is full");
            }
            case LOCKED -> {
                return error(401, "security_exception", "missing authentication credentials");
            }
            case LOST_QUESTION -> {
                return null;
            }
            case LOST_ANSWER -> {
                apply(body, false);
                return null;
            }
            case NONE, PARTLY_BUSY -> {
                return apply(body, fault == Fault.PARTLY_BUSY);
            }
        }
        throw new AssertionError(fault);
    }

    private synchronized Fault nextFault() {
        return faults.of(bulks++);
    }

    private synchronized Answer apply(byte[] body, boolean isPartlyBusy) throws JsonProcessingException {
        List<String> lines = new ArrayList<>(Arrays.asList(new String(body, UTF_8).split("\n", -1)));
        ObjectNode reply = JSON.createObjectNode().put("errors", false);
        ArrayNode items = reply.putArray("items");
        for (int line = 0; line + 1 < lines.size(); line += 2) {
            JsonNode action = JSON.readTree(lines.get(line)).path("index");
            String index = action.path("_index").asText();
            String id = action.path("_id").asText();
            if (id.isEmpty() || id.length() > 512) {
                return error(400, "action_request_validation_exception", "id is empty or too long");
            }
            ObjectNode item = isPartlyBusy && line % 6 == 0
                    ? refusal(429, "es_rejected_execution_exception", "the queue is full")
                    : store(
                            index,
                            id,
                            action.path("version").asLong(-1),
                            lines.get(line + 1).getBytes(UTF_8));
            items.addObject().set("index", item);
        }
        return new Answer(200, reply);
    }

    private ObjectNode store(String index, String id, long version, byte[] body) {
        ObjectNode source;
        try {
            source = (ObjectNode) JSON.readTree(new String(body, UTF_8));
        } catch (JsonProcessingException | ClassCastException e) {
            return refusal(400, "document_parsing_exception", "failed to parse");
        }
        for (String field : (Iterable<String>) source::fieldNames) {
            if (!isDeclared(index, field)) {
                String reason = "mapping set to strict, dynamic introduction of [" + field + "] is not allowed";
                return refusal(400, "strict_dynamic_mapping_exception", reason);
            }
        }
        Map<String, Stored> documents = indices.computeIfAbsent(index, name -> new HashMap<>());
        Stored before = documents.get(id);
        if (before != null && version >= 0 && before.version > version) {
            return refusal(409, "version_conflict_engine_exception", "current version is higher");
        }
        documents.put(id, new Stored(version, source));
        return JSON.createObjectNode().put("status", before == null ? 201 : 200);
    }

    private boolean isDeclared(String index, String field) {
        for (JsonNode template : templates.values()) {
            for (JsonNode pattern : template.path("index_patterns")) {
                if (matcher(pattern.asText()).test(index)) {
                    return template.at("/template/mappings/properties").has(field);
                }
            }
        }
        return true;
    }

    private Answer search(String index, JsonNode request) {
        JsonNode query = request.path("query");
        String clause = query.isMissingNode() ? "match_all" : query.fieldNames().next();
        if (!List.of("match_all", "term").contains(clause)) {
            return error(400, "parsing_exception", "unknown query [" + clause + "]");
        }
        ArrayNode hits = JSON.createArrayNode();
        indices.forEach((name, documents) -> {
            if (matcher(index).test(name)) {
                documents.forEach((id, stored) -> {
                    if (matches(query.path("term"), stored.source)) {
                        ObjectNode hit = hits.addObject().put("_index", name).put("_id", id);
                        hit.set("_source", stored.source);
                        hit.putArray("sort").add(hits.size());
                    }
                });
            }
        });
        return new Answer(200, page(hits, request));
    }

    private static JsonNode page(ArrayNode hits, JsonNode request) {
        int from = request.path("search_after").path(0).asInt(0);
        int size = request.path("size").asInt(10);
        ObjectNode reply = JSON.createObjectNode().put("count", hits.size());
        ObjectNode outer = reply.putObject("hits");
        outer.putObject("total").put("value", hits.size());
        ArrayNode shown = outer.putArray("hits");
        for (int i = from; i < Math.min(hits.size(), from + size); i++) {
            shown.add(hits.get(i));
        }
        return reply;
    }

    private static boolean matches(JsonNode term, JsonNode source) {
        for (Map.Entry<String, JsonNode> wanted : term.properties()) {
            if (!wanted.getValue().equals(source.path(wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static Answer error(int status, String type, String reason) {
        return new Answer(status, refusal(status, type, reason));
    }

    private static ObjectNode refusal(int status, String type, String reason) {
        ObjectNode refusal = JSON.createObjectNode().put("status", status);
        refusal.putObject("error").put("type", type).put("reason", reason);
        return refusal;
    }
}
