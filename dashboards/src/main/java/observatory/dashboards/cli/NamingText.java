package observatory.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** How well the destinations of a finite run are named, as a person reads it: of flows and, in brackets, of bytes. */
final class NamingText {
    private static final SequencedMap<String, String> SOURCES = words(
            "sni", "TLS name",
            "own_dns", "own DNS answer",
            "site_dns", "site's DNS answer",
            "range", "provider range",
            "none", "no name");

    private static final SequencedMap<String, String> STATES = words(
            "fresh", "fresh",
            "stale", "stale",
            "shared", "shared by several names",
            "guessed", "guessed",
            "none", "none");

    private static final SequencedMap<String, String> CHECKS = words(
            "right", "right",
            "shared", "among several",
            "wrong", "wrong",
            "none", "no answer");

    private NamingText() {}

    /** The lines to print, without line ends, of the part of the summary that is about names. */
    static List<String> lines(JsonNode names) {
        List<String> lines = new ArrayList<>();
        lines.add(SummaryText.line("Names", bySource(names)));
        JsonNode states = names.path("states");
        if (sum(states, STATES, "flows") > 0) {
            lines.add(SummaryText.line("", shares(states, STATES)));
        }
        JsonNode precision = names.path("precision");
        long checked = sum(precision, CHECKS, "flows");
        if (checked > 0) {
            lines.add(SummaryText.line(
                    "", "DNS alone, held against %,d TLS names: %s".formatted(checked, shares(precision, CHECKS))));
        }
        JsonNode hidden = names.path("hidden_dns");
        if (hidden.path("device_days").asLong() > 0) {
            lines.add(SummaryText.line("", hidden(hidden)));
        }
        return lines;
    }

    private static String bySource(JsonNode names) {
        Map<String, long[]> counts = new LinkedHashMap<>();
        SOURCES.forEach((source, words) -> counts.put(words, new long[] {
            names.path(source).asLong(), names.path("bytes").path(source).asLong()
        }));
        return shares(counts);
    }

    /** What nobody at the site can read costs names: said with what these devices did, which is the most it can cost. */
    private static String hidden(JsonNode hidden) {
        return "hidden DNS on %,d device days: %,d flows (%s) of these devices, %,d (%s) without a name"
                .formatted(
                        hidden.path("device_days").asLong(),
                        hidden.at("/all/flows").asLong(),
                        SummaryText.bytes(hidden.at("/all/bytes").asLong()),
                        hidden.at("/nameless/flows").asLong(),
                        SummaryText.bytes(hidden.at("/nameless/bytes").asLong()));
    }

    private static String shares(JsonNode node, SequencedMap<String, String> keys) {
        Map<String, long[]> counts = new LinkedHashMap<>();
        keys.forEach((key, words) -> counts.put(words, new long[] {
            node.path(key).path("flows").asLong(), node.path(key).path("bytes").asLong()
        }));
        return shares(counts);
    }

    private static String shares(Map<String, long[]> counts) {
        long flows = counts.values().stream().mapToLong(count -> count[0]).sum();
        long bytes = counts.values().stream().mapToLong(count -> count[1]).sum();
        String shares = counts.entrySet().stream()
                .filter(count -> count.getValue()[0] > 0)
                .map(count -> "%s %s (%s)"
                        .formatted(
                                count.getKey(),
                                SummaryText.percent(count.getValue()[0], flows),
                                SummaryText.percent(count.getValue()[1], bytes)))
                .collect(Collectors.joining(", "));
        return shares.isEmpty() ? "none" : shares + " of flows (bytes)";
    }

    private static long sum(JsonNode node, SequencedMap<String, String> keys, String field) {
        return keys.keySet().stream()
                .mapToLong(key -> node.path(key).path(field).asLong())
                .sum();
    }

    private static SequencedMap<String, String> words(String... keysAndWords) {
        SequencedMap<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < keysAndWords.length; i += 2) {
            words.put(keysAndWords[i], keysAndWords[i + 1]);
        }
        return words;
    }
}
