package observatory.ingest.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.Observation;

/** Collects what the records of one message became; whoever reads a record calls one of its methods exactly once. */
public final class Outcomes {
    private static final int LONGEST_KIND = 64;

    private final LineCursor cursor;
    private final List<Observation> observations = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();

    public Outcomes(LineCursor cursor) {
        this.cursor = cursor;
    }

    /** The record under the cursor was understood. */
    public void observe(Observation observation) {
        observations.add(observation);
    }

    /** The record under the cursor cannot be used. Half a line at the end of a file is truncated, whatever else it is. */
    public void reject(Reason reason, String detail) {
        boolean isHalf = reason == Reason.MALFORMED && cursor.isCutOff();
        RawMessage message = cursor.message();
        byte[] line = Arrays.copyOfRange(
                message.payload(), cursor.start(), Math.min(cursor.end(), cursor.start() + Rejection.SAMPLE_LIMIT));
        rejections.add(new Rejection(
                message.sensor(),
                message.source(),
                cursor.line(),
                cursor.offset(),
                isHalf ? Reason.TRUNCATED : reason,
                isHalf ? "the file ends in this record: " + detail : detail,
                Rejection.sample(line)));
    }

    /**
     * The record under the cursor is of a kind that we make no use of.
     *
     * @param kind as the sensor calls it; bounded and made safe to print here, since it is the input's own word
     */
    public void rejectUnused(String observerType, String kind) {
        String word = kind.length() > LONGEST_KIND ? kind.substring(0, LONGEST_KIND) : kind;
        reject(Reason.UNUSED_KIND, observerType + ' ' + Rejection.sample(word.getBytes(StandardCharsets.UTF_8)));
    }

    /** All outcomes in input order, together with what the reader of the file had to reject in this block. */
    public Decoded decoded() {
        List<Rejection> unreadable = cursor.message().unreadable();
        if (!unreadable.isEmpty()) {
            rejections.addAll(unreadable);
            rejections.sort(Comparator.comparingLong(Rejection::offset));
        }
        return new Decoded(observations, rejections);
    }
}
