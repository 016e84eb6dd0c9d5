package observatory.geo.catalogue;

/** A file of reviewed data, or a data set beside it, cannot be used. The message says what was found, wanted, and to do. */
public final class CatalogueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CatalogueException(String message) {
        super(message);
    }

    public CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }
}
