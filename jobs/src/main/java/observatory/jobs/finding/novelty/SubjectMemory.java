package observatory.jobs.finding.novelty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.novelty.Seen.Scope;
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
 * Remembers, per subject, which cohorts, sites and the fleet have met it, and finds what is news. What it hands on is the
 * state of each scope: when it is new, once a day, and at the end. Findings leave by a side output: at once when they are
 * new, then at most once an hour.
 *
 * <p>State per subject: one entry a cohort and site, looked through once a day; devices are remembered elsewhere.
 */
public final class SubjectMemory extends InOrder<Encounter, Seen> {
    private static final long serialVersionUID = 1;

    private final Novelty novelty;
    private final long latenessMillis;
    private final OutputTag<Finding> findings;
    private transient MapState<String, Seen> seen;
    private transient MapState<String, News> news;
    private transient ValueState<Long> nextDay;
    private transient ValueState<Long> nextHour;

    /**
     * @param novelty what is news
     * @param latenessMillis how much later than it was an encounter is judged, as {@link DeviceDay} has waited for it
     * @param findings where news goes
     */
    @SuppressWarnings("NullAway.Init")
    public SubjectMemory(Novelty novelty, long latenessMillis, OutputTag<Finding> findings) {
        super(TypeInformation.of(Encounter.class));
        this.novelty = novelty;
        this.latenessMillis = latenessMillis;
        this.findings = findings;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        seen = getRuntimeContext().getMapState(new MapStateDescriptor<>("seen", Types.STRING, Types.POJO(Seen.class)));
        news = getRuntimeContext().getMapState(new MapStateDescriptor<>("news", Types.STRING, Types.POJO(News.class)));
        nextDay = getRuntimeContext().getState(new ValueStateDescriptor<>("nextDay", Types.LONG));
        nextHour = getRuntimeContext().getState(new ValueStateDescriptor<>("nextHour", Types.LONG));
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
    protected void next(Encounter encounter, boolean late, Context context, Collector<Seen> out) throws Exception {
        Seen seed = encounter.seed();
        if (seed != null) {
            String key = Novelty.scopeKey(seed.scope(), seed.scopeId());
            Seen known = seen.get(key);
            seen.put(key, known == null ? seed : known.also(seed));
            wakeDaily(seed.lastMillis(), context);
            return;
        }
        Rollup visit = encounter.visit();
        Memory memory = memory(encounter);
        for (Scope scope : Novelty.WIDE) {
            String key = Novelty.scopeKey(scope, visit.device());
            if (key != null) {
                see(scope, key, encounter, out);
            }
        }
        if (!encounter.namesMissing() && !joins(encounter, context)) {
            Finding found = novelty.judge(encounter, memory);
            if (found != null) {
                context.output(findings, found);
                news.put(newsKey(found, visit), new News(found, visit.firstStartMillis(), false));
            }
        }
        wakeDaily(encounter.atMillis(), context);
    }

    /** What the scopes of a contact knew before it. */
    private Memory memory(Encounter encounter) throws Exception {
        return new Memory(
                before(Scope.FLEET, encounter), before(Scope.SITE, encounter), before(Scope.COHORT, encounter));
    }

    private @Nullable Seen before(Scope scope, Encounter encounter) throws Exception {
        String key = Novelty.scopeKey(scope, encounter.visit().device());
        return key == null ? null : seen.get(key);
    }

    private void see(Scope scope, String key, Encounter encounter, Collector<Seen> out) throws Exception {
        Rollup visit = encounter.visit();
        Seen before = seen.get(key);
        if (before != null) {
            seen.put(key, before.and(visit, encounter.newIn().contains(key)));
            return;
        }
        Seen first = Seen.first(scope, Novelty.scopeId(scope, visit.device()), visit);
        seen.put(key, first.unchanged());
        tell(first, encounter.subject(), out);
    }

    private static void tell(Seen state, Subject subject, Collector<Seen> out) {
        if (subject.kind() == Subject.Kind.ENDPOINT) {
            out.collect(state);
        }
    }

    /** Whether a contact belongs to news that is still spreading; then it is part of that finding and makes no other. */
    private boolean joins(Encounter encounter, Context context) throws Exception {
        Rollup visit = encounter.visit();
        for (Scope scope : Scope.values()) {
            String key = Novelty.scopeKey(scope, visit.device());
            News fresh = key == null ? null : news.get(key);
            if (key != null && fresh != null && novelty.isSpreading(fresh, visit.firstStartMillis())) {
                news.put(key, Novelty.joined(fresh, encounter));
                wakeHourly(encounter.atMillis(), context);
                return true;
            }
        }
        return false;
    }

    private static String newsKey(Finding found, Rollup visit) {
        Scope scope = Novelty.scopeOf(found);
        return Novelty.scopeKey(scope, Novelty.scopeId(scope, visit.device()));
    }

    private void wakeDaily(long now, Context context) throws Exception {
        if (nextDay.value() == null) {
            long time = Novelty.nextDay(now - latenessMillis) + latenessMillis + Novelty.SETTLED_MILLIS;
            nextDay.update(time);
            context.timerService().registerEventTimeTimer(time);
        }
    }

    private void wakeHourly(long now, Context context) throws Exception {
        if (nextHour.value() == null) {
            long time = Novelty.nextHour(now - latenessMillis) + latenessMillis + Novelty.SETTLED_MILLIS;
            nextHour.update(time);
            context.timerService().registerEventTimeTimer(time);
        }
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<Seen> out) throws Exception {
        Long hour = nextHour.value();
        if (hour != null && hour == timeMillis) {
            nextHour.clear();
            tellNews(context);
        }
        Long day = nextDay.value();
        if (day != null && day == timeMillis) {
            nextDay.clear();
            endDay(timeMillis, context, out);
        }
    }

    private void tellNews(OnTimerContext context) throws Exception {
        for (Map.Entry<String, News> entry : news.entries()) {
            News latest = entry.getValue();
            if (latest.changed()) {
                context.output(findings, latest.finding());
                entry.setValue(new News(latest.finding(), latest.spreadMillis(), false));
            }
        }
    }

    private void endDay(long now, OnTimerContext context, Collector<Seen> out) throws Exception {
        List<String> gone = new ArrayList<>();
        boolean isLeft = false;
        String subject = context.getCurrentKey();
        for (Map.Entry<String, Seen> entry : seen.entries()) {
            Seen state = entry.getValue();
            if (now - state.lastMillis() > novelty.memoryMillis()) {
                gone.add(entry.getKey());
                continue;
            }
            isLeft = true;
            if (state.changed()) {
                if (subject.startsWith(Subject.Kind.ENDPOINT.name() + "|")) {
                    out.collect(state);
                }
                entry.setValue(state.unchanged());
            }
        }
        for (String key : gone) {
            seen.remove(key);
        }
        forgetOldNews(now);
        if (isLeft && context.timerService().currentWatermark() < Long.MAX_VALUE) {
            wakeDaily(now, context);
        }
    }

    /** News that no longer spreads was told when it last changed. */
    private void forgetOldNews(long now) throws Exception {
        List<String> old = new ArrayList<>();
        for (Map.Entry<String, News> entry : news.entries()) {
            if (!entry.getValue().changed() && !novelty.isSpreading(entry.getValue(), now - Novelty.DAY_MILLIS)) {
                old.add(entry.getKey());
            }
        }
        for (String key : old) {
            news.remove(key);
        }
    }

    /**
     * What the wide scopes of a contact knew of its subject before it.
     *
     * @param fleet null when nobody had met it
     * @param site null when nobody of the site had
     * @param cohort null when nobody of the cohort had, or there is none
     */
    record Memory(
            @Nullable Seen fleet,
            @Nullable Seen site,
            @Nullable Seen cohort) {}
}
