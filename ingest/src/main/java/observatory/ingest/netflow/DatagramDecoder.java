package observatory.ingest.netflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;

/**
 * Decodes datagrams of NetFlow, IPFIX and sFlow in any mix, with a session for each exporter ({@link RawMessage#sensor}).
 * Unlike other decoders it remembers: give it the datagrams of an exporter in their order, and call {@link #end}.
 */
public final class DatagramDecoder implements Decoder {
    /** Against datagrams under ever new names: the session silent longest is given up. */
    public static final int MOST_EXPORTERS = 4_096;

    private final SessionSettings settings;
    private final Map<String, ExporterSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    public DatagramDecoder(SessionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Decoded decode(RawMessage message) {
        ExporterSession session = sessions.get(message.sensor());
        List<Rejection> givenUp = List.of();
        if (session == null) {
            session = new ExporterSession(settings);
            sessions.put(message.sensor(), session);
            givenUp = giveUpEldest();
        }
        List<Rejection> expired = message.receivedNanos() > 0 ? session.expire(message.receivedNanos()) : List.of();
        Decoded decoded = session.decode(message);
        if (expired.isEmpty() && givenUp.isEmpty()) {
            return decoded;
        }
        List<Rejection> rejections = new ArrayList<>(givenUp);
        rejections.addAll(expired);
        rejections.addAll(decoded.rejections());
        return new Decoded(decoded.observations(), rejections);
    }

    @Override
    public List<Rejection> end() {
        List<Rejection> rest = new ArrayList<>();
        sessions.values().forEach(session -> rest.addAll(session.giveUp()));
        return rest;
    }

    private List<Rejection> giveUpEldest() {
        if (sessions.size() <= MOST_EXPORTERS) {
            return List.of();
        }
        String eldest = sessions.keySet().iterator().next();
        ExporterSession session = sessions.remove(eldest);
        return session == null ? List.of() : session.giveUp();
    }
}
