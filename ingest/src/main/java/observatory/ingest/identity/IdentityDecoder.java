package observatory.ingest.identity;

import java.nio.charset.StandardCharsets;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.text.LineCursor;
import observatory.ingest.text.Outcomes;
import observatory.ingest.text.Slice;
import observatory.ingest.text.WallClock;
import org.jspecify.annotations.Nullable;

/** What decoders of leases and inventories share: they are read line by line, and seldom, so text is fine. */
abstract class IdentityDecoder implements Decoder {
    /** Longer names, models and owners are cut: they are a person's to read. */
    private static final int LONGEST_TEXT = 256;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** The end of 2261, where 64 bits of nanoseconds end. */
    private static final long LARGEST_SECOND = 9_214_646_400L;

    private final String observerType;

    IdentityDecoder(Format format) {
        this.observerType = format.observerType();
    }

    /** One message while it is decoded. */
    record Reading(RawMessage message, WallClock clock, LineCursor cursor, Outcomes outcomes) {
        byte[] bytes() {
            return message.payload();
        }

        String text() {
            return new String(bytes(), cursor.start(), cursor.end() - cursor.start(), StandardCharsets.UTF_8).strip();
        }
    }

    @Override
    public final Decoded decode(RawMessage message) {
        LineCursor cursor = new LineCursor(message);
        Outcomes outcomes = new Outcomes(cursor);
        Reading reading = new Reading(message, WallClock.of(message), cursor, outcomes);
        begin(message);
        while (cursor.next()) {
            if (!cursor.isBlank()) {
                line(reading);
            }
        }
        end(reading);
        return outcomes.decoded();
    }

    void begin(RawMessage message) {}

    abstract void line(Reading reading);

    void end(Reading reading) {}

    final void unused(Reading reading, String kind) {
        reading.outcomes().rejectUnused(observerType, kind);
    }

    static void rejectValue(Reading reading, String field, String found, String wanted) {
        String text = found.length() > 60 ? found.substring(0, 60) + "..." : found;
        String safe = Rejection.sample(text.getBytes(StandardCharsets.UTF_8));
        reading.outcomes().reject(Reason.BAD_VALUE, field + ": found '" + safe + "', wanted " + wanted);
    }

    /** A line of an inventory is as old as its file; null, after a rejection, when that is not known. */
    static @Nullable Long fileTime(Reading reading) {
        long nanos = reading.clock().referenceNanos();
        if (nanos == Slice.INVALID) {
            reading.outcomes().reject(Reason.MISSING_FIELD, "nothing tells when this was written");
            return null;
        }
        return nanos;
    }

    /** Seconds since 1970 as nanoseconds; {@link Slice#INVALID} beyond what nanoseconds can say. */
    static long nanosOfSeconds(long seconds) {
        return seconds < 0 || seconds > LARGEST_SECOND ? Slice.INVALID : seconds * NANOS_PER_SECOND;
    }

    final void observe(
            Reading reading,
            long timeNanos,
            @Nullable IpAddress address,
            @Nullable String mac,
            @Nullable String hostName,
            @Nullable String vendorClass,
            long leaseSeconds) {
        reading.outcomes()
                .observe(DeviceSighting.lease(
                        reading.message().sensor(),
                        reading.message().site(),
                        observerType,
                        timeNanos,
                        address,
                        mac,
                        bounded(hostName),
                        bounded(vendorClass),
                        leaseSeconds));
    }

    final String observerType() {
        return observerType;
    }

    /** Null for what says nothing: empty text, and the marks that files put in its place. */
    static @Nullable String bounded(@Nullable String text) {
        if (text == null || text.isEmpty() || text.equals("*") || text.equals("-")) {
            return null;
        }
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
