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
 * Hands the events of a key to a rule in event-time order, whatever order they arrived in: events wait in state until
 * the watermark has passed them. With a watermark that is never too early, the same input so gives the same output
 * whatever the order of files, the parallelism or the number of restarts; equal events meet in the same bucket and can
 * be told as duplicates without further state.
 *
 * <p>Events wait in buckets of {@link #BUCKET_MILLIS}, one timer each. Since an event leaves up to one bucket after the
 * watermark has passed it, run this inside {@link DelayedWatermark}.
 *
 * @param <IN> event
 * @param <OUT> result
 */
public abstract class InOrder<IN, OUT> extends KeyedProcessFunction<String, IN, OUT> {
    /** Events of one bucket are handed over together. */
    public static final long BUCKET_MILLIS = 1_000;

    private final MapStateDescriptor<Long, List<IN>> descriptor;
    private transient MapState<Long, List<IN>> waiting;

    /** Creates the operator for events of a type. */
    @SuppressWarnings({"NullAway.Init", "this-escape"})
    protected InOrder(TypeInformation<IN> type) {
        this.descriptor = new MapStateDescriptor<>("waiting", Types.LONG, Types.LIST(type));
    }

    /** Event time, milliseconds since 1970. */
    protected abstract long timeMillis(IN event);

    /** A total order that begins with event time. */
    protected abstract Comparator<IN> order();

    /** Whether two neighbours in order are one event that was read twice. */
    protected boolean isSame(IN earlier, IN later) {
        return false;
    }

    /** The next event in order. */
    protected abstract void next(IN event, boolean late, Context context, Collector<OUT> out) throws Exception;

    /** An event that equals the one before it. */
    protected void duplicate(IN event, Context context) throws Exception {}

    /** A timer that the rule itself has registered has fired. */
    protected void due(long timeMillis, OnTimerContext context, Collector<OUT> out) throws Exception {}

    @Override
    public void open(OpenContext context) throws Exception {
        waiting = getRuntimeContext().getMapState(descriptor);
    }

    @Override
    public final void processElement(IN event, Context context, Collector<OUT> out) throws Exception {
        long bucket = bucketOf(timeMillis(event));
        if (bucket <= context.timerService().currentWatermark()) {
            next(event, true, context, out);
            return;
        }
        List<IN> events = waiting.get(bucket);
        if (events == null) {
            events = new ArrayList<>(2);
            context.timerService().registerEventTimeTimer(bucket);
        }
        events.add(event);
        waiting.put(bucket, events);
    }

    @Override
    public final void onTimer(long timeMillis, OnTimerContext context, Collector<OUT> out) throws Exception {
        List<IN> events = waiting.get(timeMillis);
        if (events != null) {
            waiting.remove(timeMillis);
            handOver(events, context, out);
        }
        due(timeMillis, context, out);
    }

    private void handOver(List<IN> events, OnTimerContext context, Collector<OUT> out) throws Exception {
        if (events.size() > 1) {
            events.sort(order());
        }
        IN previous = null;
        for (IN event : events) {
            if (previous != null && isSame(previous, event)) {
                duplicate(event, context);
            } else {
                next(event, false, context, out);
                previous = event;
            }
        }
    }

    /** The last millisecond of the bucket that holds a time: its timer. */
    protected static long bucketOf(long timeMillis) {
        return InSteps.endOf(timeMillis, BUCKET_MILLIS);
    }
}
