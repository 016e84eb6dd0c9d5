package observatory.ingest.netflow;

import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;

/**
 * What the header of a datagram says, as its records need it.
 *
 * @param message the datagram
 * @param format its format
 * @param sourcePort UDP port it was sent from; 0 when not known
 * @param domain observation domain
 * @param exportNanos time of export by the exporter's clock, nanoseconds since 1970
 * @param uptimeMillis uptime of the exporter at that time, modulo 2^32; -1 when not stated
 * @param shiftNanos what to add to the exporter's times, because its clock is not to be believed; else 0
 * @param headerSampling sampling interval that the header states; 0 when none
 */
record Export(
        RawMessage message,
        Format format,
        int sourcePort,
        long domain,
        long exportNanos,
        long uptimeMillis,
        long shiftNanos,
        long headerSampling) {

    long exportMillis() {
        return Math.floorDiv(exportNanos, 1_000_000L);
    }

    /** When it was received; where that is not known, when it was sent. */
    long receivedNanos() {
        return message.receivedNanos() > 0 ? message.receivedNanos() : exportNanos;
    }
}
