package observatory.jobs.attribute;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import observatory.geo.address.IpAddress;
import observatory.ingest.Decoders;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.identity.UserAgents;
import observatory.ingest.netflow.SessionSettings;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.observation.TlsObservation;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.coverage.DecodeLedger;
import observatory.jobs.coverage.Tally;
import observatory.jobs.exporter.Exporter;
import observatory.jobs.exporter.ExporterSerializer;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Decodes raw messages and hands each observation to the device it concerns; rejections and tallies leave aside. Blocks of
 * log lines are decoded wherever they come; the datagrams of one exporter come to one place in their order, since what
 * they mean depends on the datagrams before.
 */
public final class Decode extends KeyedProcessFunction<String, RawMessage, DeviceEvent> {
    /** Name of the accumulator that counts bytes of input decoded, for progress bars. */
    public static final String BYTES_READ = "observatory.bytes-read";

    private static final long serialVersionUID = 1;
    private static final int REJECTIONS_INDEXED = 20;
    /** Blocks of logs are spread over so many keys: enough for any parallelism, and no more state than none. */
    private static final int SPREAD = 128;

    private static final long DAY_MILLIS = 86_400_000L;
    /** An exporter that is silent for this long is forgotten; its templates come again when it does. */
    private static final long FORGET_MILLIS = 7 * DAY_MILLIS;

    private final PhoneNetworks phones;
    private final Sites sites;
    private final Witnesses witnesses;
    private final SessionSettings sessions;
    private final OutputTag<Tally> tallies;
    private final OutputTag<TimedRejection> rejections;
    private final OutputTag<SiteEvent> answers;
    private final LongCounter bytesRead = new LongCounter();
    private transient Map<Format, Decoder> decoders;
    private transient PhoneNetworks.Rule phoneRule;
    private transient Sites.Rule siteRule;
    private transient ValueState<Exporter> exporters;
    private transient UserAgents userAgents;

    /**
     * @param phones which addresses are phones
     * @param sites which networks belong to which site
     * @param witnesses whose flows wait longer, so that others come first
     * @param sessions how patient to be with exporters
     * @param tallies where the ledger goes
     * @param rejections where rejections go: at most {@value #REJECTIONS_INDEXED} of a message, though all are counted
     * @param answers where DNS answers go, whoever asked
     */
    @SuppressWarnings("NullAway.Init")
    public Decode(
            PhoneNetworks phones,
            Sites sites,
            Witnesses witnesses,
            SessionSettings sessions,
            OutputTag<Tally> tallies,
            OutputTag<TimedRejection> rejections,
            OutputTag<SiteEvent> answers) {
        this.phones = phones;
        this.sites = sites;
        this.witnesses = witnesses;
        this.sessions = sessions;
        this.tallies = tallies;
        this.rejections = rejections;
        this.answers = answers;
    }

    /** What brings the datagrams of one exporter together and spreads everything else. */
    public static String keyOf(RawMessage message) {
        return message.format().isDatagram()
                ? "exporter|" + message.site() + "|" + message.sensor()
                : "block|" + Math.floorMod(31 * message.source().hashCode() + Long.hashCode(message.offset()), SPREAD);
    }

    @Override
    public void open(OpenContext context) {
        decoders = new EnumMap<>(Format.class);
        phoneRule = phones.rule();
        siteRule = sites.rule();
        exporters = getRuntimeContext().getState(new ValueStateDescriptor<>("exporter", ExporterSerializer.INSTANCE));
        userAgents = new UserAgents();
        getRuntimeContext().addAccumulator(BYTES_READ, bytesRead);
    }

    @Override
    public void processElement(RawMessage message, Context context, Collector<DeviceEvent> out) throws Exception {
        boolean isDatagram = message.format().isDatagram();
        Decoded decoded = isDatagram
                ? decodeDatagram(message, context)
                : decoders.computeIfAbsent(message.format(), Decoders::forFormat)
                        .decode(message);
        DecodeLedger ledger = new DecodeLedger(message, timeOf(message));
        if (isDatagram) {
            ledger.countDatagram();
        }
        long record = isDatagram ? firstRecordOf(message) : 0;
        for (Observation observation : decoded.observations()) {
            DeviceEvent event = eventOf(observation, record);
            ledger.count(observation, event == null && observation instanceof FlowObservation);
            if (event != null) {
                out.collect(event);
            }
            record += record == 0 ? 0 : 1;
            if (observation instanceof DnsObservation dns) {
                tellSite(dns, context);
            }
            if (observation instanceof TlsObservation request && request.userAgent() != null) {
                identify(request, out);
            }
        }
        reject(decoded.rejections(), ledger, context);
        ledger.tallies().forEach(tally -> context.output(tallies, tally));
        bytesRead.add(message.payload().length);
    }

    /** Records that tell no time are filed under that of their message, milliseconds since 1970. */
    private long timeOf(RawMessage message) throws Exception {
        Exporter exporter = message.format().isDatagram() ? exporters.value() : null;
        long nanos =
                exporter == null ? message.receivedNanos() : exporter.session().exportNanos();
        return Math.floorDiv(nanos, 1_000_000L);
    }

