package observatory.jobs.finding.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.order.InSteps;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Once an hour goes round the devices of a site. It tells which of them fell silent while the others did not, and makes
 * one finding of the site out of what most of its devices do alike; the rest stay findings of their devices.
 */
public final class Rounds extends InSteps<SiteReport, Finding> {
    private static final long serialVersionUID = 1;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final long END_MILLIS = 30 * DAY_MILLIS;
    private static final long EXCUSING_MINUTES = 10;
    private static final long TOGETHER_HOURS = 2;
    private static final long MOST_AT_LEAST = 3;
    /** The silent hours of more than this were long ago. */
    private static final long EXCUSES_MILLIS = 35 * DAY_MILLIS;

    private final long learningMillis;
    private final long startMillis;
    private final long endMillis;
    private transient MapState<String, Presence> devices;
    private transient MapState<Long, Long> excused;
    private transient MapState<String, Suspicion> suspicions;
    private transient MapState<String, Boolean> told;
    private transient MapState<String, Finding> ofSite;

    /**
     * @param startMillis where the observation begins
     * @param learningMillis how long a device is watched before its silence is a finding
     * @param endMillis where a bounded observation ends: silence is not told beyond it; {@code Long.MAX_VALUE} when live
     */
    @SuppressWarnings("NullAway.Init")
    public Rounds(long startMillis, long learningMillis, long endMillis) {
        super(TypeInformation.of(SiteReport.class), HOUR_MILLIS);
        this.startMillis = startMillis;
        this.learningMillis = learningMillis;
        this.endMillis = endMillis;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        devices = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("devices", Types.STRING, Types.POJO(Presence.class)));
        excused = getRuntimeContext().getMapState(new MapStateDescriptor<>("excused", Types.LONG, Types.LONG));
        suspicions = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("suspicions", Types.STRING, Types.POJO(Suspicion.class)));
        told = getRuntimeContext().getMapState(new MapStateDescriptor<>("told", Types.STRING, Types.BOOLEAN));
        ofSite = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("ofSite", Types.STRING, Types.POJO(Finding.class)));
    }

    @Override
    protected long timeMillis(SiteReport event) {
        return event.atMillis();
    }

    @Override
    protected Comparator<SiteReport> order() {
        return SiteReport.ORDER;
    }

    @Override
    protected void step(long end, List<SiteReport> events, OnTimerContext context, Collector<Finding> out)
            throws Exception {
        for (SiteReport event : events) {
            excuse(event);
        }
        Map<String, List<Suspicion>> changed = new TreeMap<>();
        for (SiteReport event : events) {
            if (event.heard() != null) {
                heard(event, out);
            } else if (event.suspicion() != null) {
                changed.computeIfAbsent(event.subject(), none -> new ArrayList<>())
                        .add(event.suspicion());
            }
        }
        for (Map.Entry<String, List<Suspicion>> subject : changed.entrySet()) {
            suspect(subject.getKey(), subject.getValue(), end, out);
        }
        boolean isOver = end > endMillis;
        if (!isOver) {
            lookForSilence(end, out);
        }
        if (isOver || (end + 1) % DAY_MILLIS == 0) {
            forget(end, isOver, out);
        }
        if (!devices.isEmpty() || !suspicions.isEmpty() || !excused.isEmpty()) {
            context.timerService().registerEventTimeTimer(endOf(end + 1, HOUR_MILLIS));
        }
    }

    /** A silence of days is told once a day: the next stretch is taken for silent as well until it is known. */
    private void excuse(SiteReport event) throws Exception {
        boolean isLong = event.silentMinutes() > 60;
        long until = event.silentMillis() + event.silentMinutes() * (isLong ? 2 : 1) * 60_000;
        for (long from = event.silentMillis(); from < until; ) {
            long hour = Math.floorDiv(from, HOUR_MILLIS) * HOUR_MILLIS;
            long to = Math.min(until, hour + HOUR_MILLIS);
            Long minutes = excused.get(hour);
            excused.put(hour, (minutes == null ? 0 : minutes) + (to - from) / 60_000);
            from = to;
        }
    }

    /** Hours of silent sensors after one time and until another. */
    private long excusedHours(long afterMillis, long untilMillis) throws Exception {
        long hours = 0;
        for (Map.Entry<Long, Long> hour : excused.entries()) {
            boolean within = hour.getKey() > afterMillis && hour.getKey() <= untilMillis;
            hours += within && hour.getValue() >= EXCUSING_MINUTES ? 1 : 0;
        }
        return hours;
    }

    private void heard(SiteReport event, Collector<Finding> out) throws Exception {
        Presence before = devices.get(event.deviceKey());
        Device device = Objects.requireNonNull(event.heard());
        Evidence last = Objects.requireNonNull(event.last());
        if (before == null) {
            devices.put(event.deviceKey(), Presence.first(device, last, event.atMillis()));
            return;
        }
        if (before.silence() != null) {
            out.collect(Presence.ended(before.silence(), "It is heard of again."));
        }
        long excuses =
                before.quietHours(event.atMillis()) <= 1 ? 0 : excusedHours(before.lastMillis(), event.atMillis());
        devices.put(event.deviceKey(), before.heard(device, last, event.atMillis(), excuses));
    }

    private void lookForSilence(long now, Collector<Finding> out) throws Exception {
        List<Presence> quiet = new ArrayList<>();
        List<Presence> all = new ArrayList<>();
        for (Presence device : devices.values()) {
            all.add(device);
            if (device.quietHours(now) >= Presence.LEAST_HOURS) {
                quiet.add(device);
            }
        }
        for (Presence device : quiet) {
            if (device.silence() != null) {
                if ((now + 1) % DAY_MILLIS == 0) {
                    tell(device.silent(now), out);
                }
            } else if (isSilent(device, now) && !isTogether(device, quiet, all)) {
                tell(device.silent(now), out);
            }
        }
    }

    private void tell(Presence silent, Collector<Finding> out) throws Exception {
        devices.put(silent.device().key(), silent);
        out.collect(silent.silence());
    }

    private boolean isSilent(Presence device, long now) throws Exception {
        boolean isKnown = device.lastMillis() - Math.max(device.firstMillis(), startMillis) >= learningMillis;
        return isKnown
                && device.quietHours(now) >= device.patienceHours()
                && device.quietHours(now) - excusedHours(device.lastMillis(), now) >= device.patienceHours();
    }

    /** Whether most of those that were there fell silent with it: then it is not the device. */
    private static boolean isTogether(Presence device, List<Presence> quiet, List<Presence> all) {
        long last = device.lastMillis();
        long there = all.stream()
                .filter(other -> other.lastMillis() >= last - DAY_MILLIS)
                .count();
        long with = quiet.stream()
                .filter(other -> Math.abs(other.lastMillis() - last) <= TOGETHER_HOURS * HOUR_MILLIS)
                .count();
        return 2 * with > there;
    }

    private void suspect(String subject, List<Suspicion> changed, long now, Collector<Finding> out) throws Exception {
        TreeSet<String> doing = new TreeSet<>();
        for (Suspicion suspicion : changed) {
            suspicions.put(keyOf(suspicion), suspicion);
        }
        for (Suspicion suspicion : suspicions.values()) {
            if (suspicion.subject().equals(subject) && now - suspicion.finding().lastMillis() <= DAY_MILLIS) {
                doing.add(keyOf(suspicion));
            }
        }
        Finding wide = ofSite.get(subject);
        if (wide != null || (doing.size() >= MOST_AT_LEAST && 2L * doing.size() > present(now))) {
            widen(subject, wide, changed, doing, out);
        } else {
            for (Suspicion suspicion : changed) {
                told.put(keyOf(suspicion), true);
                out.collect(suspicion.finding());
            }
        }
    }

    private long present(long now) throws Exception {
        long present = 0;
        for (Presence device : devices.values()) {
            present += now - device.lastMillis() <= DAY_MILLIS ? 1 : 0;
        }
        return present;
    }

    private void widen(
            String subject,
            @Nullable Finding wide,
            List<Suspicion> changed,
            TreeSet<String> doing,
            Collector<Finding> out)
            throws Exception {
        TreeSet<String> added = new TreeSet<>();
        changed.forEach(suspicion -> added.add(keyOf(suspicion)));
        if (wide == null) {
            added.addAll(doing);
        }
        Finding.Draft draft = null;
        for (String key : added) {
            Suspicion suspicion = suspicions.get(key);
            Finding own = suspicion.finding();
            if (draft == null) {
                draft = wide == null ? begun(subject, suspicion) : wide.draft();
            }
            draft.between(own.firstMillis(), own.lastMillis()).more(1, 0, 0).devices(doing.size());
            own.evidence().forEach(draft::evidence);
            if (told.contains(key)) {
                told.remove(key);
                out.collect(own.draft()
                        .facts(List.of(
                                own.facts().getFirst(), "Most devices of the site do so: see the site's finding."))
                        .closed()
                        .end());
            }
        }
        if (draft != null) {
            Finding wider = draft.facts(List.of(doing.size() + " devices of the site within a day."))
                    .end();
            ofSite.put(subject, wider);
            out.collect(wider);
        }
    }

    private static Finding.Draft begun(String subject, Suspicion first) {
        Finding own = first.finding();
        Finding.Draft draft = Finding.of(own.kind(), "site", own.site() + "|" + subject + "|" + own.firstMillis())
                .severity(own.severity(), own.reason())
                .headline(first.headline())
                .missing(own.missing())
                .site(own.site());
        return own.destination() == null ? draft : draft.destination(own.destination());
    }

    private void forget(long now, boolean isOver, Collector<Finding> out) throws Exception {
        forgetDevices(now, isOver, out);
        List<String> quiet = new ArrayList<>();
        for (Map.Entry<String, Suspicion> known : suspicions.entries()) {
            Finding finding = known.getValue().finding();
            if (isOver || now - finding.lastMillis() > END_MILLIS) {
                quiet.add(known.getKey());
                if (!isOver && told.contains(known.getKey())) {
                    out.collect(finding.draft().closed().end());
                }
            }
        }
        for (String key : quiet) {
            suspicions.remove(key);
            told.remove(key);
        }
        List<String> ended = new ArrayList<>();
        for (Map.Entry<String, Finding> wide : ofSite.entries()) {
            if (isOver || now - wide.getValue().lastMillis() > END_MILLIS) {
                ended.add(wide.getKey());
                if (!isOver) {
                    out.collect(wide.getValue().draft().closed().end());
                }
            }
        }
        for (String subject : ended) {
            ofSite.remove(subject);
        }
        List<Long> past = new ArrayList<>();
        for (Long hour : excused.keys()) {
            if (isOver || now - hour > EXCUSES_MILLIS) {
                past.add(hour);
            }
        }
        for (Long hour : past) {
            excused.remove(hour);
        }
    }

    private void forgetDevices(long now, boolean isOver, Collector<Finding> out) throws Exception {
        List<String> retired = new ArrayList<>();
        for (Map.Entry<String, Presence> device : devices.entries()) {
            Presence presence = device.getValue();
            if (isOver || presence.quietHours(now) >= Presence.RETIRED_HOURS) {
                retired.add(device.getKey());
                if (!isOver && presence.silence() != null) {
                    out.collect(Presence.ended(presence.silence(), "Silent for 30 days: taken for retired."));
                }
            }
        }
        for (String device : retired) {
            devices.remove(device);
        }
    }

    private static String keyOf(Suspicion suspicion) {
        return suspicion.subject() + "|" + suspicion.finding().cause();
    }
}
