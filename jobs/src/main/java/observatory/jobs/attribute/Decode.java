package observatory.jobs.attribute;

import java.util.EnumMap;
import java.util.Map;
import observatory.geo.address.IpAddress;
import observatory.ingest.Decoders;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.observation.TlsObservation;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.coverage.DecodeLedger;
import observatory.jobs.coverage.Tally;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Decodes raw messages and hands each observation to the device it concerns; rejections and tallies leave aside. */
public final class Decode extends ProcessFunction<RawMessage, DeviceEvent> {
    /** Name of the accumulator that counts bytes of input decoded, for progress bars. */
    public static final String BYTES_READ = "observatory.bytes-read";

    private static final long serialVersionUID = 1;
    private static final int REJECTIONS_INDEXED = 20;

    private final PhoneNetworks phones;
    private final Sites sites;
    private final OutputTag<Tally> tallies;
    private final OutputTag<TimedRejection> rejections;
    private final LongCounter bytesRead = new LongCounter();
    private transient Map<Format, Decoder> decoders;
    private transient PhoneNetworks.Rule phoneRule;
    private transient Sites.Rule siteRule;

    /**
     * @param phones which addresses are phones
     * @param sites which networks belong to which site
     * @param tallies where the ledger goes
     * @param rejections where rejections go: at most {@value #REJECTIONS_INDEXED} of a message, though all are counted
     */
    @SuppressWarnings("NullAway.Init")
    public Decode(PhoneNetworks phones, Sites sites, OutputTag<Tally> tallies, OutputTag<TimedRejection> rejections) {
        this.phones = phones;
        this.sites = sites;
        this.tallies = tallies;
        this.rejections = rejections;
    }

    @Override
    public void open(OpenContext context) {
        decoders = new EnumMap<>(Format.class);
        phoneRule = phones.rule();
        siteRule = sites.rule();
        getRuntimeContext().addAccumulator(BYTES_READ, bytesRead);
    }

    @Override
    public void processElement(RawMessage message, Context context, Collector<DeviceEvent> out) {
        Decoded decoded =
                decoders.computeIfAbsent(message.format(), Decoders::forFormat).decode(message);
        DecodeLedger ledger = new DecodeLedger(message, Math.floorDiv(message.receivedNanos(), 1_000_000L));
        for (Observation observation : decoded.observations()) {
            DeviceEvent event = eventOf(observation);
            ledger.count(observation, event == null && observation instanceof FlowObservation);
            if (event != null) {
                out.collect(event);
            }
        }
        int indexed = 0;
        for (Rejection rejection : decoded.rejections()) {
            ledger.count(rejection);
            if (indexed++ < REJECTIONS_INDEXED) {
                context.output(rejections, new TimedRejection(rejection, ledger.lastMinute()));
            }
        }
        ledger.tallies().forEach(tally -> context.output(tallies, tally));
        bytesRead.add(message.payload().length);
    }

    private @Nullable DeviceEvent eventOf(Observation observation) {
        return switch (observation) {
            case FlowObservation flow -> {
                Side side = phoneRule.side(flow.source(), flow.destination());
                IpAddress device = side == Side.DESTINATION ? flow.destination() : flow.source();
                yield side == Side.NEITHER
                        ? null
                        : DeviceEvent.ofFlow(flow, side, site(device, flow), device.toString());
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
