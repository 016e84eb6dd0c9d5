package observatory.jobs.attribute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.TlsObservation;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.coverage.Tally;
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
 * Names the flows of a device by what the device itself was told and announced, and knows the device by its leases. All
 * events of one device address come here, in event-time order.
 */
public final class NameFlows extends InOrder<DeviceEvent, NamedFlow> {
    /** A half waits this long for the other half of its connection. */
    private static final long PAIR_MILLIS = Halves.GAP_NANOS / 1_000_000;

    /** Results are at most this much older than the watermark that released them. */
    public static final long DELAY_MILLIS =
            DeviceEvent.HOLD_MILLIS + Witnesses.WAIT_MILLIS + PAIR_MILLIS + BUCKET_MILLIS;

    private static final long serialVersionUID = 1;
    private static final long DAY_MILLIS = 86_400_000L;
    /** How often it is forgotten whose word was taken for a connection. */
    private static final long SWEEP_MILLIS = Witness.PAUSE_NANOS / 1_000_000;
    /** A device that is silent for this long is forgotten with all its names. */
    private static final long FORGET_MILLIS = 30 * DAY_MILLIS;

    private final GeoAccess geo;
    private final Inventory inventory;
    private final Witnesses witnesses;
    private final OutputTag<Tally> tallies;
    private final OutputTag<NamedDns> answers;
    private final OutputTag<DeviceSeen> devices;
    private final OutputTag<SiteEvent> site;
    private transient MapState<String, List<Binding>> names;
    private transient MapState<String, List<Binding>> aliases;
    private transient MapState<String, Announcement> announced;
    private transient ValueState<Device> current;
    private transient ValueState<Long> lastSeen;
    private transient ValueState<Long> nextDay;
    private transient ValueState<Long> nextSweep;
    private transient FlowJoin join;

