package observatory.jobs.finding.policy;

import java.io.Serializable;
import java.util.Locale;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.rollup.Destination;

/**
 * One sentence of a policy: these devices may, on those affairs, reach only these destinations; or must not reach them.
 *
 * @param id its name, without blanks
 * @param owner who answers for it
 * @param reason why, in one sentence
 * @param fromMillis it holds for contact that begins at or after this time
 * @param untilMillis and before this; milliseconds since 1970
 * @param devices whom it speaks of
 * @param about on what affairs: destinations that are not certainly of this kind are not spoken of
 * @param mode what it says of {@code destinations}
 * @param destinations the set that is allowed or denied
 */
public record Rule(
        String id,
        String owner,
        String reason,
        long fromMillis,
        long untilMillis,
        Devices devices,
        Destinations about,
        Mode mode,
        Destinations destinations)
        implements Serializable {

    /** What a rule says of its destinations. */
    public enum Mode {
        /** Only these. */
        ALLOW,
        /** All but these. */
        DENY;

        /** The name used in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Rule {
        if (id.isBlank() || owner.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a rule has an id, an owner and a reason");
        }
        if (untilMillis <= fromMillis) {
            throw new IllegalArgumentException("rule '" + id + "' ends before it begins");
        }
        if (destinations.isAll()) {
            throw new IllegalArgumentException("rule '" + id + "' names nothing that is allowed or denied");
        }
    }

    /** Whether contact of a device with a destination at a time breaks it. What stays inside the network never does. */
    public Answer isBrokenBy(Device device, Destination to, long timeMillis) {
        boolean speaks = to.placeState() != Place.State.LOCAL
                && timeMillis >= fromMillis
                && timeMillis < untilMillis
                && devices.include(device)
                && about.includeAny(to) == Answer.YES;
        if (!speaks) {
            return Answer.NO;
        }
        return switch (mode) {
            case ALLOW -> destinations.includeAll(to).negated();
            case DENY -> destinations.includeAny(to);
        };
    }

    /** In words: {@code only countries CH, DE}. */
    public String words() {
        return (mode == Mode.ALLOW ? "only " : "not ") + destinations + (about.isAll() ? "" : ", for " + about);
    }
}
