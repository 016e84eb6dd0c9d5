package observatory.ingest.collect;

import org.jspecify.annotations.Nullable;

/** A collector that cannot be set up: the message says in one line what was found and what to do. */
public final class CollectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message one line for the person who started it */
    public CollectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
