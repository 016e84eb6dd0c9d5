package observatory.jobs.finding.cohort;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.geo.place.Place;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.NameDoubts;
import observatory.jobs.finding.Outliers;
import observatory.jobs.finding.novelty.Encounter;
import observatory.jobs.finding.novelty.Subject;
import observatory.jobs.order.InOrder;
import observatory.jobs.rollup.Destination;
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
 * Compares the devices of a cohort with one another at the end of each day. State: the devices of the cohort, and for each
 * endpoint who has to do with it, up to a limit; looked through once a day, forgotten after thirty. A
 * finding that was not seen again for thirty days has ended, and goes on should it be seen once more while the endpoint is
 * remembered.
 */
public final class CohortWatch extends InOrder<Encounter, Finding> {
    private static final long serialVersionUID = 1;

    /** What a day brought is handed on at its end and takes so long to arrive. */
    private static final long ARRIVAL_MILLIS = 60_000;

    private final Expectation expectation;
    private final long endMillis;
    private transient MapState<String, Member> members;
    private transient MapState<String, Talk> talks;
    private transient MapState<String, Finding> findings;
    private transient ValueState<Long> nextDay;

    /**
     * @param outliers how few, of how many
     * @param endMillis where a bounded observation ends: no finding ends after it; {@code Long.MAX_VALUE} when live
     */
    @SuppressWarnings("NullAway.Init")
    public CohortWatch(Outliers outliers, long endMillis) {
        super(TypeInformation.of(Encounter.class));
        this.expectation = new Expectation(outliers);
        this.endMillis = endMillis;
    }

    /** Whether the device has likes, and the endpoint is one that tells devices apart. */
    public static boolean isCompared(Encounter encounter) {
        Rollup visit = encounter.visit();
        Destination to = visit.destination();
        return !encounter.namesMissing()
                && !visit.device().cohort().isEmpty()
                && to.placeState() != Place.State.LOCAL
                && !Subject.isPooled(to)
                && !(to.registrableDomain() == null && visit.isClock());
    }

