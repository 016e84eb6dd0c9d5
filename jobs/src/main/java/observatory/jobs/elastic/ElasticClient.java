package observatory.jobs.elastic;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import observatory.jobs.document.Document;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Exactly the calls we make to Elasticsearch, over the transport of its official Java client. Making one does no I/O;
 * {@link #check} tells whether calls will succeed. Every call but {@link #check} and {@link #bulk} throws
 * {@link ElasticException} when it fails. Safe for use by several threads.
 *
 * <p>Never {@code GET /}: the embedded server does not have it, and roles may forbid it.
 */
public final class ElasticClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ContentType NDJSON = ContentType.create("application/x-ndjson");
    private static final int OLDEST_MAJOR = 8;
    private static final int PAGE = 1000;

    private final ElasticSettings settings;
    private final Rest5Client rest;

    private ElasticClient(ElasticSettings settings, Rest5Client rest) {
        this.settings = settings;
        this.rest = rest;
    }

    /**
     * A client with the waiting times of a person in front of a page: 5 s to connect, 60 s for an answer.
     *
     * @throws ElasticException when the file of certificates cannot be read
     */
    public static ElasticClient to(ElasticSettings settings) {
        return to(settings, Duration.ofSeconds(60));
    }

    static ElasticClient to(ElasticSettings settings, Duration patience) {
        Timeout wait = Timeout.of(patience);
        Rest5ClientBuilder builder = Rest5Client.builder(settings.url())
                .setDefaultHeaders(headers(settings))
                // It would repeat a 429 by itself, behind the back of whoever counts and paces attempts.
                .setHttpClientConfigCallback(HttpAsyncClientBuilder::disableAutomaticRetries)
                .setConnectionConfigCallback(
                        c -> c.setConnectTimeout(Timeout.ofSeconds(5)).setSocketTimeout(wait))
                .setRequestConfigCallback(r -> r.setResponseTimeout(wait).setConnectionRequestTimeout(wait));
        String authority = settings.authority();
        if (authority != null) {
            builder.setSSLContext(TrustedAuthority.read(authority));
        }
        return new ElasticClient(settings, builder.build());
    }

    private static Header[] headers(ElasticSettings settings) {
        String login = settings.credentials().header();
        return login == null ? new Header[0] : new Header[] {new BasicHeader("Authorization", login)};
    }

    /** Where it talks to. */
    public ElasticSettings settings() {
        return settings;
    }

    /** Will operations succeed? Never throws. */
    public Health check() {
        Reply reply;
        try {
            reply = exchange(request("GET", "/_cluster/health"));
        } catch (IOException e) {
            return new Health(false, Unreachable.sentence(settings.url(), e));
        }
        if (reply.status == 401) {
            return new Health(false, settings.url() + " refuses the login (" + settings.credentials() + ").");
        }
        if (reply.status == 403) {
            return new Health(false, settings.url() + " does not allow this login to see the cluster's health.");
        }
        if (!reply.isElasticsearch) {
            return new Health(false, settings.url() + " answers, but it is not Elasticsearch.");
        }
        if (reply.status != 200) {
            return new Health(false, settings.url() + " is not ready: " + reply.cause());
        }
        return judge(reply.tree().path("status").asText("unknown"), oldestVersion());
    }

    private Health judge(String colour, Optional<String> version) {
        String name = "Elasticsearch" + version.map(v -> " " + v).orElse("") + " at " + settings.url();
        if (version.isPresent() && major(version.get()) < OLDEST_MAJOR) {
            return new Health(false, name + " is too old: version " + OLDEST_MAJOR + " or newer is needed.");
        }
        if ("red".equals(colour)) {
            return new Health(false, name + " is red: some of its data is out of reach.");
        }
        return new Health(true, name + " is " + colour + ".");
    }

    /** The version of the oldest node; empty where the login may not ask. */
    private Optional<String> oldestVersion() {
        try {
            Request request = request("GET", "/_nodes");
            request.addParameter("filter_path", "nodes.*.version");
            Reply reply = exchange(request);
            if (reply.status != 200) {
                return Optional.empty();
            }
            List<String> versions = new ArrayList<>(reply.tree().path("nodes").findValuesAsText("version"));
            return versions.stream().min((a, b) -> Integer.compare(major(a), major(b)));
        } catch (IOException | ElasticException e) {
            return Optional.empty();
        }
    }

    private static int major(String version) {
        String digits = version.replaceFirst("\\D.*$", "");
        return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
    }

    /**
     * Installs or replaces every index template, and gives existing indices the fields that were declared since they
     * were made: being strict, they would refuse every document that has one. Call it before the first document is
     * written.
     *
     * @throws ElasticException also when an index holds a field as something else than the template declares
     */
    public void installTemplates() {
        for (String name : IndexTemplates.names()) {
            byte[] template = IndexTemplates.json(name);
            Request request = request("PUT", "/_index_template/observatory-" + name);
            request.setEntity(new ByteArrayEntity(template, ContentType.APPLICATION_JSON));
            call("installing the template of " + name, request);
            extend(name, tree(template));
        }
    }

    private void extend(String name, JsonNode template) {
        JsonNode fields = JSON.createObjectNode()
                .set("properties", template.path("template").path("mappings").path("properties"));
        for (JsonNode pattern : template.path("index_patterns")) {
            Reply reply = reply("extending " + name, extension(pattern.asText(), fields));
            if (reply.status == 400) {
                // Whatever one of them refuses none of them gets, and the answer does not say which one it was.
                indices(pattern.asText())
                        .forEach(index -> call(
                                "giving the index " + index + " the fields of this version (one that is not needed can"
                                        + " be deleted, one that is can be reindexed)",
                                extension(index, fields)));
            }
            reply.orFail("extending " + name);
        }
    }

    private static Request extension(String indices, JsonNode fields) {
        Request request = request("PUT", "/" + encoded(indices) + "/_mapping");
        request.addParameter("ignore_unavailable", "true");
        request.addParameter("allow_no_indices", "true");
        body(request, fields);
        return request;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new ElasticException(400, "a template is not JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Writes documents, each over an older one with the same id. What a later attempt can heal, the whole request being
     * refused as busy or not answered, is an {@link Outcome.Kind#RETRY} of every document. A request refused for its
     * body is halved until the documents at fault stand alone. The future fails with {@link ElasticException} only when
     * no document is to blame and waiting will not help: a wrong login, a missing right, not Elasticsearch.
     */
    public CompletableFuture<BulkReply> bulk(List<Document> documents) {
        if (documents.isEmpty()) {
            return CompletableFuture.completedFuture(new BulkReply(List.of()));
        }
        Request request = request("POST", "/_bulk");
        request.addParameter("filter_path", "errors,items.*.status,items.*.error");
        request.setEntity(new ByteArrayEntity(BulkBody.of(documents), NDJSON, "gzip"));
        return send(request).thenCompose(reply -> judge(documents, reply));
    }

    private CompletableFuture<BulkReply> judge(List<Document> documents, Reply reply) {
        if (reply.status == 200) {
            return CompletableFuture.completedFuture(BulkReply.read(reply.body, documents.size()));
        }
        if (Outcome.isTransient(reply.status)) {
            Outcome later = Outcome.retry(reply.status, reply.cause());
            return CompletableFuture.completedFuture(BulkReply.all(documents.size(), later));
        }
        if (reply.status != 400 && reply.status != 413) {
            return CompletableFuture.failedFuture(failure("writing documents", reply));
        }
        if (documents.size() == 1) {
            return CompletableFuture.completedFuture(BulkReply.all(1, Outcome.of(reply.status, reply.cause())));
        }
        int half = documents.size() / 2;
        return bulk(documents.subList(0, half))
                .thenCombine(bulk(documents.subList(half, documents.size())), BulkReply::concat);
    }

    /** Makes what was written visible to searches; missing indices are fine. */
    public void refresh(String indices) {
        Request request = request("POST", "/" + encoded(indices) + "/_refresh");
        request.addParameter("ignore_unavailable", "true");
        call("refreshing " + indices, request);
    }

    /** Documents that searches can see, 0 where there is no such index. */
    public long count(String indices) {
        return count(indices, null);
    }

    /**
     * Documents that searches can see and that match.
     *
     * @param query a query clause as Elasticsearch takes it, {@code {"term":{"device.id":"..."}}}; null: all
     */
    public long count(String indices, @Nullable JsonNode query) {
        Request request = request("POST", "/" + encoded(indices) + "/_count");
        request.addParameter("ignore_unavailable", "true");
        if (query != null) {
            body(request, JSON.createObjectNode().set("query", query));
        }
        return call("counting " + indices, request).path("count").asLong();
    }

    /**
     * Searches, request and answer as Elasticsearch defines them. Missing indices are empty ones; a shard that fails
     * fails the search, since half a figure looks like a whole one.
     *
     * @param indices names, patterns, comma between
     */
    public JsonNode search(String indices, JsonNode body) {
        Request request = request("POST", "/" + encoded(indices) + "/_search");
        request.addParameter("ignore_unavailable", "true");
        request.addParameter("allow_partial_search_results", "false");
        body(request, body);
        return call("searching " + indices, request);
    }

    /** The same with the body as text. */
    public JsonNode search(String indices, String body) {
        try {
            return search(indices, JSON.readTree(body));
        } catch (IOException e) {
            throw new ElasticException(400, "searching " + indices + ": the query is not JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Hands over every matching hit ({@code _index}, {@code _id}, {@code _source}) of one moment, page by page, in no
     * particular order.
     *
     * @param query a query clause; null: all
     */
    public void scan(String indices, @Nullable JsonNode query, Consumer<JsonNode> hits) {
        Request open = request("POST", "/" + encoded(indices) + "/_pit");
        open.addParameter("keep_alive", "5m");
        open.addParameter("ignore_unavailable", "true");
        JsonNode moment = call("reading " + indices, open);
        try {
            ObjectNode body = JSON.createObjectNode().put("size", PAGE).put("track_total_hits", false);
            body.putObject("pit").set("id", moment.path("id"));
            body.putArray("sort").add("_shard_doc");
            if (query != null) {
                body.set("query", query);
            }
            scanPages(indices, body, hits);
        } finally {
            Request close = request("DELETE", "/_pit");
            body(close, JSON.createObjectNode().set("id", moment.path("id")));
            call("closing " + indices, close);
        }
    }

    private void scanPages(String indices, ObjectNode body, Consumer<JsonNode> hits) {
        JsonNode page;
        do {
            Request request = request("POST", "/_search");
            body(request, body);
            page = call("reading " + indices, request).path("hits").path("hits");
            page.forEach(hits);
            if (!page.isEmpty()) {
                body.set("search_after", page.get(page.size() - 1).path("sort"));
            }
        } while (page.size() == PAGE);
    }

    /**
     * Writes one document and waits; see {@link #bulk} for many.
     *
     * @return false when a newer state of it is stored, which stays
     */
    public boolean put(Document document) {
        Request request = request("PUT", path(document.index(), document.id()));
        if (document.version() != Document.UNVERSIONED) {
            request.addParameter("version", Long.toString(document.version()));
            request.addParameter("version_type", "external_gte");
        }
        request.setEntity(new ByteArrayEntity(document.json(), ContentType.APPLICATION_JSON));
        String doing = "writing " + document.index() + "/" + document.id();
        Reply reply = reply(doing, request);
        if (reply.status == Outcome.CONFLICT) {
            return false;
        }
        reply.orFail(doing);
        return true;
    }

    /** The source of a document, at once, refreshed or not; empty where there is no document or no index. */
    public Optional<JsonNode> get(String index, String id) {
        Reply reply = reply("reading " + index + "/" + id, request("GET", path(index, id)));
        if (reply.status == 404) {
            return Optional.empty();
        }
        return Optional.of(reply.orFail("reading " + index + "/" + id).path("_source"));
    }

    /** Deletes a document; tells whether there was one. */
    public boolean delete(String index, String id) {
        Reply reply = reply("deleting " + index + "/" + id, request("DELETE", path(index, id)));
        if (reply.status == 404) {
            return false;
        }
        reply.orFail("deleting " + index + "/" + id);
        return true;
    }

    /**
     * The number of the latest write of each shard of an index, by shard, and of the oldest write whose former state is
     * kept in the index's files, so that copies can catch up; a missing index has no shard.
     */
    public Map<String, Writes> writes(String index) {
        Request request = request("GET", "/" + encoded(index) + "/_stats");
        request.addParameter("level", "shards");
        request.addParameter("ignore_unavailable", "true");
        Map<String, Writes> writes = new TreeMap<>();
        call("reading the state of " + index, request)
                .path("indices")
                .properties()
                .forEach(found -> found.getValue()
                        .path("shards")
                        .properties()
                        .forEach(shard -> shard.getValue()
                                .forEach(copy -> writes.merge(
                                        found.getKey() + "/" + shard.getKey(), Writes.of(copy), Writes::plus))));
        return writes;
    }

    /**
     * Removes what was overwritten or deleted, and need not be kept for copies, from the files of an index, where it may
     * lie for weeks otherwise; a missing index is fine.
     */
    public void expunge(String index) {
        Request request = request("POST", "/" + encoded(index) + "/_forcemerge");
        request.addParameter("max_num_segments", "1");
        request.addParameter("ignore_unavailable", "true");
        call("removing what was deleted from " + index, request);
    }

    /** Names of the indices that match, sorted. */
    public List<String> indices(String pattern) {
        Request request = request("GET", "/" + encoded(pattern));
        request.addParameter("ignore_unavailable", "true");
        request.addParameter("filter_path", "*.settings.index.uuid");
        TreeSet<String> names = new TreeSet<>();
        call("listing " + pattern, request).fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    /** Deletes one index, named in full; tells whether there was one. */
    public boolean deleteIndex(String index) {
        if (index.isEmpty() || index.contains("*") || index.contains(",") || index.startsWith("_")) {
            throw new ElasticException(400, "deleting '" + index + "': one index is deleted at a time, by its name");
        }
        Reply reply = reply("deleting index " + index, request("DELETE", "/" + encoded(index)));
        if (reply.status == 404) {
            return false;
        }
        reply.orFail("deleting index " + index);
        return true;
    }

    @Override
    public void close() {
        try {
            rest.close();
        } catch (IOException e) {
            throw new ElasticException(ElasticException.NO_ANSWER, "closing the client: " + e.getMessage(), e);
        }
    }

    private static String path(String index, String id) {
        return "/" + encoded(index) + "/_doc/" + encoded(id);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Request request(String method, String path) {
        return new Request(method, path);
    }

    private static void body(Request request, JsonNode json) {
        try {
            request.setEntity(new ByteArrayEntity(JSON.writeValueAsBytes(json), ContentType.APPLICATION_JSON));
        } catch (IOException e) {
            throw new ElasticException(400, "writing a query: " + e.getMessage(), e);
        }
    }

    private JsonNode call(String doing, Request request) {
        return reply(doing, request).orFail(doing);
    }

    private Reply reply(String doing, Request request) {
        try {
            return exchange(request);
        } catch (IOException e) {
            String why = Unreachable.sentence(settings.url(), e);
            throw new ElasticException(ElasticException.NO_ANSWER, doing + ": " + why, e);
        }
    }

    /** The transport throws on statuses of 400 and more; here every answer is an answer. */
    private Reply exchange(Request request) throws IOException {
        try {
            return read(rest.performRequest(request));
        } catch (ResponseException e) {
            return read(e.getResponse());
        } catch (ConnectionClosedException e) {
            if (e.getCause() instanceof RequestNotExecutedException) {
                return exchangeAnew(request);
            }
            throw e;
        }
    }

    /** An idle connection turned out to be dead, as after a restart of the server; nothing was sent yet. */
    private Reply exchangeAnew(Request request) throws IOException {
        try {
            return read(rest.performRequest(request));
        } catch (ResponseException e) {
            return read(e.getResponse());
        }
    }

    /** Never fails: no answer is a reply with status {@link ElasticException#NO_ANSWER}. */
    private CompletableFuture<Reply> send(Request request) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        rest.performRequestAsync(request, new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                settle(response);
            }

            @Override
            public void onFailure(Exception failure) {
                if (failure instanceof ResponseException refused) {
                    settle(refused.getResponse());
                } else {
                    answer.complete(noAnswer(failure));
                }
            }

            private void settle(Response response) {
                try {
                    answer.complete(read(response));
                } catch (IOException e) {
                    answer.complete(noAnswer(e));
                }
            }
        });
        return answer;
    }

    private Reply noAnswer(Exception failure) {
        byte[] why = Unreachable.sentence(settings.url(), failure).getBytes(StandardCharsets.UTF_8);
        return new Reply(ElasticException.NO_ANSWER, why, false);
    }

    private static Reply read(Response response) throws IOException {
        byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
        boolean known = "Elasticsearch".equals(response.getHeader("X-Elastic-Product"));
        return new Reply(response.getStatusCode(), body == null ? new byte[0] : body, known);
    }

    private static ElasticException failure(String doing, Reply reply) {
        return new ElasticException(reply.status, doing + ": " + reply.cause());
    }

    private record Reply(int status, byte[] body, boolean isElasticsearch) {

        JsonNode orFail(String doing) {
            if (status / 100 != 2) {
                throw failure(doing, this);
            }
            return tree();
        }

        JsonNode tree() {
            try {
                return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
            } catch (IOException e) {
                throw new ElasticException(status, "the answer is not JSON: " + e.getMessage(), e);
            }
        }

        /** The server's root cause, or the beginning of what it said instead. */
        String cause() {
            if (status == ElasticException.NO_ANSWER) {
                return new String(body, StandardCharsets.UTF_8);
            }
            try {
                JsonNode error = JSON.readTree(body).path("error");
                if (error.isObject() || error.isTextual()) {
                    return "status " + status + ", " + BulkReply.rootCause(firstRootCause(error));
                }
            } catch (IOException e) {
                // Not JSON: a proxy speaks. Its first words follow.
            }
            String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
            return "status " + status + ", " + text.replaceAll("\\s+", " ").strip();
        }

        /** A failed search wraps what went wrong in the shard; the wrapping says nothing. */
        private static JsonNode firstRootCause(JsonNode error) {
            return error.path("root_cause") instanceof ArrayNode causes && !causes.isEmpty() ? causes.get(0) : error;
        }
    }
}
