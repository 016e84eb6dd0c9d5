package observatory.ingest.dnstap;

import java.util.Locale;
import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one dnstap message that we use, read from its protobuf encoding (dnstap.pb.proto of github.com/dnstap);
 * fields that are not known are passed over, as protobuf demands. Never throws; used again for every message.
 *
 * <pre>
 * Dnstap   14 message   15 type (1 = MESSAGE)
 * Message   1 type   3 socket_protocol   4 query_address   5 response_address   6 query_port   7 response_port
 *           8 query_time_sec   9 query_time_nsec   10 query_message
 *          12 response_time_sec   13 response_time_nsec   14 response_message
 * </pre>
 */
final class DnstapMessage {
    /** Fields of one message; the real ones have 15. Stops a frame of a hundred thousand empty fields. */
    private static final int FIELD_LIMIT = 1024;

    private static final int LONGEST_VARINT = 10;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private static final String[] TYPES = {
        "unknown", "auth-query", "auth-response", "resolver-query", "resolver-response", "client-query",
        "client-response", "forwarder-query", "forwarder-response", "stub-query", "stub-response", "tool-query",
        "tool-response", "update-query", "update-response"
    };

    private byte[] bytes = new byte[0];
    private int at;
    private boolean isBroken;

    private int messageStart;
    private int messageEnd;
    int type;
    int socketProtocol;

    @Nullable
    IpAddress queryAddress;

    @Nullable
    IpAddress responseAddress;

    boolean hasBadAddress;
    long queryPort;
    long responsePort;
    long querySeconds;
    long queryNanos;
    long responseSeconds;
    long responseNanos;
    int queryStart;
    int queryEnd;
    int responseStart;
    int responseEnd;

    /** Reads {@code frame[from, to)}; false when it is no protobuf, or no dnstap message. */
    boolean read(byte[] frame, int from, int to) {
        bytes = frame;
        clear();
        at = from;
        for (int fields = 0; at < to && !isBroken; fields++) {
            isBroken |= fields >= FIELD_LIMIT;
            readEnvelope(to);
        }
        if (isBroken || messageStart < 0) {
            return false;
        }
        at = messageStart;
        for (int fields = 0; at < messageEnd && !isBroken; fields++) {
            isBroken |= fields >= FIELD_LIMIT;
            readField(messageEnd);
        }
        return !isBroken;
    }

    /** {@code client-query}, {@code resolver-response}, ... */
    String typeName() {
        return type > 0 && type < TYPES.length ? TYPES[type] : String.format(Locale.ROOT, "type-%d", type);
    }

    private void clear() {
        isBroken = false;
        messageStart = -1;
        messageEnd = -1;
        type = 0;
        socketProtocol = 0;
        queryAddress = null;
        responseAddress = null;
        hasBadAddress = false;
        queryPort = -1;
        responsePort = -1;
        querySeconds = -1;
        queryNanos = 0;
        responseSeconds = -1;
        responseNanos = 0;
        queryStart = -1;
        queryEnd = -1;
        responseStart = -1;
        responseEnd = -1;
    }

    private void readEnvelope(int limit) {
        long key = varint(limit);
        if (key == (14 << 3 | LENGTH_DELIMITED)) {
            int length = length(limit);
            messageStart = at;
            messageEnd = at + length;
            at = messageEnd;
        } else {
            skip(key, limit);
        }
    }

    private void readField(int limit) {
        long key = varint(limit);
        int wire = (int) (key & 7);
        int field = key >>> 3 > 15 ? 0 : (int) (key >>> 3);
        if (wire == VARINT) {
            long value = varint(limit);
            switch (field) {
                case 1 -> type = small(value);
                case 3 -> socketProtocol = small(value);
                case 6 -> queryPort = value;
                case 7 -> responsePort = value;
                case 8 -> querySeconds = value;
                case 12 -> responseSeconds = value;
                default -> {}
            }
        } else if (wire == FIXED32) {
            long value = fixed32(limit);
            if (field == 9) {
                queryNanos = value;
            } else if (field == 13) {
                responseNanos = value;
            }
        } else if (wire == LENGTH_DELIMITED) {
            int length = length(limit);
            readBytes(field, at, at + length);
            at += length;
        } else {
            skip(key, limit);
        }
    }

    private void readBytes(int field, int from, int to) {
        switch (field) {
            case 4 -> queryAddress = address(from, to);
            case 5 -> responseAddress = address(from, to);
            case 10 -> {
                queryStart = from;
                queryEnd = to;
            }
            case 14 -> {
                responseStart = from;
                responseEnd = to;
            }
            default -> {}
        }
    }

    private @Nullable IpAddress address(int from, int to) {
        IpAddress address = to - from > 16 ? null : IpAddress.ofBytes(java.util.Arrays.copyOfRange(bytes, from, to));
        hasBadAddress |= address == null;
        return address;
    }

    private static int small(long value) {
        return value < 0 || value > 255 ? 0 : (int) value;
    }

    private void skip(long key, int limit) {
        switch ((int) (key & 7)) {
            case VARINT -> varint(limit);
            case FIXED64 -> advance(8, limit);
            case LENGTH_DELIMITED -> {
                int length = length(limit);
                at += length;
            }
            case FIXED32 -> advance(4, limit);
            // Groups were taken out of protobuf before dnstap was made.
            default -> isBroken = true;
        }
    }

    private long fixed32(int limit) {
        if (!advance(4, limit)) {
            return 0;
        }
        // Little-endian, unlike all else on the wire.
        return (bytes[at - 4] & 0xffL)
                | (bytes[at - 3] & 0xffL) << 8
                | (bytes[at - 2] & 0xffL) << 16
                | (bytes[at - 1] & 0xffL) << 24;
    }

    private boolean advance(int count, int limit) {
        if (at + count > limit) {
            isBroken = true;
            at = limit;
            return false;
        }
        at += count;
        return true;
    }

    /** A length that fits what is left; 0 when it does not. */
    private int length(int limit) {
        long length = varint(limit);
        if (length < 0 || length > limit - at) {
            isBroken = true;
            return 0;
        }
        return (int) length;
    }

    private long varint(int limit) {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            if (at >= limit) {
                break;
            }
            byte b = bytes[at++];
            value |= (b & 0x7fL) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        isBroken = true;
        at = limit;
        return 0;
    }
}
