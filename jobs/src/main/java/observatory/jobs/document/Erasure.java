package observatory.jobs.document;

import java.time.Instant;

/**
 * What stands in the guarded index in place of an erased identity: that it was erased, and nothing else. Its version is
 * above that of every identity, so that one that was on its way, perhaps for days in a checkpoint, cannot come back; a
 * plain deletion is remembered by Elasticsearch for a minute only.
 *
 * @param pseudonym whose identity it was
 * @param millis when it was erased, or the device seen after that, milliseconds since 1970
 */
public record Erasure(String pseudonym, long millis) {
    /** Elasticsearch takes versions below 9.2e18; those of identities are milliseconds, of about 2e12. */
    private static final long ABOVE_ALL = 9_000_000_000_000_000_000L;

    private static final String MARK = "observatory.erased";

    /** This as the document that replaces the identity. */
    public Document document(boolean simulated) {
        Fields fields = new Fields()
                .put("@timestamp", Instant.ofEpochMilli(millis).toString())
                .put("event.dataset", "observatory.identity")
                .put("event.kind", "state")
                .put("device.id", pseudonym)
                .put(MARK, true);
        if (simulated) {
            fields.put("observatory.simulated", true);
        }
        return new Document(Indices.IDENTITIES, pseudonym, ABOVE_ALL + millis, fields.end());
    }
}