    private Decoded decodeDatagram(RawMessage datagram, Context context) throws Exception {
        Exporter exporter = exporters.value();
        if (exporter == null) {
            exporter = new Exporter(sessions, datagram);
            context.timerService().registerEventTimeTimer(tomorrow(context));
        }
        exporter.hears(datagram);
        List<Rejection> expired = exporter.session().expire(datagram.receivedNanos());
        Decoded decoded = exporter.session().decode(datagram);
        exporters.update(exporter);
        if (expired.isEmpty()) {
            return decoded;
        }
        List<Rejection> all = new ArrayList<>(expired);
        all.addAll(decoded.rejections());
        return new Decoded(decoded.observations(), all);
    }

    /** Once a day, and at the end of the input, which is the end of all days, an exporter may have nothing more to say. */
    @Override
    public void onTimer(long time, OnTimerContext context, Collector<DeviceEvent> out) throws Exception {
        Exporter exporter = exporters.value();
        if (exporter == null) {
            return;
        }
        long heardMillis = timeOf(exporter.last());
        boolean isOver =
                context.timerService().currentWatermark() == Long.MAX_VALUE || heardMillis < time - FORGET_MILLIS;
        List<Rejection> givenUp =
                isOver ? exporter.session().giveUp() : exporter.session().expire(time * 1_000_000L);
        DecodeLedger ledger = new DecodeLedger(exporter.last(), heardMillis);
        reject(givenUp, ledger, context);
        ledger.tallies().forEach(tally -> context.output(tallies, tally));
        if (isOver) {
            exporters.clear();
        } else {
            exporters.update(exporter);
            context.timerService().registerEventTimeTimer(tomorrow(context));
        }
    }

    private static long tomorrow(Context context) {
        long now = Math.max(0, context.timerService().currentWatermark());
        return (Math.floorDiv(now, DAY_MILLIS) + 1) * DAY_MILLIS;
    }

    private void reject(List<Rejection> all, DecodeLedger ledger, Context context) {
        int indexed = 0;
        for (Rejection rejection : all) {
            ledger.count(rejection);
            if (indexed++ < REJECTIONS_INDEXED) {
                context.output(rejections, new TimedRejection(rejection, ledger.lastMinute()));
            }
        }
    }

    /** Numbers that another datagram has not, unless it is the same; see {@link DeviceEvent#record}. */
    private static long firstRecordOf(RawMessage datagram) {
        CRC32C sum = new CRC32C();
        sum.update(datagram.payload());
        return (sum.getValue() + 1) << 16;
    }

    /** What one was told may name what another contacts; so may what nobody knows who was told. */
    private void tellSite(DnsObservation dns, Context context) {
        List<NameMemory.AddressBinding> told = NameMemory.bindings(dns);
        if (told.isEmpty()) {
            return;
        }
        IpAddress client = dns.client();
        String site = client == null ? siteRule.siteOfAnswer(dns.resolver(), dns.site()) : site(client, dns);
        for (NameMemory.AddressBinding one : told) {
            context.output(answers, SiteEvent.of(new SiteAnswer(site, one.address(), null, one.binding())));
        }
    }

    /** A phone that asks over HTTP says in the same record what it is. */
    private void identify(TlsObservation request, Collector<DeviceEvent> out) {
        if (phoneRule.side(request.client(), request.client()) != Side.NEITHER) {
            userAgents.sighting(request).map(told -> eventOf(told, 0)).ifPresent(out::collect);
        }
    }

    private @Nullable DeviceEvent eventOf(Observation observation, long record) {
        return switch (observation) {
            case FlowObservation told -> {
                FlowObservation flow = Halves.oriented(told);
                Side side = phoneRule.side(flow.source(), flow.destination());
                IpAddress device = side == Side.DESTINATION ? flow.destination() : flow.source();
                yield side == Side.NEITHER
                        ? null
                        : DeviceEvent.ofFlow(
                                flow,
                                side,
                                site(device, flow),
                                device.toString(),
                                witnesses.waitMillis(flow.sensor()),
                                record);
            }
            case TlsObservation tls -> {
                Side side = phoneRule.side(tls.client(), tls.server());
                IpAddress device = side == Side.DESTINATION ? tls.server() : tls.client();
                yield side == Side.NEITHER ? null : DeviceEvent.ofTls(tls, site(device, tls), device.toString());
            }
            case DnsObservation dns -> {
                IpAddress device = dns.client();
                yield device == null || phoneRule.side(device, device) == Side.NEITHER
                        ? null
                        : DeviceEvent.ofDns(dns, site(device, dns), device.toString());
            }
            case DeviceSighting sighting -> {
                IpAddress device = sighting.address();
                yield device == null
                        ? null
                        : DeviceEvent.ofSighting(sighting, site(device, sighting), device.toString());
            }
            case SensorStatus status -> null;
        };
    }

    private String site(IpAddress device, Observation observation) {
        return siteRule.siteOf(device, observation.site());
    }
}
