package observatory.jobs.summary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The totals of a finite run, as {@code --summary} writes them.
 *
 * @param totals what the job counted
 * @param refused documents that Elasticsearch refused for good
 * @param elapsedMillis wall time of the run
 */
public record Summary(Totals totals, long refused, long elapsedMillis) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Map<String, List<String>> ALWAYS = Map.of(
            "read", List.of("records", "bytes"),
            "observations", List.of("flow", "dns", "tls", "device", "status"),
            "flows", List.of("stored", "duplicate", "late", "filtered"),
            "bytes", List.of("out", "in"),
            "packets", List.of("out", "in"),
            "names", List.of("sni", "own_dns", "site_dns", "range", "none"));

    /** One counter by its path; 0 when nothing was counted. */
    public long count(String... path) {
        return totals.counters().getOrDefault(String.join("\t", path), 0L);
    }

    /** All rejections, whatever the reason. */
    public long rejected() {
        return totals.counters().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("rejected\t"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether every record and every flow ended in exactly one bin. */
    public boolean isBalanced() {
        long observations = ALWAYS.getOrDefault("observations", List.of()).stream()
                .mapToLong(kind -> count("observations", kind))
                .sum();
        long flows = count("flows", "stored")
                + count("flows", "duplicate")
                + count("flows", "late")
                + count("flows", "filtered");
        return count("read", "records") == observations + rejected() && count("observations", "flow") == flows;
    }

    /** The tree of the summary. */
    public ObjectNode toTree() {
        ObjectNode root = JSON.createObjectNode();
        for (String section : List.of("read", "observations", "rejected", "flows", "bytes", "packets", "names")) {
            ObjectNode node = root.putObject(section);
            ALWAYS.getOrDefault(section, List.of()).forEach(name -> node.put(name, 0L));
        }
        names((ObjectNode) root.get("names"));
        ObjectNode places = root.putObject("places");
        List.of("agreed", "disputed").forEach(places::putObject);
        for (String state : List.of("anycast", "unknown", "local")) {
            places.putObject(state).put("flows", 0L).put("bytes", 0L);
        }
        root.putObject("services");
        totals.counters().forEach((path, count) -> put(root, path, count));
        if (refused > 0) {
            ((ObjectNode) root.get("rejected")).put("refused", refused);
        }
        ObjectNode findings = root.putObject("findings");
        for (String finding : totals.findings()) {
            String kind = finding.substring(0, finding.indexOf('\t'));
            findings.put(kind, findings.path(kind).asLong() + 1);
        }
        coverage(root);
        return root.put("balanced", isBalanced()).put("elapsed_ms", elapsedMillis);
    }

    /** Bytes by source; flows and bytes by state; what DNS alone gives where the flow announced the true name. */
    private static void names(ObjectNode names) {
        ObjectNode bytes = names.putObject("bytes");
        ALWAYS.getOrDefault("names", List.of()).forEach(source -> bytes.put(source, 0L));
        ObjectNode states = names.putObject("states");
        for (String state : List.of("fresh", "stale", "shared", "guessed", "none")) {
            states.putObject(state).put("flows", 0L).put("bytes", 0L);
        }
        ObjectNode precision = names.putObject("precision");
        for (String result : List.of("right", "shared", "wrong", "none")) {
            precision.putObject(result).put("flows", 0L).put("bytes", 0L);
        }
    }

    /** The summary as JSON text. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(toTree()) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("a tree in memory can be written", e);
        }
    }

    private static void put(ObjectNode root, String path, long count) {
        String[] parts = path.split("\t", -1);
        ObjectNode node = root;
        for (int i = 0; i < parts.length - 1; i++) {
            node = node.get(parts[i]) instanceof ObjectNode child ? child : node.putObject(parts[i]);
        }
        node.put(parts[parts.length - 1], count);
    }

    /** Log files tell no sequence numbers: of a sensor it is only known when it was silent. */
    private static void coverage(ObjectNode root) {
        if (!(root.remove("coverage") instanceof ObjectNode sensors)) {
            root.putObject("coverage");
            return;
        }
        sensors.forEach(sensor -> ((ObjectNode) sensor)
                .put("lost", sensor.path("lost").asLong())
                .put(
                        "gaps",
                        sensor.has("datagrams")
                                ? sensor.path("gaps").asLong()
                                : sensor.path("silent_minutes").asLong()));
        root.set("coverage", sensors);
    }
}
