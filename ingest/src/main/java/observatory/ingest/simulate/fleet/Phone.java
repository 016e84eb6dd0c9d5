package observatory.ingest.simulate.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One simulated phone and what is going to happen to it.
 *
 * @param index position in the fleet, from 0
 * @param site where it stands
 * @param model what it is
 * @param mac {@code 80-5E-C0-00-00-01}
 * @param hostName name it gives itself
 * @param managed whether the maker's cloud manages it
 * @param addresses its addresses, oldest first; a new one begins with a boot
 * @param firmware its versions, oldest first; a new one begins with a boot
 * @param resolvers whom it asks for names, oldest first
 * @param boots when it boots, microseconds since 1970, ascending; never empty
 * @param update download of a new firmware; null when it never updates
 * @param probe when it probes its LAN; null when it never does
 * @param collects whether its next firmware collects for {@link Plants#COLLECTOR}
 */
public record Phone(
        int index,
        Site site,
        PhoneModel model,
        String mac,
        String hostName,
        boolean managed,
        List<Version> addresses,
        List<Version> firmware,
        List<Version> resolvers,
        List<Long> boots,
        @Nullable Long update,
        @Nullable Long probe,
        boolean collects) {

    public Phone {
        addresses = List.copyOf(addresses);
        firmware = List.copyOf(firmware);
        resolvers = List.copyOf(resolvers);
        boots = List.copyOf(boots);
    }

    public String addressAt(long time) {
        return valueAt(addresses, time);
    }

    public String firmwareAt(long time) {
        return valueAt(firmware, time);
    }

    public String resolverAt(long time) {
        return valueAt(resolvers, time);
    }

    /** The first boot after a time; {@link Long#MAX_VALUE} when there is none. */
    public long nextBoot(long time) {
        for (long boot : boots) {
            if (boot > time) {
                return boot;
            }
        }
        return Long.MAX_VALUE;
    }

    /** What its DHCP option 60 says: {@code Yealink SIP-T46U 108.86.0.45}. */
    public String vendorClassAt(long time) {
        return model.product() + " " + firmwareAt(time);
    }

    private static String valueAt(List<Version> versions, long time) {
        String value = versions.getFirst().value();
        for (Version version : versions) {
            if (version.from() <= time) {
                value = version.value();
            }
        }
        return value;
    }
}
