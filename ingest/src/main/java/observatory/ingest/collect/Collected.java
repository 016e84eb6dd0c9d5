package observatory.ingest.collect;

import observatory.ingest.decode.RawMessage;

/**
 * A raw message as it came through Kafka.
 *
 * @param message the message
 * @param stream names the one writing of a file (or connection) that the message is a piece of: equal for all its pieces,
 *     different after a rotation; empty where a message cannot come twice. See {@link Repeats}
 */
public record Collected(RawMessage message, String stream) {}
