package observatory.jobs.rollup;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sums the parts of a rollup and hands it on once its window is over. A part that comes later than that corrects it: the
 * complete sum is handed on again, and the document keeps its id.
 */
public final class RollupWindow extends KeyedProcessFunction<String, Rollup, Rollup> {
    private static final long serialVersionUID = 1;

    private final long latenessMillis;
    private transient ValueState<Rollup> sum;

    /**
     * @param latenessMillis how long a window can still be corrected after its end, or after its first part when that came
     *     later; then its state is dropped
     */
    @SuppressWarnings("NullAway.Init")
    public RollupWindow(long latenessMillis) {
        this.latenessMillis = latenessMillis;
    }

    @Override
    public void open(OpenContext context) {
        sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.POJO(Rollup.class)));
    }

    @Override
    public void processElement(Rollup part, Context context, Collector<Rollup> out) throws Exception {
        Rollup before = sum.value();
        Rollup after = before == null ? part : before.plus(part);
        sum.update(after);
        if (part.windowEndMillis() <= context.timerService().currentWatermark()) {
            out.collect(after);
        } else {
            // Also when it is known: after a restart no time has come yet, and the window may have been handed on
            // before.
            context.timerService().registerEventTimeTimer(part.windowEndMillis());
        }
        long now = context.timerService().currentWatermark();
        if (before == null && now < Long.MAX_VALUE) {
            context.timerService().registerEventTimeTimer(Math.max(part.windowEndMillis(), now) + latenessMillis);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Rollup> out) throws Exception {
        Rollup rollup = sum.value();
        if (rollup == null) {
            return;
        }
        if (time == rollup.windowEndMillis()) {
            out.collect(rollup);
        }
        if (time >= rollup.windowEndMillis() + latenessMillis) {
            sum.clear();
        }
    }
}
