package observatory.ingest.netflow;

import java.io.Serializable;
import java.time.Duration;

/**
 * How patient and how trusting a session is.
 *
 * @param hold how long data wait for their template, by the time of receipt; routers send theirs every 20 to 30 minutes
 * @param maximumSkew by how much an exporter's clock may differ from the time of receipt; beyond it, the time of receipt
 *     stands in, and the flows say so
 */
public record SessionSettings(Duration hold, Duration maximumSkew) implements Serializable {
    /** For datagrams that were just received. */
    public static final SessionSettings LIVE = new SessionSettings(Duration.ofMinutes(30), Duration.ofMinutes(10));

    /**
     * For archives: the exporter's clock is believed whatever the capture says, since captures get rewritten, merged and
     * stamped anew.
     */
    public static final SessionSettings ARCHIVE = new SessionSettings(Duration.ofMinutes(30), Duration.ofDays(36_500));

    public SessionSettings {
        if (hold.isNegative() || maximumSkew.isNegative()) {
            throw new IllegalArgumentException(
                    "neither hold (" + hold + ") nor skew (" + maximumSkew + ") is negative");
        }
    }
}
