package observatory.dashboards.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import observatory.dashboards.finding.Findings;

/** Findings as lines of text. */
final class FindingText {
    private static final int SHORT_ID = 8;

    private FindingText() {}

    static String state(Findings.Stored finding) {
        return finding.text("observatory.finding.state");
    }

    /** One finding: a line that tells it, and one that tells who decided what where somebody did. */
    static List<String> lines(Findings.Stored finding) {
        List<String> lines = new ArrayList<>();
        boolean isSimulated = finding.source().path("observatory.simulated").asBoolean();
        lines.add("%s  %-12s  %-8s  %s .. %s  %s%s"
                .formatted(
                        shortId(finding.id()),
                        state(finding),
                        finding.text("observatory.finding.severity"),
                        minute(finding.text("event.start")),
                        minute(finding.text("event.end")),
                        finding.text("message"),
                        isSimulated ? " (simulated)" : ""));
        String user = finding.text("observatory.decision.user");
        String suppression = finding.text("observatory.suppression.id");
        if (!user.isEmpty()) {
            lines.add(" ".repeat(SHORT_ID + 2) + "by " + user + ": " + finding.text("observatory.decision.reason"));
        } else if (!suppression.isEmpty()) {
            lines.add(" ".repeat(SHORT_ID + 2) + "by suppression " + suppression + " of "
                    + finding.text("observatory.suppression.owner"));
        }
        return lines;
    }

    /** What changes for one finding. */
    static String line(Findings.Change change) {
        Findings.Stored after = new Findings.Stored(change.id(), change.source());
        String suppression = after.text("observatory.suppression.id");
        String by = suppression.isEmpty() ? "" : "  (" + suppression + ")";
        return shortId(change.id()) + "  " + change.before() + " -> " + change.after() + "  " + after.text("message")
                + by;
    }

    /** How many there are of each state: {@code 5 findings: 3 open, 2 suppressed}. */
    static String counts(List<Findings.Stored> findings) {
        Map<String, Long> states = findings.stream()
                .collect(Collectors.groupingBy(FindingText::state, TreeMap::new, Collectors.counting()));
        return findings.size() + " findings"
                + states.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ", states.isEmpty() ? "" : ": ", ""));
    }

    private static String shortId(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** To the minute: {@code 2026-11-02 08:15}. */
    private static String minute(String time) {
        return time.length() < 16 ? time : time.substring(0, 16).replace('T', ' ');
    }
}
