package observatory.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The totals of a finite run as a person reads them, from the tree that {@code --summary} writes. */
final class SummaryText {
    /** The rest of a long list is told as a number. */
    private static final int SHOWN = 6;

    private SummaryText() {}

    /** The lines to print, without line ends. */
    static List<String> lines(JsonNode summary) {
        List<String> lines = new ArrayList<>();
        lines.add(line("Read", read(summary)));
        lines.add(line("Flows", flows(summary)));
        lines.addAll(NamingText.lines(summary.path("names")));
        lines.addAll(places(summary.path("places")));
        lines.add(line("Services", shares(flowCounts(summary.path("services")), Map.of()) + " of flows"));
        lines.add(line("Findings", counted(counts(summary.path("findings")), "none")));
        lines.add(line("Coverage", coverage(summary.path("coverage"))));
        if (!summary.path("balanced").asBoolean(true)) {
            lines.add(line("Ledger", "DOES NOT BALANCE: some records are in no bin; the figures above are incomplete"));
        }
        return lines;
    }

    /**
     * The line that says how much of a network was seen.
     *
     * @param devices devices stored
     * @param endpoints endpoints of the fleet stored
     * @param summary the totals, for the countries that are agreed
     */
    static String found(long devices, long endpoints, JsonNode summary) {
        return line(
                "Found",
                "%,d devices, %,d endpoints, %,d countries agreed on"
                        .formatted(
                                devices, endpoints, summary.at("/places/agreed").size()));
    }

    private static String read(JsonNode summary) {
        List<Counted> rejected = counts(summary.path("rejected"));
        return "%,d records (%s) in %.1f s; rejected: %s"
                .formatted(
                        summary.at("/read/records").asLong(),
                        bytes(summary.at("/read/bytes").asLong()),
                        summary.path("elapsed_ms").asLong() / 1000.0,
                        counted(rejected, "none"));
    }

    private static String flows(JsonNode summary) {
        JsonNode flows = summary.path("flows");
        List<Counted> others = counts(flows).stream()
                .filter(count -> !count.name().equals("stored"))
                .toList();
        return "%,d stored%s; %s out, %s in"
                .formatted(
                        flows.path("stored").asLong(),
                        others.isEmpty() ? "" : ", " + counted(others, ""),
                        bytes(summary.at("/bytes/out").asLong()),
                        bytes(summary.at("/bytes/in").asLong()));
    }

    /** Agreed, disputed, anycast, unknown and local are never added up to one "country". */
    private static List<String> places(JsonNode places) {
        List<String> lines = new ArrayList<>();
        long total = bytesBelow(places);
        for (String state : List.of("agreed", "disputed")) {
            List<Counted> countries = byteCounts(places.path(state));
            if (!countries.isEmpty()) {
                lines.add(line(lines.isEmpty() ? "Places" : "", state + ": " + shares(countries, Map.of(), total)));
            }
        }
        List<Counted> others = List.of("anycast", "unknown", "local").stream()
                .map(state ->
                        new Counted(state, places.path(state).path("bytes").asLong()))
                .filter(state -> state.count() > 0)
                .toList();
        if (!others.isEmpty()) {
            lines.add(line(lines.isEmpty() ? "Places" : "", shares(others, Map.of(), total)));
        }
        if (!lines.isEmpty()) {
            lines.set(lines.size() - 1, lines.getLast() + " (of bytes)");
        }
        return lines;
    }

    private static String coverage(JsonNode sensors) {
        List<String> parts = new ArrayList<>();
        sensors.properties().forEach(sensor -> {
            long seen = sensor.getValue().path("minutes").asLong();
            long silent = sensor.getValue().path("silent_minutes").asLong();
            long lost = sensor.getValue().path("lost").asLong();
            parts.add(sensor.getKey() + " " + percent(seen, seen + silent)
                    + (silent == 0 ? "" : " (silent for " + duration(silent) + ")")
                    + (lost == 0 ? "" : " (%,d records lost)".formatted(lost)));
        });
        return parts.isEmpty() ? "no sensor was heard" : String.join(", ", parts);
    }

    private static String duration(long minutes) {
        return minutes < 60 ? minutes + " min" : "%.1f h".formatted(minutes / 60.0);
    }

    private static String counted(List<Counted> counts, String nothing) {
        return counts.isEmpty()
                ? nothing
                : counts.stream()
                        .map(count -> "%s %,d".formatted(count.name(), count.count()))
                        .collect(Collectors.joining(", "));
    }

    private static String shares(List<Counted> counts, Map<String, String> words) {
        return shares(counts, words, counts.stream().mapToLong(Counted::count).sum());
    }

    private static String shares(List<Counted> counts, Map<String, String> words, long total) {
        String shown = counts.stream()
                .limit(SHOWN)
                .map(count -> words.getOrDefault(count.name(), count.name()) + " " + percent(count.count(), total))
                .collect(Collectors.joining(", "));
        int more = counts.size() - SHOWN;
        return shown.isEmpty() ? "none" : more > 0 ? shown + " and " + more + " more" : shown;
    }

    /** Rounded towards neither end: what is not all is never said to be 100 %, and what is something never 0 %. */
    static String percent(long part, long total) {
        if (total <= 0) {
            return "-";
        }
        double percent = 100.0 * part / total;
        if (part < total && percent > 99.9) {
            return "> 99.9 %";
        }
        return part > 0 && percent < 0.1 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static String bytes(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%,.2f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%,.2f GB", bytes / 1e9);
    }

    private static long bytesBelow(JsonNode node) {
        if (node.path("bytes").isNumber()) {
            return node.path("bytes").asLong();
        }
        return StreamSupport.stream(node.spliterator(), false)
                .mapToLong(SummaryText::bytesBelow)
                .sum();
    }

    private static List<Counted> counts(JsonNode node) {
        return sorted(node, "");
    }

    private static List<Counted> flowCounts(JsonNode node) {
        return sorted(node, "flows");
    }

    private static List<Counted> byteCounts(JsonNode node) {
        return sorted(node, "bytes");
    }

    /** The counters below a node, greatest first; {@code field} says which number to take where they are objects. */
    private static List<Counted> sorted(JsonNode node, String field) {
        return node.properties().stream()
                .map(entry -> new Counted(
                        entry.getKey(),
                        (field.isEmpty() ? entry.getValue() : entry.getValue().path(field)).asLong()))
                .filter(count -> count.count() > 0)
                .sorted(Comparator.comparingLong(Counted::count).reversed().thenComparing(Counted::name))
                .toList();
    }

    static String line(String subject, String words) {
        return "%-10s%s".formatted(subject, words);
    }

    private record Counted(String name, long count) {}
}
