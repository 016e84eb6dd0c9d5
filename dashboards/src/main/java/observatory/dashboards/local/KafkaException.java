package observatory.dashboards.local;

import org.jspecify.annotations.Nullable;

/** A Kafka of our own that cannot be started; the message says why in one line. */
public final class KafkaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    KafkaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
