package observatory.jobs.elastic;

/**
 * What became of one document of a bulk request.
 *
 * @param kind what to do next
 * @param status HTTP status of the item; {@link ElasticException#NO_ANSWER} when the request as a whole got none
 * @param reason the server's root cause in one line; empty when stored
 */
public record Outcome(Kind kind, int status, String reason) {

    /** What to do next. */
    public enum Kind {
        /** It is in the index, or a newer state of it is. */
        STORED,
        /** Not now: the server is busy, starting, out of reach. The same document may be stored later. */
        RETRY,
        /** Never: the server will say the same to the same document each time. */
        REFUSED
    }

    static final int CONFLICT = 409;

    static Outcome stored(int status) {
        return new Outcome(Kind.STORED, status, "");
    }

    static Outcome retry(int status, String reason) {
        return new Outcome(Kind.RETRY, status, reason);
    }

    /**
     * Judges an item or a request by its status. A conflict is a success: only versioned documents can conflict, and
     * then with a newer state of themselves.
     */
    static Outcome of(int status, String reason) {
        if (status / 100 == 2 || status == CONFLICT) {
            return stored(status);
        }
        return new Outcome(isTransient(status) ? Kind.RETRY : Kind.REFUSED, status, reason);
    }

    static boolean isTransient(int status) {
        return status == ElasticException.NO_ANSWER || status == 408 || status == 429 || status >= 500;
    }
}
