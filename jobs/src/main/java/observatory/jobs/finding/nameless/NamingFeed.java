package observatory.jobs.finding.nameless;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import observatory.jobs.coverage.Rhythm;
import observatory.jobs.finding.nameless.NamelessVisit.Names;
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
 * Tells of contact without a name what that says: whether the site's DNS was logged without a break for a day before and
 * until after it, and whether the device itself had asked within a day, and has had its address for as long, since what a
 * phone was told earlier or elsewhere it may still use. That a log breaks off is only known some time later, so every
 * contact waits for {@link #PATIENCE_MILLIS} of event time. State: one time for each device that asked within a day,
 * looked through once a day; a few times for the site, forgotten thirty days after its last question; contacts of half an
 * hour.
 */
public final class NamingFeed extends InOrder<NamingEvent, NamelessVisit> {
    private static final long serialVersionUID = 1;

    /** For how long what a phone was told may be in use unseen. */
    static final long HORIZON_MILLIS = 86_400_000L;

    /** So long a contact waits: in an unbroken log somebody has asked again by then. */
    public static final long PATIENCE_MILLIS = Rhythm.FLOOR_MILLIS;

    /** A site nobody of which asked for so long has no log of DNS. */
    private static final long FORGET_MILLIS = 30 * HORIZON_MILLIS;

    private static final Comparator<NamingEvent> ORDER = Comparator.comparingLong(NamingFeed::judgedMillis)
            .thenComparing(event -> event.contact() != null)
            .thenComparing(NamingEvent::device)
            .thenComparing(NamingFeed::contactKey)
            .thenComparing(
                    event -> event.contact() == null ? 0 : -event.contact().flows());

    private final long latenessMillis;
    private transient MapState<String, Long> asked;
    private transient ValueState<FeedWatch> feed;
    private transient ValueState<Long> nextDay;

    /** @param latenessMillis how long an event can still be corrected; that long it is waited for */
    @SuppressWarnings("NullAway.Init")
    public NamingFeed(long latenessMillis) {
        super(TypeInformation.of(NamingEvent.class));
        this.latenessMillis = latenessMillis;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        asked = getRuntimeContext().getMapState(new MapStateDescriptor<>("asked", Types.STRING, Types.LONG));
        feed = getRuntimeContext().getState(new ValueStateDescriptor<>("feed", Types.POJO(FeedWatch.class)));
        nextDay = getRuntimeContext().getState(new ValueStateDescriptor<>("nextDay", Types.LONG));
    }

    @Override
    protected long timeMillis(NamingEvent event) {
        return judgedMillis(event) + latenessMillis;
    }

    private static long judgedMillis(NamingEvent event) {
        return event.timeMillis() + (event.contact() == null ? 0 : PATIENCE_MILLIS);
    }

    @Override
    protected Comparator<NamingEvent> order() {
        return ORDER;
    }

    private static String contactKey(NamingEvent event) {
        Rollup contact = event.contact();
        return contact == null ? "" : contact.key();
    }

    /** Of two states of one contact the more complete comes first. */
    @Override
    protected boolean isSame(NamingEvent earlier, NamingEvent later) {
        return earlier.key().equals(later.key()) && contactKey(earlier).equals(contactKey(later));
    }

    @Override
    protected void next(NamingEvent event, boolean late, Context context, Collector<NamelessVisit> out)
            throws Exception {
        FeedWatch before = feed.value();
        Rollup contact = event.contact();
        if (contact != null) {
            out.collect(new NamelessVisit(contact, names(contact, before, asked.get(event.device()))));
            return;
        }
        feed.update(before == null ? FeedWatch.begun(event.timeMillis()) : before.asked(event.timeMillis()));
        Long askedBefore = asked.get(event.device());
        asked.put(event.device(), askedBefore == null ? event.timeMillis() : Math.max(askedBefore, event.timeMillis()));
        if (nextDay.value() == null) {
            wake(timeMillis(event), context);
        }
    }

    private static Names names(Rollup contact, @Nullable FeedWatch feed, @Nullable Long deviceAsked) {
        if (feed == null) {
            return Names.ELSEWHERE;
        }
        long begin = contact.firstStartMillis();
        long end = contact.windowEndMillis();
        if (!feed.isUnbroken(begin - HORIZON_MILLIS, end)) {
            return Names.MISSING;
        }
        boolean asks = deviceAsked != null && end - deviceAsked <= HORIZON_MILLIS;
        return asks && begin - contact.device().firstSeenMillis() >= HORIZON_MILLIS ? Names.COMPLETE : Names.ELSEWHERE;
    }

    private void wake(long now, Context context) throws Exception {
        long tomorrow = (Math.floorDiv(now, HORIZON_MILLIS) + 1) * HORIZON_MILLIS;
        nextDay.update(tomorrow);
        context.timerService().registerEventTimeTimer(tomorrow);
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<NamelessVisit> out) throws Exception {
        Long expected = nextDay.value();
        if (expected == null || expected != timeMillis) {
            return;
        }
        nextDay.clear();
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Long> entry : asked.entries()) {
            if (timeMillis - entry.getValue() > HORIZON_MILLIS + PATIENCE_MILLIS + latenessMillis) {
                gone.add(entry.getKey());
            }
        }
        for (String device : gone) {
            asked.remove(device);
        }
        FeedWatch latest = feed.value();
        if (latest == null || timeMillis - latest.lastMillis() > FORGET_MILLIS) {
            feed.clear();
        } else if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
            wake(timeMillis, context);
        }
    }
}
