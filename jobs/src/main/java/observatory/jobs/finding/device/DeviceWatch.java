package observatory.jobs.finding.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import observatory.geo.party.Service.Purpose;
import observatory.geo.place.Place;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.NameDoubts;
import observatory.jobs.finding.Ordinary;
import observatory.jobs.finding.SiteResolvers;
import observatory.jobs.finding.beacon.Approach;
import observatory.jobs.finding.beacon.BeaconSign;
import observatory.jobs.finding.beacon.Series;
import observatory.jobs.finding.beacon.Turn;
import observatory.jobs.finding.beacon.Watched;
import observatory.jobs.finding.site.SiteReport;
import observatory.jobs.finding.site.Suspicion;
import observatory.jobs.finding.upload.BigUpload;
import observatory.jobs.finding.upload.Outflow;
import observatory.jobs.order.InSteps;
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
 * Watches what a device does by itself, flow by flow, for all rules that need no more than one device: five minutes of
 * flows are handed to them at once, each hour tells what has changed, each day forgets what is old. What others may do as
 * well leaves by side outputs, to be looked at per site or endpoint.
 */
public final class DeviceWatch extends InSteps<Visit, Finding> {
    /** Periodic contact. */
    public static final OutputTag<BeaconSign> BEACONS =
            new OutputTag<>("beacons", TypeInformation.of(BeaconSign.class));
    /** Large uploads. */
    public static final OutputTag<BigUpload> UPLOADS = new OutputTag<>("uploads", TypeInformation.of(BigUpload.class));
    /** Devices heard of, and what may concern their whole site. */
    public static final OutputTag<SiteReport> SITE = new OutputTag<>("site", TypeInformation.of(SiteReport.class));

    private static final long serialVersionUID = 1;
    private static final long STEP_MILLIS = 300_000;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final long FORGET_MILLIS = 30 * DAY_MILLIS;
    /** A weekly beacon needs weeks to be known. */
    private static final long FORGET_SERIES_MILLIS = 60 * DAY_MILLIS;
    /** More of one sort are not told apart: whom a scan meets must not fill the state. */
    private static final long MOST = 512;

    private static final String SERIES = "series";
    private static final String OUTFLOWS = "outflows";
    private static final String CALLERS = "callers";
    private static final String SUSPICIONS = "suspicions";

    private final SiteResolvers resolvers;
    private final Ordinary ordinary;
    private final long startMillis;
    private final long learningMillis;
    private final long endMillis;
    private transient SiteResolvers.Rule resolverRule;
    private transient Ordinary.Rule ordinaryRule;
    private transient ValueState<Life> life;
    private transient ValueState<LanProbe> probe;
    private transient MapState<String, Series> series;
    private transient MapState<String, Long> counts;
    private transient MapState<String, Outflow> outflows;
    private transient MapState<String, Long> callers;
    private transient MapState<String, Suspicion> suspicions;
    private transient MapState<String, Boolean> changed;

