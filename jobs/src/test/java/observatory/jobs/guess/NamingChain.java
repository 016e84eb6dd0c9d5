package observatory.jobs.guess;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import observatory.ingest.observation.DnsObservation;
import observatory.jobs.attribute.DeviceEvent;
import observatory.jobs.attribute.DeviceSeen;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.NameFlows;
import observatory.jobs.attribute.NameMemory;
import observatory.jobs.attribute.NamedDns;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.SiteAnswer;
import observatory.jobs.attribute.SiteEvent;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.coverage.Tally;
import observatory.jobs.order.DelayedWatermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The two operators that name flows, joined as the job joins them. */
final class NamingChain implements AutoCloseable {
    private static final OutputTag<Tally> TALLIES = tag("tallies", Tally.class);
    private static final OutputTag<NamedDns> ANSWERS = tag("answers", NamedDns.class);
    private static final OutputTag<DeviceSeen> DEVICES = tag("devices", DeviceSeen.class);
    private static final OutputTag<SiteEvent> SITE = tag("site", SiteEvent.class);
    private static final OutputTag<NamedFlow> CORRECTIONS = tag("corrections", NamedFlow.class);

    private final boolean corrects;
    private final List<NamedFlow> flows = new ArrayList<>();
    private final List<NamedFlow> corrections = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, NamedFlow> name;
    private KeyedOneInputStreamOperatorTestHarness<String, SiteEvent, NamedFlow> guess;

    /** @param corrects whether answers can come late */
    NamingChain(boolean corrects) throws Exception {
        this.corrects = corrects;
        name = name();
        guess = guess(corrects);
        name.open();
        guess.open();
    }

    /** Takes what one device did; what it was told is told to its site as well. */
    void take(DeviceEvent event) throws Exception {
        name.processElement(new StreamRecord<>(event));
        DnsObservation dns = event.dns();
        if (dns != null) {
            tell(event.site(), dns);
        }
        pass();
    }

    /** Takes an answer of which only the site is known. */
    void tell(String site, DnsObservation dns) throws Exception {
        for (NameMemory.AddressBinding told : NameMemory.bindings(dns)) {
            SiteAnswer answer = new SiteAnswer(site, told.address(), null, told.binding());
            guess.processElement(new StreamRecord<>(new SiteEvent(answer, null)));
        }
    }

    /** Event time has come so far. */
    void watermark(long millis) throws Exception {
        name.processWatermark(millis);
        pass();
    }

    /** The input has ended. */
    void end() throws Exception {
        watermark(Long.MAX_VALUE);
    }

    /** The chain that goes on from what this one has in state. */
    void restart() throws Exception {
        var nameBefore = name;
        var guessBefore = guess;
        name = name();
        guess = guess(corrects);
        name.setup();
        name.initializeState(nameBefore.snapshot(1, 1));
        name.open();
        guess.setup();
        guess.initializeState(guessBefore.snapshot(1, 1));
        guess.open();
        nameBefore.close();
        guessBefore.close();
    }

    /** All flows as they were first written. */
    List<NamedFlow> flows() {
        return flows;
    }

    /** All flows that were written again. */
    List<NamedFlow> corrections() {
        return corrections;
    }

    /** The ledger of all flows. */
    List<Tally> tallies() {
        return tallies;
    }

    /** How much lies in state, of both operators. */
    int inState() {
        return name.numKeyedStateEntries() + guess.numKeyedStateEntries();
    }

    /** How many times either operator still waits for. */
    int timers() {
        return name.numEventTimeTimers() + guess.numEventTimeTimers();
    }

    @Override
    public void close() throws Exception {
        name.close();
        guess.close();
    }

    private void pass() throws Exception {
        tallies.addAll(drained(name, TALLIES));
        for (SiteEvent event : drained(name, SITE)) {
            guess.processElement(new StreamRecord<>(event));
        }
        for (Object out = name.getOutput().poll();
                out != null;
                out = name.getOutput().poll()) {
            if (out instanceof Watermark mark) {
                guess.processWatermark(mark);
            } else {
                flows.add((NamedFlow) ((StreamRecord<?>) out).getValue());
            }
        }
        for (Object out = guess.getOutput().poll();
                out != null;
                out = guess.getOutput().poll()) {
            if (out instanceof StreamRecord<?> flow) {
                flows.add((NamedFlow) flow.getValue());
            }
        }
        corrections.addAll(drained(guess, CORRECTIONS));
    }

    private static <T> List<T> drained(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness, OutputTag<T> tag) {
        Queue<StreamRecord<T>> queue = harness.getSideOutput(tag);
        List<T> all = new ArrayList<>();
        while (queue != null && !queue.isEmpty()) {
            all.add(queue.remove().getValue());
        }
        return all;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, NamedFlow> name() throws Exception {
        NameFlows operator = new NameFlows(
                GeoAccess.under(Path.of("no tables are needed")),
                Inventory.NONE,
                Witnesses.EQUAL,
                TALLIES,
                ANSWERS,
                DEVICES,
                SITE);
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new DelayedWatermark<>(operator, NameFlows.DELAY_MILLIS), DeviceEvent::key, Types.STRING);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, SiteEvent, NamedFlow> guess(boolean corrects)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new DelayedWatermark<>(new GuessNames(corrects, CORRECTIONS), GuessNames.DELAY_MILLIS),
                SiteEvent::key,
                Types.STRING);
    }

    private static <T> OutputTag<T> tag(String name, Class<T> type) {
        return new OutputTag<>(name, TypeInformation.of(type));
    }
}
