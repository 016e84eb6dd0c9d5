package observatory.dashboards.cli;

/** A failure that has been understood: its message is the one line a person sees. */
final class CommandFailure extends RuntimeException {
    /** The command did its work and found something, or could not do it. */
    static final int FAILED = 1;

    /** The command was called with something it cannot work on. */
    static final int USAGE = 2;

    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What was asked for cannot be: a path that is not there, a name that is no address. */
    static CommandFailure usage(String message) {
        return new CommandFailure(USAGE, message);
    }

    /** The work was begun and could not be done, or it found what it was to look for. */
    static CommandFailure failed(String message) {
        return new CommandFailure(FAILED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
