package observatory.geo.party;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a destination is to a phone, before the phone is known: to phones of its own make it is the first party, to all
 * others one and the same.
 *
 * @param maker the maker of phones that runs it; empty when no maker does
 * @param others what it is to phones of other makers
 */
public record Party(String maker, Role others) {
    /** What runs on every network and belongs to nobody's telephony. */
    private static final Set<Service.Purpose> INFRASTRUCTURE = Set.of(
            Service.Purpose.TIME, Service.Purpose.NAMES, Service.Purpose.CERTIFICATES, Service.Purpose.CONNECTIVITY);

    /** What a destination is to a device. */
    public enum Role {
        /** The maker's own. */
        FIRST,
        /** The telephony provider. */
        PROVIDER,
        /** Infrastructure that anybody hires or uses: clouds, content networks, time, names, certificates. */
        SUPPORT,
        /** Somebody else. */
        THIRD,
        /** Not on the Internet: nobody outside is reached. */
        LOCAL,
        /** Cannot be told: who it is, or who made the phone, is not known. */
        UNKNOWN;

        /** The name used in documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A party that makes no phones. */
    public static Party of(Role role) {
        return new Party("", role);
    }

    /**
     * The party that runs a service of the catalogue.
     *
     * @param operator who runs it; null when the catalogue names nobody, and the vendor is then taken for it
     */
    public static Party of(Service service, @Nullable Operator operator) {
        if (operator == null) {
            return new Party(service.vendor(), INFRASTRUCTURE.contains(service.purpose()) ? Role.SUPPORT : Role.THIRD);
        }
        boolean common = operator.role() == Role.THIRD && INFRASTRUCTURE.contains(service.purpose());
        return new Party(operator.maker(), common ? Role.SUPPORT : operator.role());
    }

    /**
     * What it is to a device.
     *
     * @param deviceMaker short name of the device's maker; null when unknown. Where it would decide between first and
     *     third party, nothing is said without it
     */
    public Role to(@Nullable String deviceMaker) {
        if (maker.isEmpty()) {
            return others;
        }
        if (deviceMaker == null) {
            return others == Role.THIRD ? Role.UNKNOWN : others;
        }
        return maker.equalsIgnoreCase(deviceMaker) ? Role.FIRST : others;
    }
}
