package observatory.jobs.finding.sensor;

import java.util.List;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Silence;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Finding;
import observatory.jobs.order.InSteps;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * One finding for each time a sensor delivers, but not all. The minutes of a sensor come in their order; a minute that is
 * told again, since something came late, is not judged again.
 * When nothing comes for thirty days, its gaps have ended with it.
 */
public final class CoverageGaps extends KeyedProcessFunction<String, MinuteCoverage, Finding> {
    private static final long serialVersionUID = 1;
    private static final long DAY_MILLIS = 24 * 60 * Tally.MINUTE_MILLIS;

    private final long endMillis;
    private transient ValueState<Losses> losses;
    private transient ValueState<NamesMissing> names;
    private transient ValueState<Long> last;

    /** @param endMillis where a bounded observation ends: no gap ends after it; {@code Long.MAX_VALUE} when live */
    @SuppressWarnings("NullAway.Init")
    public CoverageGaps(long endMillis) {
        this.endMillis = endMillis;
    }

    @Override
    public void open(OpenContext context) {
        losses = getRuntimeContext().getState(new ValueStateDescriptor<>("losses", Types.POJO(Losses.class)));
        names = getRuntimeContext().getState(new ValueStateDescriptor<>("names", Types.POJO(NamesMissing.class)));
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
    }

    @Override
    public void processElement(MinuteCoverage coverage, Context context, Collector<Finding> out) throws Exception {
        Tally minute = coverage.tally();
        Long latest = last.value();
        if (coverage.state() == MinuteCoverage.State.SILENT || (latest != null && minute.minuteMillis() <= latest)) {
            return;
        }
        last.update(minute.minuteMillis());
        Losses summed = known(losses.value(), Losses.NONE);
        if (summed.window() != null
                && InSteps.endOf(summed.window().minuteMillis(), Losses.WINDOW_MILLIS) < minute.minuteMillis()) {
            summed = judge(summed, out);
        }
        losses.update(summed.and(minute));
        context.timerService().registerEventTimeTimer(InSteps.endOf(minute.minuteMillis(), Losses.WINDOW_MILLIS));
        if (latest == null) {
            context.timerService().registerEventTimeTimer(InSteps.endOf(minute.minuteMillis(), DAY_MILLIS) + 1);
        }
        if (minute.dns() > 0 || minute.flow() > 0) {
            NamesMissing before = known(names.value(), NamesMissing.UNKNOWN);
            NamesMissing after = before.after(minute);
            tell(before.gap(), after.gap(), out);
            names.update(isClosed(after.gap()) ? after.withoutGap() : after);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Finding> out) throws Exception {
        if (time % DAY_MILLIS == 0) {
            endDay(time, context, out);
            return;
        }
        Losses summed = losses.value();
        boolean due = summed != null
                && summed.window() != null
                && InSteps.endOf(summed.window().minuteMillis(), Losses.WINDOW_MILLIS) == time;
        if (due && summed != null) {
            losses.update(judge(summed, out));
        }
    }

    private static Losses judge(Losses summed, Collector<Finding> out) {
        Losses after = summed.judged();
        tell(summed.gap(), after.gap(), out);
        return isClosed(after.gap()) ? Losses.NONE : after;
    }

    private void endDay(long time, OnTimerContext context, Collector<Finding> out) throws Exception {
        Long latest = last.value();
        if (latest == null || time - latest >= Silence.FORGET_MILLIS) {
            if (time <= endMillis) {
                endGap(known(losses.value(), Losses.NONE).gap(), out);
                endGap(known(names.value(), NamesMissing.UNKNOWN).gap(), out);
            }
            losses.clear();
            names.clear();
            last.clear();
        } else {
            context.timerService().registerEventTimeTimer(time + DAY_MILLIS);
        }
    }

    private static void tell(@Nullable Finding before, @Nullable Finding after, Collector<Finding> out) {
        if (after != null && !after.equals(before)) {
            out.collect(after);
        }
    }

    private static void endGap(@Nullable Finding gap, Collector<Finding> out) {
        if (gap != null && !isClosed(gap)) {
            out.collect(gap.draft()
                    .facts(List.of(
                            gap.facts().getFirst(), "No word for 30 days: the sensor is taken for out of service."))
                    .closed()
                    .end());
        }
    }

    private static boolean isClosed(@Nullable Finding gap) {
        return gap != null && gap.state() == Finding.State.CLOSED;
    }

    private static <T> T known(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
