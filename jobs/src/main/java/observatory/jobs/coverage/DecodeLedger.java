package observatory.jobs.coverage;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.observation.TlsObservation;
import org.jspecify.annotations.Nullable;

/** Counts one decoded message into tallies by minute. Rejections have no time and go to the minute before them. */
public final class DecodeLedger {
    private final RawMessage message;
    private final Map<Long, Tally> tallies = new HashMap<>();
    private long lastMinute;

    /**
     * @param message the message that was decoded
     * @param firstMillis a time for rejections that no observation precedes
     */
    public DecodeLedger(RawMessage message, long firstMillis) {
        this.message = message;
        this.lastMinute = Tally.minuteOf(firstMillis);
    }

    /** Counts an observation; {@code filtered} when it is a flow of no phone. */
    public void count(Observation observation, boolean filtered) {
        lastMinute = Tally.minuteOf(Math.floorDiv(observation.timeNanos(), 1_000_000L));
        add(
                switch (observation) {
                    case FlowObservation flow -> entry(1, 0, 0, 0, 0, filtered ? 1 : 0, Map.of());
                    case DnsObservation dns -> entry(0, 1, 0, 0, 0, 0, Map.of());
                    case TlsObservation tls -> entry(0, 0, 1, 0, 0, 0, Map.of());
                    case DeviceSighting sighting -> entry(0, 0, 0, 1, 0, 0, Map.of());
                    case SensorStatus status -> entry(0, 0, 0, 0, 1, 0, Map.of());
                });
        if (observation instanceof SensorStatus status) {
            deliver(Delivery.of(status));
        }
    }

    /** Counts the message itself as a datagram. */
    public void countDatagram() {
        deliver(Delivery.DATAGRAM);
    }

    /** Counts a rejection. */
    public void count(Rejection rejection) {
        add(entry(0, 0, 0, 0, 0, 0, Map.of(rejection.reason().label(), 1L)));
    }

    /** The minute that rejections go to now, milliseconds since 1970. */
    public long lastMinute() {
        return lastMinute;
    }

    /** The tallies; the bytes of the message are counted with the last minute. */
    public Collection<Tally> tallies() {
        add(entry(0, message.payload().length, 0, 0, 0, 0, 0, 0, Map.of(), null));
        return tallies.values();
    }

    private void deliver(Delivery delivery) {
        add(entry(0, 0, 0, 0, 0, 0, 0, 0, Map.of(), delivery));
    }

    private Tally entry(
            long flow, long dns, long tls, long device, long status, long filtered, Map<String, Long> rejected) {
        return entry(1, 0, flow, dns, tls, device, status, filtered, rejected, null);
    }

    private Tally entry(
            long records,
            long bytes,
            long flow,
            long dns,
            long tls,
            long device,
            long status,
            long filtered,
            Map<String, Long> rejected,
            @Nullable Delivery delivery) {
        return new Tally(
                message.sensor(),
                message.site(),
                message.format().observerType(),
                lastMinute,
                records,
                bytes,
                flow,
                dns,
                tls,
                device,
                status,
                0,
                0,
                0,
                filtered,
                0,
                rejected,
                delivery);
    }

    private void add(Tally tally) {
        tallies.merge(lastMinute, tally, Tally::plus);
    }
}
