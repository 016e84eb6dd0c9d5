package observatory.dashboards.kibana;

import java.util.List;
import java.util.stream.Collectors;
import observatory.dashboards.panel.Match;

/** Conditions in Kibana's query language. */
final class Kql {
    private Kql() {}

    /** All conditions hold; empty text, which lets everything through, for none. */
    static String of(List<Match> where) {
        return where.stream().map(Kql::one).collect(Collectors.joining(" and "));
    }

    private static String one(Match match) {
        List<String> values = match.values().stream().map(Kql::quoted).toList();
        return match.field() + ": " + (values.size() == 1 ? values.get(0) : "(" + String.join(" or ", values) + ")");
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
