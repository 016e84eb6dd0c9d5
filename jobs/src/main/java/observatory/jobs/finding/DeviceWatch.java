package observatory.jobs.finding;

import java.util.Comparator;
import observatory.jobs.order.InOrder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/** Watches what a device does by itself: foreign resolvers and probes of the network. */
public final class DeviceWatch extends InOrder<Contact, Finding> {
    private static final long serialVersionUID = 1;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final Comparator<Contact> ORDER = Comparator.comparingLong(Contact::timeMillis)
            .thenComparing(Contact::peer)
            .thenComparingInt(Contact::port)
            .thenComparingLong(Contact::endMillis)
            .thenComparingLong(Contact::bytesOut);

    private transient ValueState<LanProbe> probe;
    private transient MapState<String, Finding> resolvers;
    private transient MapState<String, Boolean> changed;
    private transient ValueState<Long> wake;

    @SuppressWarnings("NullAway.Init")
    public DeviceWatch() {
        super(TypeInformation.of(Contact.class));
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        probe = getRuntimeContext().getState(new ValueStateDescriptor<>("probe", Types.POJO(LanProbe.class)));
        resolvers = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("resolvers", Types.STRING, Types.POJO(Finding.class)));
        changed = getRuntimeContext().getMapState(new MapStateDescriptor<>("changed", Types.STRING, Types.BOOLEAN));
        wake = getRuntimeContext().getState(new ValueStateDescriptor<>("wake", Types.LONG));
    }

    /** Flows are released at their end, so the end is what must be waited for; the order is that of their starts. */
    @Override
    protected long timeMillis(Contact contact) {
        return contact.endMillis();
    }

    @Override
    protected Comparator<Contact> order() {
        return ORDER;
    }

    @Override
    protected void next(Contact contact, boolean late, Context context, Collector<Finding> out) throws Exception {
        switch (contact.kind()) {
            case FOREIGN_DNS -> askedElsewhere(contact, out);
            case INTERNAL -> contacted(contact, out);
        }
        if (wake.value() == null) {
            long next = (Math.floorDiv(contact.endMillis(), HOUR_MILLIS) + 1) * HOUR_MILLIS;
            wake.update(next);
            context.timerService().registerEventTimeTimer(next);
        }
    }

    private void askedElsewhere(Contact contact, Collector<Finding> out) throws Exception {
        Finding before = resolvers.get(contact.peer());
        Finding after = ForeignResolver.after(before, contact);
        resolvers.put(contact.peer(), after);
        if (before == null) {
            out.collect(after);
        } else {
            changed.put(contact.peer(), true);
        }
    }

    private void contacted(Contact contact, Collector<Finding> out) throws Exception {
        LanProbe before = probe.value();
        LanProbe after = (before == null ? LanProbe.QUIET : before).after(contact);
        probe.update(after);
        Finding found = after.probe();
        if (found != null && (before == null || !found.equals(before.probe()))) {
            out.collect(found);
        }
    }

    /** Once an hour what has changed is handed on, and what has become old is forgotten. */
    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<Finding> out) throws Exception {
        Long expected = wake.value();
        if (expected == null || expected != timeMillis) {
            return;
        }
        wake.clear();
        for (String peer : changed.keys()) {
            out.collect(resolvers.get(peer));
        }
        changed.clear();
        LanProbe latest = probe.value();
        if (latest != null && latest.probe() == null && isOld(latest, timeMillis)) {
            probe.clear();
        }
    }

    private static boolean isOld(LanProbe probe, long now) {
        return probe.peers().values().stream().allMatch(time -> now - time > LanProbe.WINDOW_MILLIS);
    }
}