    /**
     * @param settings what is known of the site
     * @param endMillis where a bounded observation ends, and with it the memory; {@code Long.MAX_VALUE} when live
     */
    @SuppressWarnings("NullAway.Init")
    public DeviceWatch(DetectionSettings settings, long endMillis) {
        super(TypeInformation.of(Visit.class), STEP_MILLIS);
        this.resolvers = settings.resolvers();
        this.ordinary = settings.ordinary();
        this.startMillis = settings.startMillis();
        this.learningMillis = settings.learning().toMillis();
        this.endMillis = endMillis;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        resolverRule = resolvers.rule();
        ordinaryRule = ordinary.rule();
        life = getRuntimeContext().getState(new ValueStateDescriptor<>("life", Types.POJO(Life.class)));
        probe = getRuntimeContext().getState(new ValueStateDescriptor<>("probe", Types.POJO(LanProbe.class)));
        series = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(SERIES, Types.STRING, Types.POJO(Series.class)));
        counts = getRuntimeContext().getMapState(new MapStateDescriptor<>("counts", Types.STRING, Types.LONG));
        outflows = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(OUTFLOWS, Types.STRING, Types.POJO(Outflow.class)));
        callers = getRuntimeContext().getMapState(new MapStateDescriptor<>(CALLERS, Types.STRING, Types.LONG));
        suspicions = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(SUSPICIONS, Types.STRING, Types.POJO(Suspicion.class)));
        changed = getRuntimeContext().getMapState(new MapStateDescriptor<>("changed", Types.STRING, Types.BOOLEAN));
    }

    @Override
    protected long timeMillis(Visit visit) {
        return visit.endMillis();
    }

    @Override
    protected Comparator<Visit> order() {
        return Visit.ORDER;
    }

    @Override
    protected void step(long end, List<Visit> visits, OnTimerContext context, Collector<Finding> out) throws Exception {
        Life before = life.value();
        Life now = before;
        LanProbe lan = probe.value();
        LanProbe latest = lan;
        Map<String, Series> read = new HashMap<>();
        for (Visit visit : visits) {
            now = now == null ? Life.begun(visit) : now.after(visit);
            latest = contacted(latest, visit, out);
            suspect(visit, now);
            approach(read, visit, now, end, context);
            count(visit, now);
        }
        for (Map.Entry<String, Series> one : read.entrySet()) {
            series.put(one.getKey(), one.getValue());
        }
        if (latest != null && !latest.equals(lan)) {
            probe.update(latest);
        }
        if (now != null && !visits.isEmpty()) {
            now = now.lastSeen(visits.getLast());
        }
        if (now != null && !now.equals(before)) {
            life.update(now);
        }
        if (now != null && (end + 1) % HOUR_MILLIS == 0) {
            endHour(now, end, context);
        }
        if (now != null && (end + 1) % DAY_MILLIS == 0) {
            endDay(now, end, context, out);
        }
        if (!visits.isEmpty()) {
            wake(endOf(end, HOUR_MILLIS), end, context);
            wake(endOf(end, DAY_MILLIS), end, context);
        }
    }

    private static void wake(long at, long now, OnTimerContext context) {
        if (at > now) {
            context.timerService().registerEventTimeTimer(at);
        }
    }

    private static @Nullable LanProbe contacted(@Nullable LanProbe before, Visit visit, Collector<Finding> out) {
        if (!LanProbe.counts(visit)) {
            return before;
        }
        LanProbe after = (before == null ? LanProbe.QUIET : before).after(visit);
        Finding found = after.probe();
        endProbe(before, found, out);
        if (found != null && (before == null || !found.equals(before.probe()))) {
            out.collect(found);
        }
        return after;
    }

    private static void endProbe(@Nullable LanProbe before, @Nullable Finding now, Collector<Finding> out) {
        Finding probe = before == null ? null : before.probe();
        if (probe != null && (now == null || !now.cause().equals(probe.cause()))) {
            out.collect(probe.draft().closed().end());
        }
    }

    private void suspect(Visit visit, Life now) throws Exception {
        String resolver = Resolvers.subject(visit, resolverRule);
        if (resolver != null && hasRoom(SUSPICIONS, suspicions, resolver)) {
            suspicions.put(resolver, Resolvers.after(suspicions.get(resolver), visit, resolver));
            changed.put(resolver, true);
        }
        String caller = visit.isOutward() ? null : Inbound.subject(visit);
        if (caller != null && !isExpected(visit, now)) {
            called(visit, caller, now);
        }
    }

    private boolean isExpected(Visit visit, Life now) {
        return visit.isTelephony()
                || now.isVoice(visit)
                || ordinaryRule.isVoice(visit.peer())
                || ordinaryRule.isManager(visit.peer());
    }

    /** Who calls while the device is being learned may go on. */
    private void called(Visit visit, String caller, Life now) throws Exception {
        boolean isLearning = visit.startMillis() < learnedMillis(now);
        if (isLearning || callers.contains(caller)) {
            if (hasRoom(CALLERS, callers, caller)) {
                callers.put(caller, visit.endMillis());
            }
            return;
        }
        if (!hasRoom(SUSPICIONS, suspicions, caller)) {
            return;
        }
        suspicions.put(caller, Inbound.after(suspicions.get(caller), visit, caller));
        changed.put(caller, true);
    }

    private long learnedMillis(Life now) {
        return sinceMillis(now) + learningMillis;
    }

    private long sinceMillis(Life now) {
        return Math.max(startMillis, now.firstMillis());
    }

    private void approach(Map<String, Series> read, Visit visit, Life now, long end, Context context) throws Exception {
        if (!mayBeBeacon(visit)) {
            return;
        }
        String key = seriesOf(visit);
        Series before = read.get(key);
        if (before == null) {
            before = series.get(key);
        }
        if (before == null) {
            if (!hasRoom(SERIES, series, key)) {
                return;
            }
            before = Series.EMPTY;
        }
        Series after = before.after(approachOf(visit), new Watched(sinceMillis(now), learnedMillis(now)));
        read.put(key, after);
        Turn turn = after.turn();
        if (turn != null && after != before) {
            context.output(BEACONS, sign(key, end, turn, visit));
        }
    }

    /** A sampled series misses most contacts; one inside the network is the business of the site, and so are questions. */
    private static boolean mayBeBeacon(Visit visit) {
        Purpose purpose = visit.destination().service().purpose();
        boolean isSeen = visit.isOutward() && !visit.isLocal() && visit.scale() == 1;
        return isSeen && !visit.isTalk() && purpose != Purpose.MEDIA && !Resolvers.isQuestion(visit);
    }

    private static Approach approachOf(Visit visit) {
        Purpose purpose = visit.destination().service().purpose();
        // The servers of a pool are wherever its volunteers are.
        boolean isAgreed = visit.destination().placeState() == Place.State.AGREED && purpose != Purpose.TIME;
        return new Approach(
                visit.startMillis(),
                visit.endMillis(),
                visit.connection(),
                visit.isTcp(),
                visit.bytesOut(),
                isAgreed ? String.join("+", visit.destination().countries()) : "",
                purpose == Purpose.SIGNALLING || purpose == Purpose.TIME);
    }

    private static BeaconSign sign(String key, long end, Turn turn, Visit visit) {
        return new BeaconSign(
                key,
                end,
                turn,
                visit.device(),
                visit.destination(),
                visit.peerPort(),
                visit.startMillis(),
                NameDoubts.of(visit.name()),
                visit.evidence());
    }

    private static String seriesOf(Visit visit) {
        return visit.destination().endpoint() + "|"
                + visit.destination().service().key() + "|" + visit.protocol() + "/" + visit.peerPort();
    }

    private void count(Visit visit, Life now) throws Exception {
        boolean isMedia = visit.isTalk() || (visit.isUdp() && (visit.isTelephony() || now.isVoice(visit)));
        if (isMedia || visit.bytesOut() == 0 || ordinaryRule.isVoice(visit.peer())) {
            return;
        }
        String to = visit.destination().endpoint() + "|"
                + visit.destination().service().key();
        if (!hasRoom(OUTFLOWS, outflows, to)) {
            return;
        }
        long hour = Math.floorDiv(visit.endMillis(), HOUR_MILLIS) * HOUR_MILLIS;
        Outflow before = outflows.get(to);
        Outflow current = before == null
                ? Outflow.none(hour, visit.destination())
                : before.hourMillis() < hour ? before.next(hour) : before;
        outflows.put(to, current.and(sending(visit)));
    }

    private static Outflow.Sending sending(Visit visit) {
        return new Outflow.Sending(
                visit.bytesOut() * visit.scale(),
                visit.scale(),
                visit.startMillis(),
                visit.endMillis(),
                visit.destination(),
                visit.name());
    }

    private void endHour(Life now, long end, OnTimerContext context) throws Exception {
        if (now.lastMillis() > end - HOUR_MILLIS) {
            context.output(SITE, SiteReport.heard(now.device(), now.last(), end));
        }
        for (String subject : changed.keys()) {
            context.output(SITE, SiteReport.suspected(Objects.requireNonNull(suspicions.get(subject)), end));
        }
        changed.clear();
        long hour = end + 1 - HOUR_MILLIS;
        for (Map.Entry<String, Outflow> outflow : outflows.entries()) {
            Outflow sent = outflow.getValue();
            if (sent.hourMillis() == hour && sent.bytes() >= ordinary.uploadBytes()) {
                boolean isNews = hour >= learnedMillis(now) && sent.isUnusual(ordinary.uploadBytes());
                context.output(UPLOADS, upload(outflow.getKey(), sent, now, isNews));
            }
        }
    }

    private static BigUpload upload(String to, Outflow sent, Life now, boolean isNews) {
        Outflow.Sending largest = sent.largest();
        return new BigUpload(
                to,
                sent.hourMillis(),
                now.device(),
                largest.to(),
                sent.bytes(),
                sent.flows(),
                sent.scale(),
                largest.startMillis(),
                sent.lastMillis(),
                sent.usual(),
                sent.past().size(),
                isNews,
                NameDoubts.of(largest.name()),
                Evidence.ofFlow(now.device().key(), largest.to(), largest.endMillis()));
    }

    private void endDay(Life now, long end, OnTimerContext context, Collector<Finding> out) throws Exception {
        boolean isOver = end > endMillis;
        LanProbe lan = probe.value();
        if (lan != null && (isOver || lan.isOver(end))) {
            if (!isOver) {
                endProbe(lan, null, out);
            }
            probe.clear();
        }
        endSeries(now, end, context);
        removeIf(OUTFLOWS, outflows, outflow -> isOver || end - outflow.lastMillis() > FORGET_MILLIS);
        removeIf(CALLERS, callers, last -> isOver || end - last > FORGET_MILLIS);
        removeIf(
                SUSPICIONS, suspicions, known -> isOver || end - known.finding().lastMillis() > FORGET_MILLIS);
        if (isOver || end - now.lastMillis() > FORGET_SERIES_MILLIS) {
            life.clear();
            series.clear();
            counts.clear();
            changed.clear();
        } else {
            context.timerService().registerEventTimeTimer(end + DAY_MILLIS);
        }
    }

    /** Beacons that still go on are told once a day, so that what knows them does not forget them. */
    private void endSeries(Life now, long end, OnTimerContext context) throws Exception {
        for (Map.Entry<String, Series> one : series.entries()) {
            Series contacts = one.getValue();
            Series.Beacon beacon = contacts.beacon();
            Outflow sent = beacon == null || contacts.lastMillis() <= end - DAY_MILLIS
                    ? null
                    : outflows.get(one.getKey().substring(0, one.getKey().lastIndexOf('|')));
            if (beacon != null && sent != null) {
                Turn still = new Turn(
                        Turn.What.KNOWN,
                        contacts.lastMillis(),
                        beacon.periodMillis(),
                        0,
                        "",
                        Turn.inWords(beacon.periodMillis()));
                String port = one.getKey().substring(one.getKey().lastIndexOf('/') + 1);
                context.output(
                        BEACONS,
                        new BeaconSign(
                                one.getKey(),
                                end,
                                still,
                                now.device(),
                                sent.destination(),
                                Long.parseLong(port),
                                contacts.lastMillis(),
                                List.of(),
                                Evidence.ofFlow(now.device().key(), sent.destination(), sent.lastMillis())));
            }
        }
        removeIf(SERIES, series, contacts -> end - contacts.lastMillis() > FORGET_SERIES_MILLIS);
    }

    /** Whether something is known or may be added, which it then is. */
    private <V> boolean hasRoom(String what, MapState<String, V> state, String key) throws Exception {
        if (state.contains(key)) {
            return true;
        }
        Long known = counts.get(what);
        if (known != null && known >= MOST) {
            return false;
        }
        counts.put(what, known == null ? 1 : known + 1);
        return true;
    }

    private <V> void removeIf(String what, MapState<String, V> state, Predicate<V> isOld) throws Exception {
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, V> entry : state.entries()) {
            if (isOld.test(entry.getValue())) {
                gone.add(entry.getKey());
            }
        }
        for (String key : gone) {
            state.remove(key);
        }
        Long known = counts.get(what);
        if (!gone.isEmpty() && known != null) {
            counts.put(what, known - gone.size());
        }
    }
}
