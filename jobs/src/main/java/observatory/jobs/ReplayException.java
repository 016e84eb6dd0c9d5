package observatory.jobs;

/** A replay that failed for good; the message says why in one line. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a failure comes from in the end, in one line; Flink wraps it several times. */
    static String why(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
