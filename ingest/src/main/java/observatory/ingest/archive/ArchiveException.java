package observatory.ingest.archive;

/**
 * A path that cannot be read as logs. The message is one line for a person: the path, what was found, what was wanted.
 * Bad records inside a file never raise it; those are rejections.
 */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArchiveException(String message) {
        super(message);
    }

    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
