package observatory.jobs.guess;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import observatory.geo.attribution.DestinationName;
import observatory.jobs.attribute.Binding;
import observatory.jobs.attribute.NameMemory;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.SiteAnswer;
import observatory.jobs.attribute.SiteEvent;
import observatory.jobs.order.InOrder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Names flows that their own device cannot name by what anybody of the site was told of the address, as a guess. Where
 * answers can come late, it remembers such flows for a while; an answer that comes after all makes a correction.
 */
public final class GuessNames extends InOrder<SiteEvent, NamedFlow> {
    /** Results are at most this much older than the watermark that released them. */
    public static final long DELAY_MILLIS = NameMemory.SKEW_MILLIS + BUCKET_MILLIS;

    /** A flow is corrected when the answer comes at most this long after its end. */
    public static final long CORRECTION_MILLIS = 3_600_000;

    /** Of one address at a site so many flows can be corrected, the latest; stops a scan from filling the state. */
    public static final int CORRECTABLE_LIMIT = 128;

    private static final long serialVersionUID = 1;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    private final boolean corrects;
    private final OutputTag<NamedFlow> corrections;
    private transient ValueState<List<Binding>> told;
    private transient MapState<String, List<Binding>> toldLate;
    private transient MapState<Long, NamedFlow> written;
    private transient ValueState<Long> nextPlace;
    private transient ValueState<Long> nextSweep;

    /**
     * @param corrects whether answers can come late
     * @param corrections where flows go that were written before and have another name now
     */
    @SuppressWarnings("NullAway.Init")
    public GuessNames(boolean corrects, OutputTag<NamedFlow> corrections) {
        super(TypeInformation.of(SiteEvent.class));
        this.corrects = corrects;
        this.corrections = corrections;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        told = getRuntimeContext().getState(new ValueStateDescriptor<>("told", Types.LIST(Types.POJO(Binding.class))));
        toldLate = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("toldLate", Types.STRING, Types.LIST(Types.POJO(Binding.class))));
        written = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("written", Types.LONG, Types.POJO(NamedFlow.class)));
        nextPlace = getRuntimeContext().getState(new ValueStateDescriptor<>("nextPlace", Types.LONG));
        nextSweep = getRuntimeContext().getState(new ValueStateDescriptor<>("nextSweep", Types.LONG));
    }

    @Override
    protected long timeMillis(SiteEvent event) {
        return event.timeMillis();
    }

    @Override
    protected Comparator<SiteEvent> order() {
        return SiteEvent.ORDER;
    }

    @Override
    protected void next(SiteEvent event, boolean late, Context context, Collector<NamedFlow> out) throws Exception {
        SiteAnswer answer = event.answer();
        NamedFlow flow = event.flow();
        if (answer != null) {
            answered(answer, context);
            if (corrects && (late || answer.device() != null)) {
                correct(context);
            }
        } else if (flow != null) {
            NamedFlow named = flow.called(nameOf(flow));
            out.collect(named);
            if (corrects) {
                keep(named, context);
            }
        }
    }

    private void answered(SiteAnswer answer, Context context) throws Exception {
        String device = answer.device();
        if (device == null) {
            told.update(NameMemory.remember(orEmpty(told.value()), answer.binding()));
            sweep(forgetting(answer.binding()), context);
        } else if (corrects) {
            toldLate.put(device, NameMemory.remember(orEmpty(toldLate.get(device)), answer.binding()));
            sweep(uncorrectable(answer.binding().answeredMillis()), context);
        }
    }

    /** What the device was told after all is stronger than what others were told. */
    private DestinationName nameOf(NamedFlow flow) throws Exception {
        if (corrects) {
            List<Binding> own = orEmpty(toldLate.get(flow.device().address()));
            DestinationName name = NameMemory.name(own, null, flow.startMillis());
            if (name.name() != null) {
                return name;
            }
        }
        return NameMemory.guess(orEmpty(told.value()), flow.startMillis());
    }

    private void keep(NamedFlow flow, Context context) throws Exception {
        Long place = nextPlace.value();
        long here = place == null ? 0 : place;
        written.put(here, flow);
        nextPlace.update((here + 1) % CORRECTABLE_LIMIT);
        sweep(uncorrectable(flow.endMillis()), context);
    }

    private void correct(Context context) throws Exception {
        for (Map.Entry<Long, NamedFlow> entry : written.entries()) {
            NamedFlow before = entry.getValue();
            DestinationName name = nameOf(before);
            if (!name.equals(before.name())) {
                NamedFlow corrected = before.corrected(name);
                entry.setValue(corrected);
                context.output(corrections, corrected);
            }
        }
    }

    /** Looks again at what may be forgotten, at a time. */
    private void sweep(long millis, Context context) throws Exception {
        Long planned = nextSweep.value();
        if (planned == null || planned > millis) {
            nextSweep.update(millis);
            context.timerService().registerEventTimeTimer(millis);
        }
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<NamedFlow> out) throws Exception {
        Long planned = nextSweep.value();
        if (planned == null || planned != timeMillis) {
            return;
        }
        nextSweep.clear();
        forget(timeMillis, context);
        forgetCorrectable(timeMillis, context);
    }

    private void forget(long now, Context context) throws Exception {
        List<Binding> kept = NameMemory.forget(orEmpty(told.value()), now);
        if (kept.isEmpty()) {
            told.clear();
        } else {
            told.update(kept);
            long first = Long.MAX_VALUE;
            for (Binding binding : kept) {
                first = Math.min(first, forgetting(binding));
            }
            sweep(first, context);
        }
    }

    private void forgetCorrectable(long now, Context context) throws Exception {
        long first = Long.MAX_VALUE;
        List<Long> places = new ArrayList<>();
        for (Map.Entry<Long, NamedFlow> entry : written.entries()) {
            long until = uncorrectable(entry.getValue().endMillis());
            if (until <= now) {
                places.add(entry.getKey());
            } else {
                first = Math.min(first, until);
            }
        }
        for (long place : places) {
            written.remove(place);
        }
        List<String> devices = new ArrayList<>();
        for (Map.Entry<String, List<Binding>> entry : toldLate.entries()) {
            long until = uncorrectable(entry.getValue().getLast().renewedMillis());
            if (until <= now) {
                devices.add(entry.getKey());
            } else {
                first = Math.min(first, until);
            }
        }
        for (String device : devices) {
            toldLate.remove(device);
        }
        if (first < Long.MAX_VALUE) {
            sweep(first, context);
        }
        if (written.isEmpty()) {
            nextPlace.clear();
        }
    }

    /** The first end of a day at which a binding names nothing any more. */
    private static long forgetting(Binding binding) {
        return endOf(DAY_MILLIS, binding.expiresMillis() + NameMemory.RETENTION_MILLIS);
    }

    /** The first end of an hour at which what happened can no longer be corrected. */
    private static long uncorrectable(long happenedMillis) {
        return endOf(HOUR_MILLIS, happenedMillis + CORRECTION_MILLIS);
    }

    private static long endOf(long step, long millis) {
        return (Math.floorDiv(millis, step) + 1) * step;
    }

    private static List<Binding> orEmpty(@Nullable List<Binding> memory) {
        return memory == null ? List.of() : memory;
    }
}
