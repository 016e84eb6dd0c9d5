package observatory.jobs.finding.nameless;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import observatory.jobs.coverage.Rhythm;
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
 * Lets contact without a name pass only while names were known completely: the site's DNS has been logged without a
 * silence for a day and up to the contact, the device itself has asked within that day, and has had its address for as
 * long, since what a phone was told earlier or elsewhere it may still use. State: one time for each device that asked
 * within a day, looked through once a day.
 */
public final class NamingFeed extends InOrder<NamingEvent, Rollup> {
    private static final long serialVersionUID = 1;

    /** For how long what a phone was told may be in use unseen. */
    static final long HORIZON_MILLIS = 86_400_000L;

    private static final Comparator<NamingEvent> ORDER = Comparator.comparingLong(NamingEvent::timeMillis)
            .thenComparing(event -> event.contact() != null)
            .thenComparing(NamingEvent::device)
            .thenComparing(NamingFeed::contactKey)
            .thenComparing(
                    event -> event.contact() == null ? 0 : -event.contact().flows());

    private final long latenessMillis;
    private transient MapState<String, Long> asked;
    private transient ValueState<Long> since;
    private transient ValueState<Long> last;
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
        since = getRuntimeContext().getState(new ValueStateDescriptor<>("since", Types.LONG));
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
        nextDay = getRuntimeContext().getState(new ValueStateDescriptor<>("nextDay", Types.LONG));
    }

    @Override
    protected long timeMillis(NamingEvent event) {
        return event.timeMillis() + latenessMillis;
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
    protected void next(NamingEvent event, boolean late, Context context, Collector<Rollup> out) throws Exception {
        Rollup contact = event.contact();
        if (contact != null) {
            if (isComplete(event.device(), contact)) {
                out.collect(contact);
            }
            return;
        }
        Long before = last.value();
        if (before == null || event.timeMillis() - before > Rhythm.FLOOR_MILLIS) {
            since.update(event.timeMillis());
        }
        last.update(before == null ? event.timeMillis() : Math.max(before, event.timeMillis()));
        Long askedBefore = asked.get(event.device());
        asked.put(event.device(), askedBefore == null ? event.timeMillis() : Math.max(askedBefore, event.timeMillis()));
        if (nextDay.value() == null) {
            wake(timeMillis(event), context);
        }
    }

    private boolean isComplete(String device, Rollup contact) throws Exception {
        Long feedSince = since.value();
        Long feedLast = last.value();
        Long deviceAsked = asked.get(device);
        long begin = contact.firstStartMillis();
        long end = contact.windowEndMillis();
        return feedSince != null
                && feedLast != null
                && deviceAsked != null
                && begin - feedSince >= HORIZON_MILLIS
                && end - feedLast <= Rhythm.FLOOR_MILLIS
                && end - deviceAsked <= HORIZON_MILLIS
                && begin - contact.device().firstSeenMillis() >= HORIZON_MILLIS;
    }

    private void wake(long now, Context context) throws Exception {
        long tomorrow = (Math.floorDiv(now, HORIZON_MILLIS) + 1) * HORIZON_MILLIS;
        nextDay.update(tomorrow);
        context.timerService().registerEventTimeTimer(tomorrow);
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<Rollup> out) throws Exception {
        Long expected = nextDay.value();
        if (expected == null || expected != timeMillis) {
            return;
        }
        nextDay.clear();
        List<String> gone = new ArrayList<>();
        boolean isLeft = false;
        for (Map.Entry<String, Long> entry : asked.entries()) {
            if (timeMillis - entry.getValue() > HORIZON_MILLIS + latenessMillis) {
                gone.add(entry.getKey());
            } else {
                isLeft = true;
            }
        }
        for (String device : gone) {
            asked.remove(device);
        }
        if (!isLeft) {
            since.clear();
            last.clear();
        } else if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
            wake(timeMillis, context);
        }
    }
}
