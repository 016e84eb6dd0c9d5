package observatory.dashboards.config;

/** A configuration that cannot be used; the message is one line: file, line, column, what is wrong, what was meant. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConfigurationException(String message) {
        super(message);
    }
}
