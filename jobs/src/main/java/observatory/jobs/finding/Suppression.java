package observatory.jobs.finding;

import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has looked at and does not want to be told of again, until a day. It holds for findings that match all
 * that it names, and names at least one thing.
 *
 * @param id its name, without blanks
 * @param owner who answers for it
 * @param reason why, in one sentence
 * @param expiresMillis findings whose latest event is at or after this time are told again; milliseconds since 1970
 * @param endpoint a domain with all below it, an AS ({@code AS45102}) with all its prefixes, or one AS and prefix; null
 *     for any
 * @param device pseudonym of a device; null for any
 * @param cohort maker, model and firmware; null for any
 * @param kind label of a kind of finding ({@code new-endpoint}); null for any
 */
public record Suppression(
        String id,
        String owner,
        String reason,
        long expiresMillis,
        @Nullable String endpoint,
        @Nullable String device,
        @Nullable String cohort,
        @Nullable String kind)
        implements Serializable {

    public Suppression {
        if (id.isBlank() || owner.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a suppression has an id, an owner and a reason");
        }
        if (endpoint == null && device == null && cohort == null && kind == null) {
            throw new IllegalArgumentException(
                    "suppression '" + id + "' would hold back every finding; name an endpoint, device, cohort or kind");
        }
        endpoint = endpoint == null ? null : normal(endpoint);
    }

    /** Whether it holds for a finding. */
    public boolean covers(About finding) {
        return finding.lastMillis() < expiresMillis
                && (kind == null || kind.equals(finding.kind()))
                && (device == null || device.equals(finding.device()))
                && (cohort == null || cohort.equals(finding.cohort()))
                && (endpoint == null || (finding.endpoint() != null && isWithin(normal(finding.endpoint()), endpoint)));
    }

    /**
     * What a suppression looks at.
     *
     * @param kind label of the finding's kind
     * @param endpoint endpoint; null without one
     * @param device pseudonym of the only device it concerns; null when there is none or it is wider than one
     * @param cohort the only cohort it concerns; null likewise
     * @param lastMillis its latest event, milliseconds since 1970
     */
    public record About(
            String kind,
            @Nullable String endpoint,
            @Nullable String device,
            @Nullable String cohort,
            long lastMillis) {

        /**
         * A finding as its document tells it. A finding wider than one device names the first of its devices, which must
         * not be taken for the only one.
         *
         * @param kind {@code observatory.finding.kind}
         * @param scope {@code observatory.finding.scope}
         * @param endpoint {@code observatory.endpoint}
         * @param device {@code device.id}
         * @param cohort {@code observatory.device.cohort}
         * @param lastMillis {@code event.end}, milliseconds since 1970
         */
        public static About of(
                String kind,
                String scope,
                @Nullable String endpoint,
                @Nullable String device,
                @Nullable String cohort,
                long lastMillis) {
            boolean ofDevice = scope.equals("device");
            return new About(
                    kind,
                    endpoint,
                    ofDevice ? device : null,
                    ofDevice || scope.equals("cohort") ? cohort : null,
                    lastMillis);
        }
    }

    /** A name lies below itself and below its parents, never below what only ends alike; a prefix below its AS. */
    private static boolean isWithin(String endpoint, String covered) {
        return endpoint.equals(covered)
                || endpoint.endsWith("." + covered)
                || (covered.startsWith("as") && endpoint.startsWith(covered + " "));
    }

    private static String normal(String endpoint) {
        String lower = endpoint.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
