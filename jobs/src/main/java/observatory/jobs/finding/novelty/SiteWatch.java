package observatory.jobs.finding.novelty;

import java.util.Comparator;
import observatory.jobs.finding.novelty.Seen.Scope;
import observatory.jobs.order.InOrder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/** Tells each encounter since when its site is watched, and since when without a gap. State: three times a site. */
public final class SiteWatch extends InOrder<Encounter, Encounter> {
    private static final long serialVersionUID = 1;

    private final Novelty novelty;
    private transient ValueState<Long> since;
    private transient ValueState<Long> unbroken;
    private transient ValueState<Long> last;

    /** @param novelty how long a site is remembered, and what is a gap */
    @SuppressWarnings("NullAway.Init")
    public SiteWatch(Novelty novelty) {
        super(TypeInformation.of(Encounter.class));
        this.novelty = novelty;
    }

    /** The site that an encounter, or a seed of a site, is about; empty for seeds of other scopes. */
    public static String siteOf(Encounter encounter) {
        Seen seed = encounter.seed();
        if (seed == null) {
            return encounter.visit().device().site();
        }
        return seed.scope() == Scope.SITE ? seed.scopeId() : "";
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        since = getRuntimeContext().getState(new ValueStateDescriptor<>("since", Types.LONG));
        unbroken = getRuntimeContext().getState(new ValueStateDescriptor<>("unbroken", Types.LONG));
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
    }

    @Override
    protected long timeMillis(Encounter encounter) {
        return encounter.atMillis();
    }

    @Override
    protected Comparator<Encounter> order() {
        return Encounter.ORDER;
    }

    @Override
    protected void next(Encounter encounter, boolean late, Context context, Collector<Encounter> out) throws Exception {
        Seen seed = encounter.seed();
        if (seed != null) {
            if (seed.scope() == Scope.SITE) {
                watch(seed.firstMillis(), seed.lastMillis(), context);
            }
            return;
        }
        watch(encounter.visit().firstStartMillis(), encounter.visit().lastEndMillis(), context);
        out.collect(encounter.atSite(since.value(), unbroken.value()));
    }

    private void watch(long from, long to, Context context) throws Exception {
        Long begun = since.value();
        Long latest = last.value();
        if (begun == null || latest == null) {
            context.timerService().registerEventTimeTimer(novelty.forgetAt(to));
        }
        since.update(begun == null ? from : Math.min(begun, from));
        boolean isGap = latest != null && from - latest > Novelty.GAP_MILLIS;
        if (latest == null || isGap) {
            unbroken.update(from);
        }
        last.update(latest == null ? to : Math.max(latest, to));
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<Encounter> out) throws Exception {
        Long latest = last.value();
        if (latest == null || !novelty.isForgetting(timeMillis)) {
            return;
        }
        if (timeMillis < novelty.forgetAt(latest)) {
            context.timerService().registerEventTimeTimer(novelty.forgetAt(latest));
            return;
        }
        since.clear();
        unbroken.clear();
        last.clear();
    }
}
