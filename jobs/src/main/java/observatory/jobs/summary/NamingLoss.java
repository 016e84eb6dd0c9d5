package observatory.jobs.summary;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** At the end of each day, what was done by devices that had asked for names where nobody at the site can read it. */
public final class NamingLoss extends KeyedProcessFunction<String, NamingDay, Totals> {
    private static final long serialVersionUID = 1;

    private transient ValueState<NamingDay> sum;

    @SuppressWarnings("NullAway.Init")
    public NamingLoss() {}

    @Override
    public void open(OpenContext context) {
        sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.POJO(NamingDay.class)));
    }

    @Override
    public void processElement(NamingDay part, Context context, Collector<Totals> out) throws Exception {
        NamingDay before = sum.value();
        sum.update(before == null ? part : before.plus(part));
        if (before == null) {
            context.timerService().registerEventTimeTimer(part.endMillis());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Totals> out) throws Exception {
        NamingDay day = sum.value();
        sum.clear();
        if (day != null && day.hiddenDns().flows() > 0) {
            out.collect(Totals.ofHiddenNames(day));
        }
    }
}
