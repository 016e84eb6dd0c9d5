package observatory.jobs.finding;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
import org.jspecify.annotations.Nullable;

/**
 * One finding for all contact of one key, told at once, then at most once an hour while it grows. After thirty days
 * without such contact it has ended, and what comes then is another.
 *
 * @param <T> a contact and why it is looked at
 */
public abstract class Evolving<T> extends InOrder<T, Finding> {
    private static final long HOUR_MILLIS = 3_600_000L;
    private static final long END_MILLIS = 30L * 24 * HOUR_MILLIS;

    private final long latenessMillis;
    private final long endMillis;
    private transient ValueState<Finding> finding;
    private transient ValueState<Boolean> changed;
    private transient MapState<String, Boolean> devices;
    private transient ValueState<Long> wake;

    /**
     * @param type the contact
     * @param latenessMillis how long a contact can still be corrected; that long it is waited for
     * @param endMillis where a bounded observation ends: nothing is said to have ended after it; {@code Long.MAX_VALUE}
     *     when live
     */
    @SuppressWarnings("NullAway.Init")
    protected Evolving(TypeInformation<T> type, long latenessMillis, long endMillis) {
        super(type);
        this.latenessMillis = latenessMillis;
        this.endMillis = endMillis;
    }

    /** What was counted. */
    protected abstract Rollup contact(T event);

    /** The finding that the first contact makes; null when it makes none. */
    protected abstract @Nullable Finding begun(T event);

    /** How wide a finding is that a second device takes part in; of one device it is the device's. */
    protected abstract String widerScope();

    /** The first day of a finding, for its cause: what comes after its end is another. */
    protected static LocalDate day(Rollup contact) {
        return Instant.ofEpochMilli(contact.firstStartMillis())
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        finding = getRuntimeContext().getState(new ValueStateDescriptor<>("finding", Types.POJO(Finding.class)));
        changed = getRuntimeContext().getState(new ValueStateDescriptor<>("changed", Types.BOOLEAN));
        devices = getRuntimeContext().getMapState(new MapStateDescriptor<>("devices", Types.STRING, Types.BOOLEAN));
        wake = getRuntimeContext().getState(new ValueStateDescriptor<>("wake", Types.LONG));
    }

    @Override
    protected final long timeMillis(T event) {
        return contact(event).windowEndMillis() + latenessMillis;
    }

    /** Of two states of one rollup the more complete comes first, and the other is dropped. */
    @Override
    protected final Comparator<T> order() {
        return Comparator.comparingLong((T event) -> contact(event).windowEndMillis())
                .thenComparing(event -> contact(event).key())
                .thenComparing(event -> -contact(event).flows());
    }

    @Override
    protected final boolean isSame(T earlier, T later) {
        return contact(earlier).key().equals(contact(later).key());
    }

    @Override
    protected final void next(T event, boolean late, Context context, Collector<Finding> out) throws Exception {
        Rollup contact = contact(event);
        Finding before = finding.value();
        Finding first = before == null ? begun(event) : null;
        if (before == null && first == null) {
            return;
        }
        boolean isNew = !devices.contains(contact.device().key());
        if (isNew) {
            devices.put(contact.device().key(), true);
        }
        if (before == null) {
            finding.update(first);
            out.collect(first);
        } else {
            finding.update(grown(before, contact, isNew));
            changed.update(true);
        }
        long hour = (Math.floorDiv(timeMillis(event), HOUR_MILLIS) + 1) * HOUR_MILLIS;
        Long awaited = wake.value();
        if (awaited == null || awaited > hour) {
            wakeAt(hour, awaited, context);
        }
    }

    @Override
    protected final void due(long timeMillis, OnTimerContext context, Collector<Finding> out) throws Exception {
        Long expected = wake.value();
        Finding latest = finding.value();
        if (expected == null || expected != timeMillis || latest == null) {
            return;
        }
        wake.clear();
        if (changed.value() != null) {
            out.collect(latest);
            changed.clear();
        }
        long end = (Math.floorDiv(latest.lastMillis() + latenessMillis + END_MILLIS, HOUR_MILLIS) + 1) * HOUR_MILLIS;
        if (timeMillis >= end) {
            if (timeMillis <= endMillis) {
                out.collect(latest.draft().closed().end());
            }
            finding.clear();
            devices.clear();
        } else if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
            wakeAt(end, null, context);
        }
    }

    private void wakeAt(long timeMillis, @Nullable Long instead, Context context) throws Exception {
        if (instead != null) {
            context.timerService().deleteEventTimeTimer(instead);
        }
        wake.update(timeMillis);
        context.timerService().registerEventTimeTimer(timeMillis);
    }

    private Finding grown(Finding finding, Rollup contact, boolean newDevice) {
        long devices = finding.devices() + (newDevice ? 1 : 0);
        return finding.draft()
                .evidence(Evidence.of(contact))
                .between(contact.firstStartMillis(), contact.lastEndMillis())
                .more(contact.flows(), contact.bytesOut(), contact.bytesIn())
                .devices(devices)
                .scope(devices > 1 ? widerScope() : finding.scope())
                .end();
    }
}
