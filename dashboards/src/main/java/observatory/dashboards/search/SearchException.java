package observatory.dashboards.search;

/** A search had no answer; the message is one line for the reader of the page. */
public final class SearchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SearchException(String message, Throwable cause) {
        super(message, cause);
    }
}
