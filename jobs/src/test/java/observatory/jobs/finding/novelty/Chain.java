package observatory.jobs.finding.novelty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.jobs.finding.Finding;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The operators of the graph in a row, driven by hand: what one hands on the next receives, before the watermark. */
final class Chain implements AutoCloseable {
    private static final OutputTag<Finding> NEWS = new OutputTag<>("news", TypeInformation.of(Finding.class));
    private static final OutputTag<Seen> SEEN = new OutputTag<>("seen", TypeInformation.of(Seen.class));

    private final Novelty novelty;
    private final long lateness;
    private final Map<String, Finding> findings = new TreeMap<>();
    private final Map<String, Seen> seen = new TreeMap<>();
    private int told;
    private Stage<Visit, Encounter> days;
    private Stage<Encounter, Encounter> sites;
    private Stage<Encounter, Encounter> endpointsMet;
    private Stage<Encounter, Encounter> partiesMet;
    private Stage<Encounter, Seen> endpoints;
    private Stage<Encounter, Seen> parties;

    Chain(Novelty novelty, long lateness) throws Exception {
        this.novelty = novelty;
        this.lateness = lateness;
        open(List.of());
    }

    private void open(List<OperatorSubtaskState> states) throws Exception {
        days = new Stage<>(
                new DeviceDay(novelty, lateness),
                visit -> visit.contact().device().key(),
                states,
                0);
        sites = new Stage<>(new SiteWatch(novelty), SiteWatch::siteOf, states, 1);
        endpointsMet = new Stage<>(new DeviceMemory(novelty, SEEN), DeviceMemory::keyOf, states, 2);
        endpoints = new Stage<>(
                new SubjectMemory(novelty, lateness, NEWS),
                encounter -> encounter.subject().key(),
                states,
                3);
        partiesMet = new Stage<>(new DeviceMemory(novelty, SEEN), DeviceMemory::keyOf, states, 4);
        parties = new Stage<>(
                new SubjectMemory(novelty, lateness, NEWS),
                encounter -> encounter.subject().key(),
                states,
                5);
    }

    /** Everything is written down, thrown away and read again. */
    void restart() throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (Stage<?, ?> stage : stages()) {
            states.add(stage.snapshot());
        }
        close();
        open(states);
    }

    void seed(List<Seen> known) throws Exception {
        for (Seen one : known) {
            new Known().flatMap(one, new ListCollector<>(new ArrayList<>()) {
                @Override
                public void collect(Encounter seed) {
                    try {
                        if (Known.isOfSite(seed)) {
                            sites.take(seed);
                        }
                        (Known.isOfEndpoint(seed) ? endpoints : parties).take(seed);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
        }
    }

    Chain take(Collection<Rollup> rollups) throws Exception {
        for (Rollup rollup : rollups) {
            days.take(Visit.of(rollup));
        }
        return this;
    }

    /** Contact without a name, as it is judged while names are missing. */
    Chain takeWhileNamesAreMissing(Collection<Rollup> rollups, long heldMillis) throws Exception {
        for (Rollup rollup : rollups) {
            days.take(new Visit(rollup, heldMillis, true));
        }
        return this;
    }

    Chain until(long watermark) throws Exception {
        days.until(watermark);
        pass(days, sites);
        sites.until(watermark);
        pass(sites, endpointsMet);
        endpointsMet.until(watermark);
        for (Encounter met : endpointsMet.handedOn()) {
            endpoints.take(met);
            List<Encounter> behind = new ArrayList<>();
            new StandsBehind().flatMap(met, new ListCollector<>(behind));
            for (Encounter party : behind) {
                partiesMet.take(party);
            }
        }
        keep(endpointsMet.told(SEEN));
        endpoints.until(watermark);
        partiesMet.until(watermark);
        pass(partiesMet, parties);
        parties.until(watermark);
        keep(endpoints.handedOn());
        parties.handedOn();
        for (Finding finding : endpoints.told(NEWS)) {
            keep(finding);
        }
        for (Finding finding : parties.told(NEWS)) {
            keep(finding);
        }
        return this;
    }

    private static <T> void pass(Stage<?, T> from, Stage<T, ?> to) throws Exception {
        for (T one : from.handedOn()) {
            to.take(one);
        }
    }

    private void keep(Collection<Seen> states) {
        for (Seen state : states) {
            seen.put(
                    state.scope() + "|" + state.scopeId() + "|"
                            + state.destination().endpoint(),
                    state);
        }
    }

    private void keep(Finding finding) {
        told++;
        findings.merge(
                finding.kind() + "|" + finding.cause(),
                finding,
                (one, other) -> one.count() > other.count() ? one : other);
    }

    /** The last state of each finding. */
    List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    /** The findings about endpoints. */
    List<Finding> endpointNews() {
        return findings.values().stream()
                .filter(finding -> finding.kind() == Finding.Kind.NEW_ENDPOINT)
                .toList();
    }

    /** States of findings handed on. */
    int told() {
        return told;
    }

    Map<String, Seen> seen() {
        return seen;
    }

    /** Entries of state that are left anywhere. */
    int stateEntries() {
        return stages().stream().mapToInt(Stage::entries).sum();
    }

    private List<Stage<?, ?>> stages() {
        return List.of(days, sites, endpointsMet, endpoints, partiesMet, parties);
    }

    @Override
    public void close() throws Exception {
        for (Stage<?, ?> stage : stages()) {
            stage.close();
        }
    }

    /** One operator. */
    private static final class Stage<I, O> implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;

        Stage(
                KeyedProcessFunction<String, I, O> function,
                KeySelector<I, String> key,
                List<OperatorSubtaskState> states,
                int index)
                throws Exception {
            harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new KeyedProcessOperator<>(function), key, Types.STRING);
            harness.setup();
            if (!states.isEmpty()) {
                harness.initializeState(states.get(index));
            }
            harness.open();
        }

        void take(I value) throws Exception {
            harness.processElement(new StreamRecord<>(value));
        }

        void until(long watermark) throws Exception {
            harness.processWatermark(watermark);
        }

        List<O> handedOn() {
            List<O> values = List.copyOf(harness.extractOutputValues());
            harness.getOutput().clear();
            return values;
        }

        <T> List<T> told(OutputTag<T> tag) {
            var records = harness.getSideOutput(tag);
            List<T> values = new ArrayList<>();
            if (records != null) {
                records.forEach(entry -> values.add(entry.getValue()));
                records.clear();
            }
            return values;
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 1);
        }

        int entries() {
            return harness.numKeyedStateEntries() + harness.numEventTimeTimers();
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
