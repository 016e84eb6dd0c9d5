package observatory.dashboards.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.Difference;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.jobs.attribute.Reached;

/** What another snapshot would say otherwise of destinations, one line for each that changes, the busiest first. */
final class ComparisonText {
    private final List<String> lines;
    private final long differing;

    private ComparisonText(List<String> lines, long differing) {
        this.lines = lines;
        this.differing = differing;
    }

    /** Flows and addresses behind one line. */
    private record Weight(long flows, long addresses) {
        Weight plus(Weight other) {
            return new Weight(flows + other.flows, addresses + other.addresses);
        }
    }

    /** Attributes every destination by both. */
    static ComparisonText of(List<Reached> destinations, GeoSnapshot now, GeoSnapshot other) {
        Map<String, Weight> weights = new TreeMap<>();
        long flows = 0;
        long differing = 0;
        for (Reached reached : destinations) {
            Attribution before = attribute(now, reached);
            List<Difference> differences = Difference.between(before, attribute(other, reached));
            flows += reached.flows();
            differing += differences.isEmpty() ? 0 : reached.flows();
            for (Difference difference : differences) {
                weights.merge(words(before, reached, difference), new Weight(reached.flows(), 1), Weight::plus);
            }
        }
        List<String> lines = new ArrayList<>();
        weights.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Weight> line) ->
                                -line.getValue().flows())
                        .thenComparing(Map.Entry::getKey))
                .forEach(line -> lines.add("%8d flows %5d destinations  %s"
                        .formatted(line.getValue().flows(), line.getValue().addresses(), line.getKey())));
        lines.add("%d of %d flows, to %d destinations, would be attributed otherwise by snapshot %s than by %s"
                .formatted(differing, flows, destinations.size(), other.digest(), now.digest()));
        return new ComparisonText(List.copyOf(lines), differing);
    }

    List<String> lines() {
        return lines;
    }

    /** Whether any flow would be attributed otherwise. */
    boolean isDifferent() {
        return differing > 0;
    }

    private static Attribution attribute(GeoSnapshot snapshot, Reached reached) {
        return snapshot.attributor().answer(reached.address(), reached.name(), reached.port(), reached.protocol());
    }

    private static String words(Attribution before, Reached reached, Difference difference) {
        String name = reached.name().name();
        String who = before.endpoint() + (name == null || name.equals(before.endpoint()) ? "" : " (" + name + ")");
        return who + "  " + difference.part() + ": " + difference.before() + " -> " + difference.after();
    }
}
