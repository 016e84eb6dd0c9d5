package observatory.dashboards.identity;

/** What was asked of identities cannot be done; the message is a sentence for a person. */
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IdentityException(String message) {
        super(message);
    }
}
