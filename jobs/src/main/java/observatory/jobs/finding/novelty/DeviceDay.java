package observatory.jobs.finding.novelty;

import java.util.Comparator;
import observatory.jobs.order.InOrder;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/**
 * Makes of the rollups of a device two encounters a day with each destination: the first at once, the rest when the day
 * is over. So whoever remembers endpoints for long is asked rarely, however much a phone talks. Also knows since when a
 * device is watched, wherever it moves and whatever address it has.
 *
 * <p>State: the destinations of one day, scanned once when the day is over; two times for as long as a device is
 * remembered.
 */
public final class DeviceDay extends InOrder<Rollup, Encounter> {
    private static final long serialVersionUID = 1;

    /** Of two states of one rollup the more complete comes first, and the other is dropped. */
    private static final Comparator<Rollup> ORDER = Comparator.comparingLong(Rollup::windowEndMillis)
            .thenComparing(Rollup::key)
            .thenComparing(Comparator.comparingLong(Rollup::flows).reversed());

    private final Novelty novelty;
    private final long latenessMillis;
    private transient MapState<String, Rollup> today;
    private transient ValueState<Long> since;
    private transient ValueState<Long> last;
    private transient ValueState<Long> nextDay;

    /**
     * @param novelty how long a device is remembered
     * @param latenessMillis how long a rollup can still be corrected; that long it is waited for
     */
    @SuppressWarnings("NullAway.Init")
    public DeviceDay(Novelty novelty, long latenessMillis) {
        super(TypeInformation.of(Rollup.class));
        this.novelty = novelty;
        this.latenessMillis = latenessMillis;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        today = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("today", Types.STRING, Types.POJO(Rollup.class)));
        since = getRuntimeContext().getState(new ValueStateDescriptor<>("since", Types.LONG));
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
        nextDay = getRuntimeContext().getState(new ValueStateDescriptor<>("nextDay", Types.LONG));
    }

    @Override
    protected long timeMillis(Rollup rollup) {
        return rollup.windowEndMillis() + latenessMillis;
    }

    @Override
    protected Comparator<Rollup> order() {
        return ORDER;
    }

    @Override
    protected boolean isSame(Rollup earlier, Rollup later) {
        return earlier.key().equals(later.key());
    }

    @Override
    protected void next(Rollup rollup, boolean late, Context context, Collector<Encounter> out) throws Exception {
        Long begun = since.value();
        long watched = begun == null ? rollup.firstStartMillis() : Math.min(begun, rollup.firstStartMillis());
        since.update(watched);
        Long before = last.value();
        last.update(before == null ? rollup.lastEndMillis() : Math.max(before, rollup.lastEndMillis()));
        String destination = rollup.destination().key() + "|" + rollup.device().cohort();
        Rollup rest = today.get(destination);
        if (rest == null) {
            out.collect(Encounter.of(rollup, timeMillis(rollup), watched));
            today.put(destination, rollup.none());
        } else {
            today.put(destination, rest.flows() == 0 ? rollup : rest.plus(rollup));
        }
        if (nextDay.value() == null) {
            wake(Novelty.nextDay(timeMillis(rollup)), context);
        }
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<Encounter> out) throws Exception {
        Long expected = nextDay.value();
        Long watched = since.value();
        Long latest = last.value();
        if (expected == null || expected != timeMillis || watched == null || latest == null) {
            return;
        }
        for (Rollup rest : today.values()) {
            if (rest.flows() > 0) {
                out.collect(Encounter.of(rest, timeMillis, watched));
            }
        }
        today.clear();
        if (timeMillis - latest > novelty.memoryMillis()) {
            since.clear();
            last.clear();
            nextDay.clear();
        } else if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
            wake(timeMillis + Novelty.DAY_MILLIS, context);
        } else {
            nextDay.clear();
        }
    }

    private void wake(long timeMillis, Context context) throws Exception {
        nextDay.update(timeMillis);
        context.timerService().registerEventTimeTimer(timeMillis);
    }
}
