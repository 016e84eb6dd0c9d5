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
public final class DeviceDay extends InOrder<Visit, Encounter> {
    private static final long serialVersionUID = 1;

    /** Of two states of one rollup the more complete comes first, and the other is dropped. */
    private static final Comparator<Visit> ORDER = Comparator.comparingLong(DeviceDay::dueMillis)
            .thenComparing(visit -> visit.contact().key())
            .thenComparing(visit -> -visit.contact().flows());

    private final Novelty novelty;
    private final long latenessMillis;
    private transient MapState<String, Visit> today;
    private transient ValueState<Long> since;
    private transient ValueState<Long> last;
    private transient ValueState<Long> nextDay;

    /**
     * @param novelty how long a device is remembered
     * @param latenessMillis how long a rollup can still be corrected; that long it is waited for
     */
    @SuppressWarnings("NullAway.Init")
    public DeviceDay(Novelty novelty, long latenessMillis) {
        super(TypeInformation.of(Visit.class));
        this.novelty = novelty;
        this.latenessMillis = latenessMillis;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        today = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("today", Types.STRING, Types.POJO(Visit.class)));
        since = getRuntimeContext().getState(new ValueStateDescriptor<>("since", Types.LONG));
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
        nextDay = getRuntimeContext().getState(new ValueStateDescriptor<>("nextDay", Types.LONG));
    }

    @Override
    protected long timeMillis(Visit visit) {
        return dueMillis(visit) + latenessMillis;
    }

    private static long dueMillis(Visit visit) {
        return visit.contact().windowEndMillis() + visit.heldMillis();
    }

    @Override
    protected Comparator<Visit> order() {
        return ORDER;
    }

    @Override
    protected boolean isSame(Visit earlier, Visit later) {
        return earlier.contact().key().equals(later.contact().key());
    }

    @Override
    protected void next(Visit visit, boolean late, Context context, Collector<Encounter> out) throws Exception {
        Rollup contact = visit.contact();
        Long begun = since.value();
        long watched = begun == null ? contact.firstStartMillis() : Math.min(begun, contact.firstStartMillis());
        since.update(watched);
        Long before = last.value();
        last.update(before == null ? contact.lastEndMillis() : Math.max(before, contact.lastEndMillis()));
        Visit rest = today.get(visit.destination());
        if (rest == null) {
            out.collect(Encounter.of(visit, timeMillis(visit), watched));
            today.put(visit.destination(), visit.with(contact.none()));
        } else {
            Rollup sum = rest.contact();
            today.put(visit.destination(), visit.with(sum.flows() == 0 ? contact : sum.plus(contact)));
        }
        if (nextDay.value() == null) {
            wake(dueMillis(visit), context);
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
        for (Visit rest : today.values()) {
            if (rest.contact().flows() > 0) {
                out.collect(Encounter.of(rest, timeMillis, watched));
            }
        }
        today.clear();
        if (timeMillis - latest > novelty.memoryMillis()) {
            since.clear();
            last.clear();
            nextDay.clear();
        } else if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
            wake(timeMillis - latenessMillis, context);
        } else {
            nextDay.clear();
        }
    }

    /** A day ends as much later as each of its visits is looked at, so that it holds the same ones in every run. */
    private void wake(long nowMillis, Context context) throws Exception {
        long end = Novelty.nextDay(nowMillis) + latenessMillis;
        nextDay.update(end);
        context.timerService().registerEventTimeTimer(end);
    }
}
