package observatory.dashboards.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import observatory.dashboards.config.ConfigurationException;
import observatory.dashboards.console.ConsoleException;
import observatory.dashboards.local.KafkaException;
import observatory.geo.catalogue.CatalogueException;
import observatory.ingest.archive.ArchiveException;
import observatory.ingest.collect.CollectException;
import observatory.jobs.ReplayException;
import observatory.jobs.elastic.ElasticException;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told about a failure, and how the process ends.
 *
 * @param exitCode 1 when work failed, 2 when the call was wrong
 * @param message one line, no line breaks
 * @param expected whether the cause is one that belongs to life (a full disk), not a fault of the program
 */
record FailureLine(int exitCode, String message, boolean expected) {
    /** A chain of causes is followed this far; it could be a ring. */
    private static final int DEEPEST_CAUSE = 20;

    private static final List<String> DISK_FULL = List.of("no space left on device", "disk quota exceeded");

    FailureLine {
        message = message.replaceAll("\\s*\\R\\s*", "; ").strip();
    }

    /** Looks through the chain of causes for the first that has words of its own. */
    static FailureLine of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            FailureLine line = known(cause);
            if (line != null) {
                return line;
            }
            cause = cause.getCause();
        }
        return new FailureLine(CommandFailure.FAILED, words(failure), false);
    }

    private static @Nullable FailureLine known(Throwable cause) {
        return switch (cause) {
            case CommandFailure failure -> new FailureLine(failure.exitCode(), words(failure), true);
            case NoSuchFileException e -> wrongPath("no such file or folder: " + e.getFile());
            case NotDirectoryException e -> wrongPath("not a folder: " + e.getFile());
            case FileAlreadyExistsException e -> wrongPath(alreadyThere(e));
            case AccessDeniedException e -> wrongPath("no permission for " + e.getFile());
            case FileNotFoundException e -> wrongPath("cannot open " + e.getMessage());
            case CatalogueException e -> failed(words(e));
            case ReplayException e -> failed(words(e));
            case ArchiveException e -> wrongPath(words(e));
            case ElasticException e -> failed(words(e));
            case ConsoleException e -> failed(words(e));
            case CollectException e -> failed(words(e));
            case KafkaException e -> failed(words(e));
            case ConfigurationException e -> wrongPath(words(e));
            case BindException e -> failed("the port is busy or not allowed: " + words(e));
            case UnknownHostException e -> failed("no such host: " + e.getMessage());
            case ConnectException e -> failed("nothing answers there: " + words(e));
            case HttpTimeoutException e -> failed("no answer in time: " + words(e));
            case SocketTimeoutException e -> failed("no answer in time: " + words(e));
            case OutOfMemoryError e ->
                failed("out of memory (" + words(e) + "); give more with OBSERVATORY_JAVA_OPTS=-Xmx4g");
            case IOException e
            when isDiskFull(e) ->
                failed("the disk is full" + (e instanceof FileSystemException f ? ": " + f.getFile() : ""));
            default -> null;
        };
    }

    private static String alreadyThere(FileAlreadyExistsException e) {
        String reason = e.getReason();
        return e.getFile() + ": " + (reason == null ? "is there already" : reason);
    }

    private static FailureLine wrongPath(String message) {
        return new FailureLine(CommandFailure.USAGE, message, true);
    }

    private static FailureLine failed(String message) {
        return new FailureLine(CommandFailure.FAILED, message, true);
    }

    private static boolean isDiskFull(IOException e) {
        String message = words(e).toLowerCase(Locale.ROOT);
        return DISK_FULL.stream().anyMatch(message::contains);
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
