package observatory.jobs.attribute;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.ingest.observation.DeviceSighting;
import org.jspecify.annotations.Nullable;

/**
 * A device as known at one moment. Raw identity: it never passes the document step.
 *
 * @param key what the device is told apart by: its MAC where one is known, else site and address
 * @param site site it was seen at
 * @param address its address at that moment, as text
 * @param mac {@code 00-15-65-AA-BB-CC}; null when no lease or frame told it
 * @param hostName host name it gave itself
 * @param maker by what it says of itself or the OUI of its MAC; null when unknown
 * @param model by vendor class; null when unknown
 * @param firmware likewise
 * @param group its group, by the inventory; null when it is not listed
 * @param owner whose it is, likewise
 * @param firstSeenMillis first event of this key at this address, milliseconds since 1970
 */
public record Device(
        String key,
        String site,
        String address,
        @Nullable String mac,
        @Nullable String hostName,
        @Nullable String maker,
        @Nullable String model,
        @Nullable String firmware,
        @Nullable String group,
        @Nullable String owner,
        long firstSeenMillis) {

    /** A device of which only site and address are known. */
    public static Device ofAddress(String site, String address, long firstSeenMillis) {
        return new Device(
                site + "|" + address, site, address, null, null, null, null, null, null, null, firstSeenMillis);
    }

    /** Devices of one maker, model and firmware; empty when the model is not known, since then nothing is alike. */
    public String cohort() {
        return model == null
                ? ""
                : Stream.of(maker, model, firmware).filter(Objects::nonNull).collect(Collectors.joining(" "));
    }

    /**
     * This device after a sighting at its address. Another MAC at the same address is another device, first seen now; an
     * address that was given back is nobody's that we know.
     *
     * <p>What it says of its maker itself is better than the OUI of its MAC, which may be the factory's.
     */
    public Device sighted(DeviceSighting sighting, Makers makers) {
        long now = Math.floorDiv(sighting.timeNanos(), 1_000_000L);
        if (sighting.leaseSeconds() == 0) {
            return ofAddress(site, address, now);
        }
        boolean same = sighting.mac() == null || sighting.mac().equals(mac);
        VendorClass told = VendorClass.parse(sighting.vendorClass(), makers);
        String said = first(said(sighting, makers), told.maker());
        String oui = sighting.mac() == null ? null : makers.makerOf(sighting.mac());
        String newMac = sighting.mac() == null ? mac : sighting.mac();
        return new Device(
                newMac == null ? key : newMac,
                site,
                address,
                newMac,
                first(sighting.hostName(), same ? hostName : null),
                first(first(said, same ? maker : null), oui),
                first(first(sighting.model(), told.model()), same ? model : null),
                first(first(sighting.firmware(), told.firmware()), same ? firmware : null),
                first(sighting.group(), same ? group : null),
                first(sighting.owner(), same ? owner : null),
                same ? firstSeenMillis : now);
    }

    private static @Nullable String said(DeviceSighting sighting, Makers makers) {
        String word = sighting.maker();
        return word == null ? null : first(makers.makerNamed(word), word);
    }

    /** This device with what the inventory adds: what the device says of itself is newer than the list. */
    Device listed(Inventory.@Nullable Entry entry) {
        if (entry == null) {
            return this;
        }
        return new Device(
                key,
                site,
                address,
                mac,
                first(hostName, entry.hostName()),
                maker,
                first(model, entry.model()),
                first(firmware, entry.firmware()),
                first(entry.group(), group),
                first(entry.owner(), owner),
                firstSeenMillis);
    }

    private static @Nullable String first(@Nullable String preferred, @Nullable String otherwise) {
        return preferred == null ? otherwise : preferred;
    }
}
