package observatory.jobs.attribute;

import observatory.ingest.observation.FlowObservation;

/**
 * How the two halves of a connection, which unidirectional exporters report one by one, are recognised and put together:
 * pure rules. A half carries counters of its source only.
 */
final class Halves {
    /** Halves of one connection end within this time of each other, or overlap. */
    static final long GAP_NANOS = 10_000_000_000L;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    private Halves() {}

    /**
     * A flow whose source is the client, as far as the ports tell: the side with the lower port serves. Sensors and
     * exporters that count both directions have seen who began, and are believed.
     */
    static FlowObservation oriented(FlowObservation flow) {
        boolean isReply = isHalf(flow) && hasPorts(flow) && flow.sourcePort() < flow.destinationPort();
        return isReply ? turned(flow) : flow;
    }

    /** Whether only one direction is counted. */
    static boolean isHalf(FlowObservation flow) {
        return flow.export() != null && (isForward(flow) || isReverse(flow));
    }

    /** Whether two halves, both {@link #oriented} and of the same connection and exporter, belong together. */
    static boolean belong(FlowObservation one, FlowObservation other) {
        boolean differ = isForward(one) ? isReverse(other) : isForward(other);
        return differ
                && one.startNanos() <= other.endNanos() + GAP_NANOS
                && other.startNanos() <= one.endNanos() + GAP_NANOS;
    }

    /** The whole that two halves make: the counters of each direction, from the first packet to the last. */
    static FlowObservation joined(FlowObservation one, FlowObservation other) {
        FlowObservation forward = isForward(one) ? one : other;
        FlowObservation reverse = isForward(one) ? other : one;
        return new FlowObservation(
                forward.sensor(),
                forward.site(),
                forward.observerType(),
                forward.sensorId(),
                Math.min(one.startNanos(), other.startNanos()),
                Math.max(one.endNanos(), other.endNanos()),
                forward.source(),
                forward.sourcePort(),
                forward.destination(),
                forward.destinationPort(),
                forward.protocol(),
                forward.sourceBytes(),
                reverse.destinationBytes(),
                forward.sourcePackets(),
                reverse.destinationPackets(),
                forward.sourceMac() == null ? reverse.sourceMac() : forward.sourceMac(),
                forward.destinationMac() == null ? reverse.destinationMac() : forward.destinationMac(),
                forward.application() == null ? reverse.application() : forward.application(),
                forward.state(),
                forward.export());
    }

    private static boolean isForward(FlowObservation flow) {
        return flow.destinationBytes() == FlowObservation.ABSENT && flow.destinationPackets() == FlowObservation.ABSENT;
    }

    private static boolean isReverse(FlowObservation flow) {
        return flow.sourceBytes() == FlowObservation.ABSENT && flow.sourcePackets() == FlowObservation.ABSENT;
    }

    private static boolean hasPorts(FlowObservation flow) {
        return flow.protocol() == TCP || flow.protocol() == UDP || flow.protocol() == SCTP;
    }

    private static FlowObservation turned(FlowObservation flow) {
        return new FlowObservation(
                flow.sensor(),
                flow.site(),
                flow.observerType(),
                flow.sensorId(),
                flow.startNanos(),
                flow.endNanos(),
                flow.destination(),
                flow.destinationPort(),
                flow.source(),
                flow.sourcePort(),
                flow.protocol(),
                flow.destinationBytes(),
                flow.sourceBytes(),
                flow.destinationPackets(),
                flow.sourcePackets(),
                flow.destinationMac(),
                flow.sourceMac(),
                flow.application(),
                flow.state(),
                flow.export());
    }
}
