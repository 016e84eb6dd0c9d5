package observatory.jobs.summary;

import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Adds up totals in state and, when the input has ended, leaves them as the job's accumulator {@link #NAME}. */
public final class SumUp extends KeyedProcessFunction<String, Totals, Totals> {
    /** Name of the accumulator. */
    public static final String NAME = "observatory.totals";

    private static final long serialVersionUID = 1;

    private final Sum result = new Sum();
    private transient ValueState<Totals> sum;

    @SuppressWarnings("NullAway.Init")
    public SumUp() {}

    @Override
    public void open(OpenContext context) {
        sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.POJO(Totals.class)));
        getRuntimeContext().addAccumulator(NAME, result);
    }

    @Override
    public void processElement(Totals totals, Context context, Collector<Totals> out) throws Exception {
        Totals before = sum.value();
        if (before == null) {
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }
        sum.update(before == null ? totals : before.plus(totals));
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Totals> out) throws Exception {
        Totals totals = sum.value();
        if (totals != null) {
            result.add(totals);
            out.collect(totals);
            sum.clear();
        }
    }

    /** Adds totals of parallel instances, of which one has any. */
    public static final class Sum implements Accumulator<Totals, Totals> {
        private static final long serialVersionUID = 1;

        private Totals totals = Totals.NONE;

        @Override
        public void add(Totals value) {
            totals = totals.plus(value);
        }

        @Override
        public Totals getLocalValue() {
            return totals;
        }

        @Override
        public void resetLocal() {
            totals = Totals.NONE;
        }

        @Override
        public void merge(Accumulator<Totals, Totals> other) {
            totals = totals.plus(other.getLocalValue());
        }

        @Override
        public Sum clone() {
            Sum copy = new Sum();
            copy.totals = totals;
            return copy;
        }
    }
}
