package observatory.jobs.elastic;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Says in one sentence why no answer came, and what to do. */
final class Unreachable {

    private Unreachable() {}

    static String sentence(URI url, Throwable failure) {
        // Bound: a chain of causes may be a circle.
        Throwable cause = failure;
        for (int depth = 0; depth < 20 && cause != null; depth++) {
            if (cause instanceof UnknownHostException) {
                return "No host is called " + url.getHost() + " (" + url + ").";
            }
            if (cause instanceof SSLException) {
                return url + " cannot be trusted or does not speak TLS (" + cause.getMessage()
                        + "). Give the file with its authority's certificate.";
            }
            if (cause instanceof SocketTimeoutException
                    || cause.getClass().getSimpleName().contains("Timeout")) {
                return url + " did not answer in time.";
            }
            if (cause instanceof ConnectException) {
                return "Nothing listens at " + url + " (connection refused). Is Elasticsearch running there?";
            }
            cause = cause.getCause();
        }
        return url + " broke the connection (" + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                + ").";
    }
}
