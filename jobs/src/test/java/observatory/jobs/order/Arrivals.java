package observatory.jobs.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * What a keyed operator is handed, in the order of its arrival: events, and between them how far event time has come. What
 * it makes of them are arrivals too, so that operators can stand one behind the other as in the job.
 *
 * @param <T> event
 */
public final class Arrivals<T> {
    private final List<Arrival<T>> arrivals;
    private final int restarts;
    private final int left;

    /** An event, or the time that has come. */
    private record Arrival<T>(@Nullable T event, long watermark) {}

    private Arrivals(List<Arrival<T>> arrivals, int restarts, int left) {
        this.arrivals = arrivals;
        this.restarts = restarts;
        this.left = left;
    }

    /** As a replay reads: one after the other, with a watermark that is exact. */
    public static <T> Arrivals<T> inOrder(List<T> events, ToLongFunction<T> time) {
        List<Arrival<T>> arrivals = new ArrayList<>();
        events.stream().sorted(Comparator.comparingLong(time)).forEach(event -> {
            arrivals.add(new Arrival<>(null, time.applyAsLong(event) - 1));
            arrivals.add(new Arrival<>(event, 0));
        });
        return new Arrivals<>(arrivals, 0, 0);
    }

    /** All at once, before any time has come. */
    public static <T> Arrivals<T> inOneGo(List<T> events) {
        List<Arrival<T>> arrivals = new ArrayList<>();
        events.forEach(event -> arrivals.add(new Arrival<>(event, 0)));
        return new Arrivals<>(arrivals, 0, 0);
    }

    /** As a live job reads: each delayed by chance, by less than a bound by which the watermark trails what was seen. */
    public static <T> Arrivals<T> delayed(List<T> events, ToLongFunction<T> time, long boundMillis, long seed) {
        return delayed(events, time, boundMillis, boundMillis, new Random(seed));
    }

    /** The same with a watermark that waits for nobody, so that most events are late, by less than the bound. */
    public static <T> Arrivals<T> late(List<T> events, ToLongFunction<T> time, long boundMillis, long seed) {
        return delayed(events, time, boundMillis, 0, new Random(seed));
    }

    private static <T> Arrivals<T> delayed(
            List<T> events, ToLongFunction<T> time, long boundMillis, long trailMillis, Random random) {
        record Delayed<T>(T event, long millis, long arrivalMillis) {}
        List<Delayed<T>> delayed = new ArrayList<>();
        for (T event : events) {
            long millis = time.applyAsLong(event);
            delayed.add(new Delayed<>(event, millis, millis + random.nextLong(boundMillis)));
        }
        Collections.shuffle(delayed, random);
        delayed.sort(Comparator.comparingLong(Delayed::arrivalMillis));
        List<Arrival<T>> arrivals = new ArrayList<>();
        long seen = Long.MIN_VALUE / 2;
        for (Delayed<T> one : delayed) {
            arrivals.add(new Arrival<>(one.event(), 0));
            seen = Math.max(seen, one.millis());
            if (random.nextBoolean()) {
                arrivals.add(new Arrival<>(null, seen - trailMillis - 1));
            }
        }
        return new Arrivals<>(arrivals, 0, 0);
    }

    /** Then time comes so far. */
    public Arrivals<T> until(long millis) {
        return and(new Arrival<>(null, millis));
    }

    /** Then this comes. */
    public Arrivals<T> then(T event) {
        return and(new Arrival<>(event, 0));
    }

    private Arrivals<T> and(Arrival<T> last) {
        List<Arrival<T>> more = new ArrayList<>(arrivals);
        more.add(last);
        return new Arrivals<>(more, restarts, left);
    }

    /** Each operator on the way stops so many times, evenly spread, and goes on from its snapshot. */
    public Arrivals<T> restarting(int times) {
        return new Arrivals<>(arrivals, times, left);
    }

    /** What is made of each event by itself, on the way to the next operator; null leaves it out. */
    public <R> Arrivals<R> map(Function<T, @Nullable R> made) {
        List<Arrival<R>> all = new ArrayList<>();
        for (Arrival<T> arrival : arrivals) {
            R event = arrival.event() == null ? null : made.apply(arrival.event());
            if (event != null || arrival.event() == null) {
                all.add(new Arrival<>(event, arrival.watermark()));
            }
        }
        return new Arrivals<>(all, restarts, left);
    }

    /** What a keyed operator makes of it. */
    public <R> Arrivals<R> through(
            Supplier<? extends OneInputStreamOperator<T, R>> operator, KeySelector<T, String> key) throws Exception {
        List<Arrival<R>> made = new ArrayList<>();
        int stretch = Math.ceilDiv(arrivals.size(), restarts + 1);
        int kept = 0;
        OperatorSubtaskState snapshot = null;
        for (int from = 0; from < arrivals.size(); from += stretch) {
            try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(operator.get(), key, Types.STRING)) {
                harness.setup();
                if (snapshot != null) {
                    harness.initializeState(snapshot);
                }
                harness.open();
                for (Arrival<T> arrival : arrivals.subList(from, Math.min(from + stretch, arrivals.size()))) {
                    hand(arrival, harness);
                }
                snapshot = harness.snapshot(1, 1);
                kept = harness.numKeyedStateEntries() + harness.numEventTimeTimers();
                harness.getOutput().forEach(out -> made.add(arrival(out)));
            }
        }
        return new Arrivals<>(made, restarts, kept);
    }

    private static <T> void hand(Arrival<T> arrival, KeyedOneInputStreamOperatorTestHarness<String, T, ?> harness)
            throws Exception {
        if (arrival.event() == null) {
            harness.processWatermark(arrival.watermark());
        } else {
            harness.processElement(new StreamRecord<>(arrival.event()));
        }
    }

    @SuppressWarnings("unchecked")
    private static <R> Arrival<R> arrival(Object out) {
        return out instanceof Watermark mark
                ? new Arrival<>(null, mark.getTimestamp())
                : new Arrival<>(((StreamRecord<R>) out).getValue(), 0);
    }

    /** The events alone. */
    public List<T> events() {
        List<T> events = new ArrayList<>();
        for (Arrival<T> arrival : arrivals) {
            if (arrival.event() != null) {
                events.add(arrival.event());
            }
        }
        return events;
    }

    /** How many states and timers the operator held in the end that made these. */
    public int left() {
        return left;
    }
}
