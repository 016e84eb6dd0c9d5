package observatory.jobs;

/** A replay that failed for good; the message says why in one line. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
