package observatory.jobs.exporter;

import java.util.List;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.ExporterSession;
import observatory.ingest.netflow.SessionSettings;

/**
 * One exporter of datagrams, as keyed state: its session, and how to file what the session gives up when no datagram is at
 * hand. Changes with every datagram; {@link ExporterSerializer} keeps what a checkpoint holds apart from what goes on.
 */
public final class Exporter {
    private final SessionSettings settings;
    private final ExporterSession session;
    private RawMessage last;

    /**
     * An exporter from which nothing was decoded yet.
     *
     * @param first its first datagram
     */
    public Exporter(SessionSettings settings, RawMessage first) {
        this(settings, new ExporterSession(settings), withoutPayload(first));
    }

    Exporter(SessionSettings settings, ExporterSession session, RawMessage last) {
        this.settings = settings;
        this.session = session;
        this.last = last;
    }

    /** The session. */
    public ExporterSession session() {
        return session;
    }

    /** The datagram that came last, without its bytes: whom rejections are filed under. */
    public RawMessage last() {
        return last;
    }

    /** Notes the datagram that is about to be decoded. */
    public void hears(RawMessage datagram) {
        last = withoutPayload(datagram);
    }

    SessionSettings settings() {
        return settings;
    }

    private static RawMessage withoutPayload(RawMessage message) {
        return new RawMessage(
                message.format(),
                message.sensor(),
                message.site(),
                message.source(),
                0,
                0,
                message.receivedNanos(),
                new byte[0],
                new byte[0],
                List.of());
    }
}
