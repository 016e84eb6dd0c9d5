package observatory.geo.place;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an address answers, with its doubt.
 *
 * @param state whether the evidence agrees
 * @param countries ISO 3166-1 alpha-2 codes, sorted: one when agreed; all candidates when disputed, which may be one where
 *     the network's databases are known to disagree or the name speaks of another area; none when anycast, unknown or local
 * @param step the step that decided
 * @param region region name in the words of the provider ({@code eu-central-1}); null when no step gave one
 * @param votes what each source said, in fixed order
 */
public record Place(
        State state,
        List<String> countries,
        Step step,
        @Nullable String region,
        List<Vote> votes) {
    public Place {
        countries = List.copyOf(countries);
        votes = List.copyOf(votes);
    }

    /** Whether a country may be named. */
    public enum State {
        /** The evidence names one country. */
        AGREED,
        /** The evidence names several, or its hosts are known for disagreeing databases. */
        DISPUTED,
        /** One address answers from many places (anycast, CDN). */
        ANYCAST,
        /** There is no evidence. */
        UNKNOWN,
        /** Not a place on the Internet: private, link-local, multicast. */
        LOCAL;

        /** The name used in counters and documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The deciding step, strongest evidence first. */
    public enum Step {
        /** A region in the DNS or CNAME name. */
        NAME_REGION,
        /** A provider's published range with a region. */
        PROVIDER_RANGE,
        /** Two independent databases agree. */
        TWO_DATABASES,
        /** Only one database knows the address. */
        ONE_DATABASE,
        /** Several sources, several answers; or one answer that cannot be relied on. */
        NO_AGREEMENT,
        /** The network or provider is known to answer from everywhere. */
        ANYCAST_NETWORK,
        /** The kind of address decides: private, multicast, reserved. */
        ADDRESS_KIND,
        /** Nothing decided. */
        NOTHING;

        /** The name used in documents: {@code two_databases}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One source's answer.
     *
     * @param source {@code dbip}, {@code geo-whois}, {@code name}, {@code aws}, ...
     * @param country ISO 3166-1 alpha-2
     */
    public record Vote(String source, String country) {}
}
