package observatory.jobs.coverage;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.order.InSteps;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sums the tallies of a sensor by minute and hands each minute on once it is over, with the silent stretches between
 * them. Silence is told while it lasts, by timers, so that a sensor that never comes back is noticed too.
 *
 * <p>Two kinds of timers: the last millisecond of a minute closes it; a full minute is a look at silence.
 */
public final class CoverageMinutes extends KeyedProcessFunction<String, Tally, MinuteCoverage> {
    private static final long serialVersionUID = 1;

    private final long latenessMillis;
    private final long endMillis;
    private transient MapState<Long, Tally> minutes;
    private transient MapState<Long, Long> forgotten;
    private transient ValueState<Tally> last;
    private transient ValueState<Long> told;
    private transient ValueState<Rhythm> rhythm;

    /**
     * @param latenessMillis how long a minute can still be corrected after it was over, or after it was first heard of when
     *     it was over by then
     * @param endMillis where a bounded observation ends: silence is not told beyond it; {@code Long.MAX_VALUE} when live
     */
    @SuppressWarnings("NullAway.Init")
    public CoverageMinutes(long latenessMillis, long endMillis) {
        this.latenessMillis = latenessMillis;
        this.endMillis = endMillis;
    }

    @Override
    public void open(OpenContext context) {
        minutes = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("minutes", Types.LONG, Types.POJO(Tally.class)));
        forgotten = getRuntimeContext().getMapState(new MapStateDescriptor<>("forgotten", Types.LONG, Types.LONG));
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.POJO(Tally.class)));
        told = getRuntimeContext().getState(new ValueStateDescriptor<>("told", Types.LONG));
        rhythm = getRuntimeContext().getState(new ValueStateDescriptor<>("rhythm", Types.POJO(Rhythm.class)));
    }

    @Override
    public void processElement(Tally tally, Context context, Collector<MinuteCoverage> out) throws Exception {
        long minute = tally.minuteMillis();
        Tally before = minutes.get(minute);
        Tally after = before == null ? tally : before.plus(tally);
        minutes.put(minute, after);
        long closes = minute + Tally.MINUTE_MILLIS - 1;
        Tally latest = last.value();
        // After a restart no time has come yet, though minutes were handed on before.
        boolean wasHandedOn = latest != null && minute <= latest.minuteMillis();
        if (wasHandedOn || closes <= context.timerService().currentWatermark()) {
            out.collect(new MinuteCoverage(MinuteCoverage.State.RECEIVING, 1, after));
        }
        long now = context.timerService().currentWatermark();
        if (before == null && now < Long.MAX_VALUE) {
            long forgets = InSteps.endOf(Math.max(closes, now) + latenessMillis, Tally.MINUTE_MILLIS);
            forgotten.put(minute, forgets);
            context.timerService().registerEventTimeTimer(closes);
            context.timerService().registerEventTimeTimer(forgets);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<MinuteCoverage> out) throws Exception {
        if (time % Tally.MINUTE_MILLIS == 0) {
            lookAtSilence(time, context, out);
            return;
        }
        long minute = time + 1 - Tally.MINUTE_MILLIS;
        Tally closed = minutes.get(minute);
        if (closed != null) {
            close(closed, context, out);
        }
        forgetMinutes(time);
    }

    private void forgetMinutes(long time) throws Exception {
        List<Long> over = new ArrayList<>();
        for (Long minute : minutes.keys()) {
            Long at = forgotten.get(minute);
            // A checkpoint of an older version does not tell.
            if (at == null ? minute + Tally.MINUTE_MILLIS <= time : at <= time) {
                over.add(minute);
            }
        }
        for (Long minute : over) {
            minutes.remove(minute);
            forgotten.remove(minute);
        }
    }

    private void close(Tally minute, OnTimerContext context, Collector<MinuteCoverage> out) throws Exception {
        Tally earlier = last.value();
        if (earlier != null && minute.minuteMillis() <= earlier.minuteMillis()) {
            return;
        }
        if (earlier != null && Silence.between(earlier.minuteMillis(), minute.minuteMillis(), learned())) {
            tellSilence(earlier, minute.minuteMillis(), out);
        }
        out.collect(new MinuteCoverage(MinuteCoverage.State.RECEIVING, 1, minute));
        rhythm.update(earlier == null ? learned() : learned().after(earlier.minuteMillis(), minute.minuteMillis()));
        last.update(minute);
        told.clear();
        context.timerService().registerEventTimeTimer(afterThreshold(minute.minuteMillis()));
    }

    private void lookAtSilence(long time, OnTimerContext context, Collector<MinuteCoverage> out) throws Exception {
        Tally earlier = last.value();
        if (earlier == null || time < afterThreshold(earlier.minuteMillis())) {
            return;
        }
        if (time > endMillis) {
            forget();
            return;
        }
        tellSilence(earlier, time, out);
        if (time - earlier.minuteMillis() >= Silence.FORGET_MILLIS) {
            forget();
            return;
        }
        long next = Silence.boundary(earlier, time);
        long end = Tally.minuteOf(endMillis);
        context.timerService().registerEventTimeTimer(time < end ? Math.min(next, end) : next);
    }

    private void forget() {
        last.clear();
        told.clear();
        rhythm.clear();
    }

    private void tellSilence(Tally earlier, long until, Collector<MinuteCoverage> out) throws Exception {
        Long from = told.value();
        long start = from == null ? earlier.minuteMillis() + Tally.MINUTE_MILLIS : from;
        Silence.stretches(earlier, start, until).forEach(out::collect);
        told.update(until);
    }

    private Rhythm learned() throws Exception {
        Rhythm known = rhythm.value();
        return known == null ? Rhythm.UNKNOWN : known;
    }

    private long afterThreshold(long minute) throws Exception {
        return minute + Tally.MINUTE_MILLIS + learned().thresholdMillis();
    }
}
