package observatory.jobs.elastic;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where Elasticsearch is and how to get in. Printing it never shows a secret.
 *
 * @param url {@code http://host:port} or {@code https://host:port}, with a path where a proxy wants one
 * @param credentials how to log in
 * @param authority PEM file with the certificates to trust; null: those the JDK trusts
 */
public record ElasticSettings(
        URI url, Credentials credentials, @Nullable String authority) implements Serializable {

    private static final int DEFAULT_PORT = 9200;

    /** @throws IllegalArgumentException in one sentence, when the address cannot be used */
    public ElasticSettings {
        String scheme = url.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw wanted(url.toString(), "it does not start with http:// or https://");
        }
        if (url.getHost() == null) {
            throw wanted(url.toString(), "it names no host");
        }
        if (url.getQuery() != null || url.getFragment() != null) {
            throw wanted(url.toString(), "it has a query");
        }
    }

    /**
     * Reads an address as a person types it; {@code user:password@} in front of the host logs in, a missing port is
     * 9200.
     *
     * @throws IllegalArgumentException in one sentence, when the address cannot be used
     */
    public static ElasticSettings at(String address) {
        URI given = parse(address.strip());
        String user = given.getUserInfo();
        int port = given.getPort() == -1 ? DEFAULT_PORT : given.getPort();
        String path = given.getPath() == null ? "" : given.getPath().replaceAll("/+$", "");
        ElasticSettings open = new ElasticSettings(rebuilt(given, port, path), new Credentials.None(), null);
        if (user == null) {
            return open;
        }
        int colon = user.indexOf(':');
        if (colon < 1) {
            throw wanted("the address", "the part before @ is not user:password");
        }
        return open.withPassword(user.substring(0, colon), user.substring(colon + 1));
    }

    /** The same place, entered as a user. */
    public ElasticSettings withPassword(String user, String password) {
        return new ElasticSettings(url, new Credentials.Password(user, password), authority);
    }

    /** The same place, entered with an API key as Elasticsearch prints it under {@code encoded}. */
    public ElasticSettings withApiKey(String encoded) {
        return new ElasticSettings(url, new Credentials.ApiKey(encoded), authority);
    }

    /** The same place, trusting the certificates of a PEM file. */
    public ElasticSettings withAuthority(Path pem) {
        return new ElasticSettings(url, credentials, pem.toString());
    }

    private static URI parse(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw wanted(withoutSecret(address), "it is not an address (" + e.getReason() + ")");
        }
    }

    private static URI rebuilt(URI given, int port, String path) {
        if (given.getScheme() == null || given.getHost() == null) {
            return new ElasticSettings(given, new Credentials.None(), null).url();
        }
        try {
            return new URI(given.getScheme(), null, given.getHost(), port, path, given.getQuery(), given.getFragment());
        } catch (URISyntaxException e) {
            throw wanted(withoutSecret(given.toString()), "it is not an address (" + e.getReason() + ")");
        }
    }

    private static String withoutSecret(String address) {
        return address.replaceAll("//.*@", "//...@");
    }

    private static IllegalArgumentException wanted(String found, String why) {
        return new IllegalArgumentException("Elasticsearch address " + withoutSecret(found) + " cannot be used: " + why
                + "; wanted something like http://127.0.0.1:9200");
    }

    /** How to log in. */
    public sealed interface Credentials extends Serializable {

        /** Value of the Authorization header; null: none is sent. */
        @Nullable
        String header();

        /** Nothing is asked for. */
        record None() implements Credentials {
            @Override
            public @Nullable String header() {
                return null;
            }
        }

        /** A user of a realm. */
        record Password(String user, String password) implements Credentials {
            @Override
            public String header() {
                byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
                return "Basic " + Base64.getEncoder().encodeToString(pair);
            }

            @Override
            public String toString() {
                return "user " + user;
            }
        }

        /** An API key, encoded as Elasticsearch hands it out. */
        record ApiKey(String encoded) implements Credentials {
            @Override
            public String header() {
                return "ApiKey " + encoded;
            }

            @Override
            public String toString() {
                return "API key";
            }
        }
    }
}
