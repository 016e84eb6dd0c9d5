package observatory.jobs.finding;

import java.util.Comparator;
import observatory.jobs.finding.Seen.Scope;
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
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, per endpoint, who has seen it and since when; what it hands on is the state of each scope, when it is new,
 * once a day, and at the end. Findings leave by a side output.
 */
public final class EndpointHistory extends InOrder<Rollup, Seen> {
    private static final long serialVersionUID = 1;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final Comparator<Rollup> ORDER = Comparator.comparingLong(Rollup::windowEndMillis)
            .thenComparingLong(Rollup::firstStartMillis)
            .thenComparing(Rollup::key);

    private final Novelty novelty;
    private final OutputTag<Finding> findings;
    private transient MapState<String, Seen> seen;
    private transient MapState<String, Finding> news;
    private transient MapState<String, Boolean> members;
    private transient ValueState<Long> nextDay;

    /**
     * @param novelty when contact is news
     * @param findings where news goes
     */
    @SuppressWarnings("NullAway.Init")
    public EndpointHistory(Novelty novelty, OutputTag<Finding> findings) {
        super(TypeInformation.of(Rollup.class));
        this.novelty = novelty;
        this.findings = findings;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        seen = getRuntimeContext().getMapState(new MapStateDescriptor<>("seen", Types.STRING, Types.POJO(Seen.class)));
        news = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("news", Types.STRING, Types.POJO(Finding.class)));
        members = getRuntimeContext().getMapState(new MapStateDescriptor<>("members", Types.STRING, Types.BOOLEAN));
        nextDay = getRuntimeContext().getState(new ValueStateDescriptor<>("nextDay", Types.LONG));
    }

    @Override
    protected long timeMillis(Rollup rollup) {
        return rollup.windowEndMillis();
    }

    @Override
    protected Comparator<Rollup> order() {
        return ORDER;
    }

    @Override
    protected void next(Rollup rollup, boolean late, Context context, Collector<Seen> out) throws Exception {
        boolean newToDevice =
                !seen.contains(stateKey(Scope.DEVICE, rollup.device().key()));
        Scope widestNew = widestNew(rollup);
        for (Scope scope : Scope.values()) {
            String id = Novelty.idOf(scope, rollup.device());
            if (id != null) {
                see(scope, id, rollup, out);
            }
        }
        tell(rollup, widestNew, newToDevice, context);
        wakeDaily(rollup.windowEndMillis(), context);
    }

    private @Nullable Scope widestNew(Rollup rollup) throws Exception {
        for (Scope scope : Scope.values()) {
            String id = Novelty.idOf(scope, rollup.device());
            if (id != null && !seen.contains(stateKey(scope, id))) {
                return scope;
            }
        }
        return null;
    }

    private void see(Scope scope, String id, Rollup rollup, Collector<Seen> out) throws Exception {
        String key = stateKey(scope, id);
        String member = key + "|" + rollup.device().key();
        boolean newDevice = !members.contains(member);
        if (newDevice) {
            members.put(member, true);
        }
        Seen before = seen.get(key);
        if (before == null) {
            Seen first = Seen.first(scope, id, rollup);
            out.collect(first);
            seen.put(key, first.unchanged());
        } else {
            seen.put(key, before.and(rollup, newDevice));
        }
    }

    private void tell(Rollup rollup, @Nullable Scope widestNew, boolean newToDevice, Context context) throws Exception {
        for (Scope scope : Scope.values()) {
            String id = Novelty.idOf(scope, rollup.device());
            Finding fresh = id == null ? null : news.get(stateKey(scope, id));
            if (id != null && fresh != null && novelty.isFresh(fresh, rollup.firstStartMillis())) {
                Finding extended = Novelty.extended(fresh, rollup, newToDevice);
                news.put(stateKey(scope, id), extended);
                context.output(findings, extended);
                return;
            }
        }
        if (newToDevice && widestNew != null && novelty.isNews(widestNew, rollup)) {
            String id = Novelty.idOf(widestNew, rollup.device());
            Finding finding = Novelty.finding(widestNew, id == null ? "" : id, rollup);
            news.put(stateKey(widestNew, id == null ? "" : id), finding);
            context.output(findings, finding);
        }
    }

    private void wakeDaily(long now, Context context) throws Exception {
        if (nextDay.value() == null) {
            long tomorrow = (Math.floorDiv(now, DAY_MILLIS) + 1) * DAY_MILLIS;
            nextDay.update(tomorrow);
            context.timerService().registerEventTimeTimer(tomorrow);
        }
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<Seen> out) throws Exception {
        Long expected = nextDay.value();
        if (expected == null || expected != timeMillis) {
            return;
        }
        nextDay.clear();
        for (var entry : seen.entries()) {
            if (entry.getValue().changed()) {
                out.collect(entry.getValue());
                entry.setValue(entry.getValue().unchanged());
            }
        }
    }

    private static String stateKey(Scope scope, String id) {
        return scope.name() + "|" + id;
    }
}
