package observatory.dashboards.console;

/**
 * Where the console listens.
 *
 * @param host name or address to bind to; loopback unless the operator decides otherwise
 * @param port TCP port, 0 for any free one
 */
public record ConsoleSettings(String host, int port) {
    /** http://127.0.0.1:8600 */
    public static final ConsoleSettings DEFAULT = new ConsoleSettings("127.0.0.1", 8600);

    public ConsoleSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }
}