    /**
     * @param geo where makers are looked up
     * @param inventory what is listed of the devices
     * @param witnesses whether several exporters may tell one connection
     * @param tallies where the ledger goes
     * @param answers where DNS questions go, with their device
     * @param devices where devices go, when they change and once a day
     * @param site where flows go for which the device itself knows no name, and answers that came after their time had
     *     been closed, since flows that they name may have gone there
     */
    @SuppressWarnings("NullAway.Init")
    public NameFlows(
            GeoAccess geo,
            Inventory inventory,
            Witnesses witnesses,
            OutputTag<Tally> tallies,
            OutputTag<NamedDns> answers,
            OutputTag<DeviceSeen> devices,
            OutputTag<SiteEvent> site) {
        super(TypeInformation.of(DeviceEvent.class));
        this.geo = geo;
        this.inventory = inventory;
        this.witnesses = witnesses;
        this.tallies = tallies;
        this.answers = answers;
        this.devices = devices;
        this.site = site;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        names = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("names", Types.STRING, Types.LIST(Types.POJO(Binding.class))));
        aliases = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("aliases", Types.STRING, Types.LIST(Types.POJO(Binding.class))));
        announced = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("announced", Types.STRING, Types.POJO(Announcement.class)));
        current = getRuntimeContext().getState(new ValueStateDescriptor<>("device", Types.POJO(Device.class)));
        lastSeen = getRuntimeContext().getState(new ValueStateDescriptor<>("lastSeen", Types.LONG));
        nextDay = getRuntimeContext().getState(new ValueStateDescriptor<>("nextDay", Types.LONG));
        nextSweep = getRuntimeContext().getState(new ValueStateDescriptor<>("nextSweep", Types.LONG));
        join = new FlowJoin(getRuntimeContext());
    }

    @Override
    protected long timeMillis(DeviceEvent event) {
        return event.timeMillis();
    }

    @Override
    protected Comparator<DeviceEvent> order() {
        return DeviceEvent.ORDER;
    }

    @Override
    protected boolean isSame(DeviceEvent earlier, DeviceEvent later) {
        return earlier.equals(later);
    }

    @Override
    protected void duplicate(DeviceEvent event, Context context) {
        FlowObservation flow = event.flow();
        if (flow != null) {
            context.output(tallies, Tally.duplicate(flow));
        }
    }

    @Override
    protected void next(DeviceEvent event, boolean late, Context context, Collector<NamedFlow> out) throws Exception {
        Device device = device(event, context);
        if (event.sighting() != null) {
            sighted(device, event.sighting(), context);
        } else if (event.dns() != null) {
            answered(device, event.dns(), late, context);
        } else if (event.tls() != null) {
            announce(event.tls());
        } else if (event.flow() != null) {
            told(device, event, event.flow(), late, context, out);
        }
    }

    private void told(
            Device device,
            DeviceEvent event,
            FlowObservation flow,
            boolean late,
            Context context,
            Collector<NamedFlow> out)
            throws Exception {
        if (witnesses.several()) {
            sweepLater(event.timeMillis(), context);
            if (join.isToldByAnother(flow)) {
                context.output(tallies, Tally.duplicate(flow));
                return;
            }
        }
        context.output(tallies, Tally.stored(flow, late));
        if (!Halves.isHalf(flow)) {
            emit(named(device, flow, event.side(), event.record(), late), context, out);
            return;
        }
        WaitingHalf counterpart = join.counterpart(flow);
        if (counterpart != null) {
            context.output(tallies, Tally.paired(flow));
            long both = counterpart.record() + event.record();
            emit(named(device, Halves.joined(counterpart.flow(), flow), event.side(), both, late), context, out);
        } else if (late) {
            emit(named(device, flow, event.side(), event.record(), true), context, out);
        } else {
            awaitOtherHalf(device, event, flow, context, out);
        }
    }

    private void awaitOtherHalf(
            Device device, DeviceEvent event, FlowObservation flow, Context context, Collector<NamedFlow> out)
            throws Exception {
        long due = bucketOf(event.timeMillis() + PAIR_MILLIS);
        WaitingHalf before = join.await(new WaitingHalf(flow, event.side(), event.record(), due));
        context.timerService().registerEventTimeTimer(due);
        if (before != null) {
            emit(named(device, before.flow(), before.side(), before.record(), false), context, out);
        }
    }

    private void sweepLater(long now, Context context) throws Exception {
        if (nextSweep.value() == null) {
            long next = (Math.floorDiv(now, SWEEP_MILLIS) + 1) * SWEEP_MILLIS;
            nextSweep.update(next);
            context.timerService().registerEventTimeTimer(next);
        }
    }

    private Device device(DeviceEvent event, Context context) throws Exception {
        long now = event.flow() == null ? event.timeMillis() : event.timeMillis() - event.holdMillis();
        Long seen = lastSeen.value();
        if (seen == null || seen < now) {
            lastSeen.update(now);
        }
        Device device = current.value();
        if (device == null) {
            device = Device.ofAddress(event.site(), event.address(), now);
            current.update(device);
        }
        if (nextDay.value() == null) {
            long tomorrow = (Math.floorDiv(now, DAY_MILLIS) + 1) * DAY_MILLIS;
            nextDay.update(tomorrow);
            context.timerService().registerEventTimeTimer(tomorrow);
        }
        return withFrameMac(device, event, now);
    }

    /** A sensor that logs frame addresses tells the MAC with every flow. */
    private Device withFrameMac(Device device, DeviceEvent event, long now) throws Exception {
        FlowObservation flow = event.flow();
        String mac = flow == null ? null : event.side() == Side.DESTINATION ? flow.destinationMac() : flow.sourceMac();
        if (flow == null || mac == null || device.mac() != null) {
            return device;
        }
        Device known = device.sighted(
                        DeviceSighting.lease(
                                flow.sensor(),
                                flow.site(),
                                flow.observerType(),
                                now * 1_000_000,
                                null,
                                mac,
                                null,
                                null,
                                FlowObservation.ABSENT),
                        geo)
                .listed(inventory.of(mac));
        current.update(known);
        return known;
    }

    private void sighted(Device device, DeviceSighting sighting, Context context) throws Exception {
        String mac = sighting.mac();
        Device known = device.sighted(sighting, geo).listed(inventory.of(mac == null ? device.mac() : mac));
        if (!known.equals(device)) {
            current.update(known);
            context.output(devices, new DeviceSeen(known, Math.floorDiv(sighting.timeNanos(), 1_000_000L)));
        }
    }

    private void answered(Device device, DnsObservation dns, boolean late, Context context) throws Exception {
        List<NameMemory.AddressBinding> all = NameMemory.bindings(dns);
        List<NameMemory.Alias> chain = NameMemory.aliases(dns);
        List<Binding> heads = all.isEmpty() && chain.isEmpty() ? List.of() : heads(dns);
        for (NameMemory.Alias alias : chain) {
            for (Binding head : heads.isEmpty() ? List.of(alias.head()) : heads) {
                Binding led = new Binding(
                        head.name(),
                        null,
                        alias.head().answeredMillis(),
                        alias.head().renewedMillis(),
                        alias.head().expiresMillis());
                aliases.put(alias.name(), NameMemory.remember(orEmpty(aliases.get(alias.name())), led));
            }
        }
        for (NameMemory.AddressBinding told : all) {
            if (heads.isEmpty()) {
                remember(device, told.address(), told.binding(), late, context);
            }
            for (Binding head : heads) {
                remember(device, told.address(), NameMemory.ledBy(head, told.binding()), late, context);
            }
        }
        context.output(answers, new NamedDns(device, dns));
    }

    private List<Binding> heads(DnsObservation dns) throws Exception {
        return NameMemory.heads(
                orEmpty(aliases.get(String.valueOf(dns.question()))), Math.floorDiv(dns.timeNanos(), 1_000_000L));
    }

    private void remember(Device device, String address, Binding binding, boolean late, Context context)
            throws Exception {
        names.put(address, NameMemory.remember(orEmpty(names.get(address)), binding));
        if (late) {
            context.output(site, SiteEvent.of(new SiteAnswer(device.site(), address, device.address(), binding)));
        }
    }

    private static List<Binding> orEmpty(@Nullable List<Binding> memory) {
        return memory == null ? List.of() : memory;
    }

    private void announce(TlsObservation tls) throws Exception {
        String version = tls.version() == null || tls.isHttp() ? "" : tls.version();
        announced.put(
                connectionOf(tls),
                new Announcement(tls.serverName(), version, !tls.isHttp(), Math.floorDiv(tls.timeNanos(), 1_000_000L)));
    }

    /** Only flows that need it make the way through what others of the site were told. */
    private void emit(NamedFlow flow, Context context, Collector<NamedFlow> out) {
        boolean canBeNamed = flow.name().name() == null
                && !flow.peer().isMulticast()
                && !flow.peer().isBroadcast();
        if (canBeNamed) {
            context.output(site, SiteEvent.of(flow));
        } else {
            out.collect(flow);
        }
    }

    private NamedFlow named(Device device, FlowObservation flow, Side side, long record, boolean late)
            throws Exception {
        String connection = connectionOf(flow);
        Announcement announcement = announced.get(connection);
        if (announcement != null) {
            announced.remove(connection);
        }
        String peer = (side == Side.DESTINATION ? flow.source() : flow.destination()).toString();
        List<Binding> memory = orEmpty(names.get(peer));
        long start = Math.floorDiv(flow.startNanos(), 1_000_000L);
        // Who calls a phone says whom it wants to reach; that is the phone, and no name of the caller.
        boolean isCalled = side == Side.DESTINATION;
        String serverName = announcement == null || isCalled ? null : hostName(announcement.serverName());
        return new NamedFlow(
                device,
                side,
                flow,
                NameMemory.name(memory, serverName, start),
                announcement == null ? "" : announcement.version(),
                record,
                late,
                serverName == null || announcement == null || !announcement.isHandshake()
                        ? NameCheck.UNCHECKED
                        : NameCheck.of(NameMemory.name(memory, null, start), serverName),
                null);
    }

    /** An address in the place of a server name says nothing; RFC 6066 section 3 does not allow it. */
    private static @Nullable String hostName(@Nullable String announced) {
        boolean isAddress = announced != null
                && !announced.isEmpty()
                && (Character.isDigit(announced.charAt(announced.length() - 1)) || announced.indexOf(':') >= 0)
                && IpAddress.parse(announced) != null;
        return isAddress ? null : announced;
    }

    private static String connectionOf(FlowObservation flow) {
        return flow.sensorId().isEmpty()
                ? flow.source() + "|" + flow.sourcePort() + "|" + flow.destination() + "|" + flow.destinationPort()
                : flow.sensorId();
    }

    private static String connectionOf(TlsObservation tls) {
        return tls.sensorId().isEmpty()
                ? tls.client() + "|" + tls.clientPort() + "|" + tls.server() + "|" + tls.serverPort()
                : tls.sensorId();
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<NamedFlow> out) throws Exception {
        Device device = current.value();
        if (device == null) {
            return;
        }
        for (WaitingHalf half : join.due(timeMillis)) {
            emit(named(device, half.flow(), half.side(), half.record(), false), context, out);
        }
        Long sweep = nextSweep.value();
        if (sweep != null && sweep == timeMillis) {
            nextSweep.clear();
            if (join.forgetWitnesses(timeMillis)) {
                sweepLater(timeMillis, context);
            }
        }
        endDay(device, timeMillis, context);
    }

    /** Once a day the device is told, and what is too old to name anything is forgotten. */
    private void endDay(Device device, long timeMillis, OnTimerContext context) throws Exception {
        Long expected = nextDay.value();
        Long seen = lastSeen.value();
        if (expected == null || expected != timeMillis || seen == null) {
            return;
        }
        // The list may be another than the one that the job was stopped with.
        Device known = device.listed(inventory.of(device.mac()));
        current.update(known);
        if (seen >= timeMillis - DAY_MILLIS) {
            context.output(devices, new DeviceSeen(known, seen));
        }
        forget(timeMillis);
        if (seen < timeMillis - FORGET_MILLIS) {
            current.clear();
            lastSeen.clear();
            nextDay.clear();
        } else if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
            nextDay.update(timeMillis + DAY_MILLIS);
            context.timerService().registerEventTimeTimer(timeMillis + DAY_MILLIS);
        } else {
            nextDay.clear();
        }
    }

    private void forget(long now) throws Exception {
        forget(names, now - NameMemory.RETENTION_MILLIS);
        forget(aliases, now - NameMemory.GRACE_MILLIS);
        forgetAnnouncements(now - Announcement.RETENTION_MILLIS);
    }

    private static void forget(MapState<String, List<Binding>> memories, long expiredBefore) throws Exception {
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, List<Binding>> entry : memories.entries()) {
            List<Binding> kept = NameMemory.valid(entry.getValue(), expiredBefore);
            if (kept.isEmpty()) {
                gone.add(entry.getKey());
            } else if (kept.size() < entry.getValue().size()) {
                entry.setValue(kept);
            }
        }
        for (String key : gone) {
            memories.remove(key);
        }
    }

    private void forgetAnnouncements(long before) throws Exception {
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Announcement> entry : announced.entries()) {
            if (entry.getValue().timeMillis() < before) {
                gone.add(entry.getKey());
            }
        }
        for (String connection : gone) {
            announced.remove(connection);
        }
    }
}
