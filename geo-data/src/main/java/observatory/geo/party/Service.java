package observatory.geo.party;

import java.util.Locale;

/**
 * What the catalogue knows a destination to be.
 *
 * @param vendor who offers it ({@code Yealink}); {@code unknown} when the catalogue has no entry
 * @param name product or function ({@code RPS}); {@code unknown} likewise
 * @param purpose what a phone does there
 * @param operator who runs it ({@code Yealink Network Technology}), empty when the catalogue does not say
 * @param grade how sure the entry is: A, B, C or D; empty when unknown
 * @param source where the entry was read; empty when unknown
 */
public record Service(String vendor, String name, Purpose purpose, String operator, String grade, String source) {

    /** The catalogue has no entry. */
    public static final Service UNKNOWN = new Service("unknown", "unknown", Purpose.UNKNOWN, "", "", "");

    /** {@code vendor/name}, the key that summaries count by. */
    public String key() {
        return vendor + "/" + name;
    }

    /** What a phone does at a service. */
    public enum Purpose {
        PROVISIONING,
        MANAGEMENT,
        FIRMWARE,
        SIGNALLING,
        MEDIA,
        TIME,
        NAMES,
        TELEMETRY,
        CERTIFICATES,
        DIRECTORY,
        IDENTITY,
        SUPPORT,
        CONNECTIVITY,
        UNKNOWN;

        /** The name used in documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
