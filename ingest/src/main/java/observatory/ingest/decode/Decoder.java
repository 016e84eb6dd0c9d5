package observatory.ingest.decode;

import java.util.List;

/**
 * Turns one raw message into observations and rejections. A decoder never throws on bad input, keeps no state between
 * messages unless its package says so, and accounts for every record: each ends as one observation or one rejection.
 */
public interface Decoder {
    /** Decodes all records of the message, in their order. */
    Decoded decode(RawMessage message);

    /** What was held back and can no longer be decided, once the input has ended; empty where nothing is held. */
    default List<Rejection> end() {
        return List.of();
    }
}
