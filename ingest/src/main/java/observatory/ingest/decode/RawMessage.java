package observatory.ingest.decode;

import java.util.List;

/**
 * What a collector or an archive hands to a decoder, undecoded: one datagram, one line, or a block of whole lines of
 * one file. It carries all that the decoder needs, so that blocks of one file can be decoded anywhere, in any order.
 *
 * @param format how the payload is written
 * @param sensor name of the exporter, sensor or resolver it comes from; never empty
 * @param site name of the site the sensor watches; never empty
 * @param source file path or peer address, for people who look for the bytes
 * @param firstLine number of the payload's first line in its file, from 1; 0 for datagrams
 * @param offset position of the payload's first byte in the (uncompressed) source, from 0
 * @param receivedNanos when it was received, nanoseconds since 1970; from an archive, the earliest event time that is still
 *     unread, so that records that tell no time can be filed; 0 when not known
 * @param header what a block of the same file needs to be understood: for Zeek TSV the {@code #} lines in force at its
 *     start, for Zeek JSON the kind of log ({@code conn}); for a datagram the two bytes of the UDP port it was sent from, where
 *     known; may be empty
 * @param payload the bytes
 * @param unreadable records of this block that its reader could not hand over in the payload (longer than the bound,
 *     lost in broken compression); a decoder passes them on
 */
public record RawMessage(
        Format format,
        String sensor,
        String site,
        String source,
        long firstLine,
        long offset,
        long receivedNanos,
        byte[] header,
        byte[] payload,
        List<Rejection> unreadable) {

    public RawMessage {
        unreadable = List.copyOf(unreadable);
    }

    /** The same message, received at another time. */
    public RawMessage receivedAt(long nanos) {
        return new RawMessage(format, sensor, site, source, firstLine, offset, nanos, header, payload, unreadable);
    }
}
