package observatory.jobs.elastic;

/** A request to Elasticsearch as a whole failed, or its process did. The message is one line a person can act on. */
public final class ElasticException extends RuntimeException {

    /** Status of a failure to which no server answered. */
    public static final int NO_ANSWER = 0;

    private final int status;

    ElasticException(int status, String message) {
        super(message);
        this.status = status;
    }

    ElasticException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** HTTP status of the answer, or {@link #NO_ANSWER}. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    public boolean isTransient() {
        return Outcome.isTransient(status);
    }
}
