package observatory.jobs.elastic;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far the writes of one shard are. Elasticsearch numbers them, and keeps for a while what they replaced.
 *
 * @param latest number of the latest write; -1 before the first
 * @param kept what writes of this number and later left behind is kept
 */
public record Writes(long latest, long kept) {

    static Writes of(JsonNode copy) {
        long kept = Long.MAX_VALUE;
        for (JsonNode lease : copy.path("retention_leases").path("leases")) {
            kept = Math.min(kept, lease.path("retaining_seq_no").asLong());
        }
        return new Writes(copy.path("seq_no").path("max_seq_no").asLong(-1), kept);
    }

    Writes plus(Writes other) {
        return new Writes(Math.max(latest, other.latest), Math.min(kept, other.kept));
    }
}
