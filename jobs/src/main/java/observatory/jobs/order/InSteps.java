package observatory.jobs.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Hands the events of a key to a rule in event-time order, a step of minutes or hours at once: as {@link InOrder} does,
 * for rules that may wait and so need only a few timers, and look at their state once for many events. The last
 * millisecond of a step is its end. An event that comes after its step has been handed over waits for the next one.
 *
 * @param <IN> event
 * @param <OUT> result
 */
public abstract class InSteps<IN, OUT> extends KeyedProcessFunction<String, IN, OUT> {
    private final long stepMillis;
    private final MapStateDescriptor<Long, List<IN>> descriptor;
    private transient MapState<Long, List<IN>> waiting;

    /**
     * @param type event
     * @param stepMillis length of a step; a day is a multiple of it
     */
    @SuppressWarnings({"NullAway.Init", "this-escape"})
    protected InSteps(TypeInformation<IN> type, long stepMillis) {
        this.stepMillis = stepMillis;
        this.descriptor = new MapStateDescriptor<>("waiting", Types.LONG, Types.LIST(type));
    }

    /** Event time, milliseconds since 1970. */
    protected abstract long timeMillis(IN event);

    /** A total order that begins with event time. */
    protected abstract Comparator<IN> order();

    /** The events of a step, in order; empty when only a timer of the rule's own is due. */
    protected abstract void step(long endMillis, List<IN> events, OnTimerContext context, Collector<OUT> out)
            throws Exception;

    @Override
    public void open(OpenContext context) throws Exception {
        waiting = getRuntimeContext().getMapState(descriptor);
    }

    @Override
    public final void processElement(IN event, Context context, Collector<OUT> out) throws Exception {
        long now = context.timerService().currentWatermark();
        long end = endOf(timeMillis(event), stepMillis);
        long due = end > now ? end : endOf(now + 1, stepMillis);
        List<IN> events = waiting.get(due);
        if (events == null) {
            events = new ArrayList<>(4);
            context.timerService().registerEventTimeTimer(due);
        }
        events.add(event);
        waiting.put(due, events);
    }

    @Override
    public final void onTimer(long timeMillis, OnTimerContext context, Collector<OUT> out) throws Exception {
        List<IN> events = waiting.get(timeMillis);
        if (events == null) {
            events = List.of();
        } else {
            waiting.remove(timeMillis);
            if (events.size() > 1) {
                events = new ArrayList<>(events);
                events.sort(order());
            }
        }
        step(timeMillis, events, context, out);
    }

    /** Last millisecond of the stretch of so many milliseconds that holds a time. */
    public static long endOf(long timeMillis, long lengthMillis) {
        return Math.floorDiv(timeMillis, lengthMillis) * lengthMillis + lengthMillis - 1;
    }
}