    /** Key of an encounter: the device's cohort. */
    public static String keyOf(Encounter encounter) {
        return encounter.visit().device().cohort();
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        members = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("members", Types.STRING, Types.POJO(Member.class)));
        talks = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("talks", Types.STRING, Types.POJO(Talk.class)));
        findings = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("findings", Types.STRING, Types.POJO(Finding.class)));
        nextDay = getRuntimeContext().getState(new ValueStateDescriptor<>("nextDay", Types.LONG));
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
    protected void next(Encounter encounter, boolean late, Context context, Collector<Finding> out) throws Exception {
        Rollup visit = encounter.visit();
        members.put(visit.device().key(), new Member(visit.device().site(), visit.lastEndMillis()));
        String endpoint = visit.destination().endpoint();
        Talk before = talks.get(endpoint);
        talks.put(endpoint, before == null ? Talk.begun(visit) : before.and(visit));
        if (nextDay.value() == null) {
            wake(encounter.atMillis(), context);
        }
    }

    private void wake(long now, Context context) throws Exception {
        long time = (Expectation.dayOf(now) + 1) * Expectation.DAY_MILLIS + ARRIVAL_MILLIS;
        nextDay.update(time);
        context.timerService().registerEventTimeTimer(time);
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<Finding> out) throws Exception {
        Long expected = nextDay.value();
        if (expected == null || expected != timeMillis) {
            return;
        }
        nextDay.clear();
        long since = timeMillis - Expectation.MEMORY_MILLIS;
        Map<String, Integer> perSite = Expectation.perSite(current(since));
        for (Map.Entry<String, Talk> entry : sorted(talks)) {
            Talk talk = entry.getValue();
            if (timeMillis <= endMillis) {
                endOld(entry.getKey(), since, out);
            }
            if (talk.lastMillis() < since) {
                talks.remove(entry.getKey());
                findings.remove(entry.getKey());
                continue;
            }
            evaluate(context.getCurrentKey(), talk, perSite, timeMillis, out);
            talks.put(entry.getKey(), talk.evaluated(since));
        }
        if (!members.isEmpty() && context.timerService().currentWatermark() < Long.MAX_VALUE) {
            wake(timeMillis, context);
        }
    }

    /** In a fixed order, and safe to change meanwhile. */
    private static <T> List<Map.Entry<String, T>> sorted(MapState<String, T> state) throws Exception {
        Map<String, T> copy = new TreeMap<>();
        for (Map.Entry<String, T> entry : state.entries()) {
            copy.put(entry.getKey(), entry.getValue());
        }
        return List.copyOf(copy.entrySet());
    }

    private List<Member> current(long sinceMillis) throws Exception {
        List<Member> current = new ArrayList<>();
        for (Map.Entry<String, Member> entry : sorted(members)) {
            if (entry.getValue().lastMillis() < sinceMillis) {
                members.remove(entry.getKey());
            } else {
                current.add(entry.getValue());
            }
        }
        return current;
    }

    private void endOld(String endpoint, long sinceMillis, Collector<Finding> out) throws Exception {
        Finding finding = findings.get(endpoint);
        if (finding != null && finding.state() == Finding.State.OPEN && finding.lastMillis() < sinceMillis) {
            Finding ended = finding.draft().closed().end();
            findings.put(endpoint, ended);
            out.collect(ended);
        }
    }

    private void evaluate(String cohort, Talk talk, Map<String, Integer> perSite, long now, Collector<Finding> out)
            throws Exception {
        List<Talker> few = expectation.of(talk, perSite, now);
        if (few.isEmpty() || talk.flows() == 0) {
            return;
        }
        String endpoint = talk.destination().endpoint();
        Finding finding = finding(findings.get(endpoint), cohort, talk, few, perSite);
        findings.put(endpoint, finding);
        out.collect(finding);
    }

    private static Finding finding(
            @Nullable Finding before, String cohort, Talk talk, List<Talker> few, Map<String, Integer> perSite) {
        Destination to = talk.destination();
        int all = perSite.values().stream().mapToInt(Integer::intValue).sum();
        boolean isKnown = !"unknown".equals(to.service().vendor());
        Finding.Draft draft = before == null
                ? Finding.of(
                                Finding.Kind.COHORT_OUTLIER,
                                "cohort",
                                to.endpoint() + "|cohort|" + cohort + "|" + date(talk.firstMillis()))
                        .device(few.getFirst().device())
                : before.draft().open();
        return draft.severity(
                        isKnown ? Severity.LOW : Severity.MEDIUM,
                        "Alike devices do not do this"
                                + (isKnown
                                        ? ", but the catalogue knows the service."
                                        : ", and the catalogue does not know the service."))
                .headline(few.size() + " of " + all + " " + cohort + " talk to " + Finding.WHERE)
                .facts(facts(talk, few, perSite))
                .missing(NameDoubts.of(talk.latest()))
                .evidence(Evidence.of(talk.latest()))
                .between(few.getFirst().firstMillis(), talk.lastMillis())
                .more(talk.flows(), talk.bytesOut(), talk.bytesIn())
                .devices(few.size())
                .site(onlySite(few))
                .destination(to)
                .end();
    }

    private static @Nullable String onlySite(List<Talker> few) {
        List<String> sites =
                few.stream().map(talker -> talker.device().site()).distinct().toList();
        return sites.size() == 1 ? sites.getFirst() : null;
    }

    private static List<String> facts(Talk talk, List<Talker> few, Map<String, Integer> perSite) {
        Map<String, Integer> talking = new TreeMap<>();
        few.forEach(talker -> talking.merge(talker.device().site(), 1, Integer::sum));
        List<String> facts = new ArrayList<>();
        talking.forEach((site, count) -> facts.add(
                "At " + site + " " + count + " of " + perSite.getOrDefault(site, count) + " alike devices do."));
        int days = few.stream().mapToInt(Talker::days).max().orElse(0);
        facts.add("The first of them did on " + date(few.getFirst().firstMillis()) + ", the busiest on " + days
                + " days; nobody has joined them since " + date(talk.joinedMillis()) + ".");
        return facts;
    }

    private static LocalDate date(long millis) {
        return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
    }
}
