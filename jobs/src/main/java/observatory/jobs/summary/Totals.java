package observatory.jobs.summary;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import observatory.geo.place.Place;
import observatory.jobs.coverage.Delivery;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.residency.Breach;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Naming;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.rollup.Volume;

/**
 * Named counters that add up, and the findings that were made.
 *
 * @param group totals of one group are combined before they are shuffled; the sum does not depend on it
 * @param counters name to sum; names are paths with tabs between their parts, {@code places<tab>agreed<tab>DE<tab>flows}
 * @param findings {@code kind<tab>cause} of every finding
 */
public record Totals(String group, Map<String, Long> counters, Set<String> findings) implements Serializable {
    /** Nothing yet. */
    public static final Totals NONE = new Totals("", Map.of(), Set.of());

    public Totals {
        counters = new TreeMap<>(counters);
        findings = new TreeSet<>(findings);
    }

    /** What a rollup adds. */
    public static Totals of(Rollup rollup) {
        Counters counters = new Counters();
        long bytes = rollup.bytesOut() + rollup.bytesIn();
        counters.add(rollup.bytesOut(), "bytes", "out");
        counters.add(rollup.bytesIn(), "bytes", "in");
        counters.add(rollup.packetsOut(), "packets", "out");
        counters.add(rollup.packetsIn(), "packets", "in");
        counters.add(rollup.naming());
        Destination to = rollup.destination();
        boolean named = to.placeState() == Place.State.AGREED || to.placeState() == Place.State.DISPUTED;
        String[] place = named
                ? new String[] {"places", to.placeState().label(), String.join("+", to.countries())}
                : new String[] {"places", to.placeState().label()};
        counters.addFlowsAndBytes(rollup.flows(), bytes, place);
        counters.addFlowsAndBytes(
                rollup.flows(), bytes, "services", to.service().key());
        return new Totals(to.placeKey() + to.service().key(), counters.sums, Set.of());
    }

    /** What a minute of a sensor, or its silence, adds. */
    public static Totals of(MinuteCoverage coverage) {
        Counters counters = new Counters();
        Tally tally = coverage.tally();
        if (coverage.state() == MinuteCoverage.State.SILENT) {
            counters.add(coverage.minutes(), "coverage", tally.sensor(), "silent_minutes");
            return new Totals(tally.sensor(), counters.sums, Set.of());
        }
        counters.add(1, "coverage", tally.sensor(), "minutes");
        counters.add(tally.records(), "coverage", tally.sensor(), "received");
        counters.add(tally.records(), "read", "records");
        counters.add(tally.bytes(), "read", "bytes");
        counters.add(tally.flow(), "observations", "flow");
        counters.add(tally.dns(), "observations", "dns");
        counters.add(tally.tls(), "observations", "tls");
        counters.add(tally.device(), "observations", "device");
        counters.add(tally.status(), "observations", "status");
        tally.rejected().forEach((reason, count) -> counters.add(count, "rejected", reason));
        counters.add(tally.stored(), "flows", "stored");
        counters.add(tally.duplicate(), "flows", "duplicate");
        counters.add(tally.late(), "flows", "late");
        counters.add(tally.filtered(), "flows", "filtered");
        counters.add(tally.paired(), "flows", "paired");
        Delivery delivery = tally.delivery();
        if (delivery != null) {
            counters.add(delivery.datagrams(), "coverage", tally.sensor(), "datagrams");
            counters.add(delivery.lost(), "coverage", tally.sensor(), "lost");
            counters.add(delivery.gaps(), "coverage", tally.sensor(), "gaps");
            counters.add(delivery.restarts(), "coverage", tally.sensor(), "restarts");
            counters.add(delivery.repeated(), "coverage", tally.sensor(), "repeated");
            counters.add(delivery.dropped(), "coverage", tally.sensor(), "dropped");
        }
        return new Totals(tally.sensor(), counters.sums, Set.of());
    }

    /** What a day adds of a device that asked for names where nobody at the site can read it. */
    static Totals ofHiddenNames(NamingDay day) {
        Counters counters = new Counters();
        counters.add(1, "names", "hidden_dns", "device_days");
        counters.add(day.all(), "names", "hidden_dns", "all");
        counters.add(day.nameless(), "names", "hidden_dns", "nameless");
        counters.add(day.hiddenDns(), "names", "hidden_dns", "questions");
        return new Totals("hidden-dns", counters.sums, Set.of());
    }

    /** What a finding adds: itself, however often it is told. */
    public static Totals of(Finding finding) {
        String name = finding.kind().label() + "\t" + finding.cause();
        return new Totals(name, Map.of(), Set.of(name));
    }

    /** What contact adds that breaks a rule of the policy, or about which the rule cannot say. */
    public static Totals of(Breach breach) {
        Counters counters = new Counters();
        Rollup contact = breach.contact();
        counters.addFlowsAndBytes(
                contact.flows(),
                contact.bytesOut() + contact.bytesIn(),
                "policy",
                breach.rule(),
                breach.isCertain() ? "violated" : "undecided");
        return new Totals("policy " + breach.rule(), counters.sums, Set.of());
    }

    /** The sum. */
    public Totals plus(Totals other) {
        Map<String, Long> sums = new TreeMap<>(counters);
        other.counters.forEach((name, count) -> sums.merge(name, count, Long::sum));
        Set<String> all = new TreeSet<>(findings);
        all.addAll(other.findings);
        return new Totals(group, sums, all);
    }

    private static final class Counters {
        private final Map<String, Long> sums = new TreeMap<>();

        void add(long count, String... path) {
            if (count != 0) {
                sums.merge(String.join("\t", path), count, Long::sum);
            }
        }

        void add(Volume volume, String... path) {
            addFlowsAndBytes(volume.flows(), volume.bytes(), path);
        }

        /** By source flows stand beside their sources, where they have always been, and bytes below them. */
        void add(Naming naming) {
            addSource(naming.sni(), "sni");
            addSource(naming.ownDns(), "own_dns");
            addSource(naming.siteDns(), "site_dns");
            addSource(naming.range(), "range");
            addSource(naming.none(), "none");
            add(naming.fresh(), "names", "states", "fresh");
            add(naming.stale(), "names", "states", "stale");
            add(naming.shared(), "names", "states", "shared");
            add(naming.siteDns(), "names", "states", "guessed");
            add(naming.nameless(), "names", "states", "none");
            add(naming.right(), "names", "precision", "right");
            add(naming.among(), "names", "precision", "shared");
            add(naming.wrong(), "names", "precision", "wrong");
            add(naming.unanswered(), "names", "precision", "none");
        }

        private void addSource(Volume volume, String source) {
            add(volume.flows(), "names", source);
            add(volume.bytes(), "names", "bytes", source);
        }

        void addFlowsAndBytes(long flows, long bytes, String... path) {
            String prefix = String.join("\t", path);
            add(flows, prefix, "flows");
            add(bytes, prefix, "bytes");
        }
    }
}
