package observatory.dashboards.console;

/** The console could not start; the message is one line for the person who started it. */
public final class ConsoleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConsoleException(String message, Throwable cause) {
        super(message, cause);
    }
}
