package observatory.ingest.decode;

import java.util.List;
import observatory.ingest.observation.Observation;

/**
 * The outcome of decoding one message. Every record is in exactly one of the lists.
 *
 * @param observations what was understood, in input order
 * @param rejections what was not, with reason and position, in input order
 */
public record Decoded(List<Observation> observations, List<Rejection> rejections) {

    /** Number of records that the message held. */
    public int records() {
        return observations.size() + rejections.size();
    }
}
