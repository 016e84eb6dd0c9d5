package observatory.jobs.finding;

import java.util.List;
import java.util.Locale;
import observatory.jobs.attribute.Device;
import observatory.jobs.rollup.Destination;
import org.jspecify.annotations.Nullable;

/**
 * Something an analyst should look at, as known so far. It evolves instead of repeating: findings of the same kind and
 * cause are states of one finding, and the one with the later {@code lastMillis} or greater {@code count} holds.
 *
 * @param kind what kind of thing
 * @param cause what it is about, stable over time: the id of its document is made of kind and cause
 * @param scope how wide it is: {@code fleet}, {@code site}, {@code cohort}, {@code device}, {@code sensor}
 * @param severity how much it matters
 * @param reason why the severity is what it is, in one sentence
 * @param facts what was seen, in sentences without raw identities
 * @param missing input that would have been needed to be surer; empty when nothing was missing
 * @param firstMillis first event, milliseconds since 1970
 * @param lastMillis latest event
 * @param count number of events
 * @param devices number of devices
 * @param bytesOut bytes from devices
 * @param bytesIn bytes to devices
 * @param site site, where it concerns one
 * @param sensor sensor, where it concerns one
 * @param device device, where it concerns one, or the first of several
 * @param destination other end, where there is one
 */
public record Finding(
        Kind kind,
        String cause,
        String scope,
        Severity severity,
        String reason,
        List<String> facts,
        List<String> missing,
        long firstMillis,
        long lastMillis,
        long count,
        long devices,
        long bytesOut,
        long bytesIn,
        @Nullable String site,
        @Nullable String sensor,
        @Nullable Device device,
        @Nullable Destination destination) {

    public Finding {
        facts = List.copyOf(facts);
        missing = List.copyOf(missing);
    }

    /** What can be found. */
    public enum Kind {
        /** First contact of a scope with an endpoint. */
        NEW_ENDPOINT,
        /** DNS to a resolver that is not the site's. */
        FOREIGN_RESOLVER,
        /** A device contacts many internal hosts or ports. */
        LAN_PROBE,
        /** A sensor that delivered stopped delivering. */
        SENSOR_SILENT;

        /** The name used in documents and summaries: {@code new-endpoint}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How much it matters. */
    public enum Severity {
        LOW(21),
        MEDIUM(47),
        HIGH(73);

        private final int score;

        Severity(int score) {
            this.score = score;
        }

        /** Value of {@code event.severity}, 0 to 100. */
        public int score() {
            return score;
        }

        /** The name used in documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
