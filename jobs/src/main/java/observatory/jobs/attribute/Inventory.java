package observatory.jobs.attribute;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import observatory.ingest.observation.DeviceSighting;
import org.jspecify.annotations.Nullable;

/**
 * What the operator's own list says of the devices, by MAC.
 *
 * @param entries MAC ({@code 00-15-65-AA-BB-CC}) to what is listed
 */
public record Inventory(Map<String, Entry> entries) implements Serializable {
    /** No list was given. */
    public static final Inventory NONE = new Inventory(Map.of());

    public Inventory {
        entries = Map.copyOf(entries);
    }

    /**
     * The inventory that sightings make which name a MAC; of several of one MAC the last counts. Those without a MAC go
     * with their address, like a lease, and are not listed here.
     */
    public static Inventory of(List<DeviceSighting> rows) {
        Map<String, Entry> entries = new HashMap<>();
        for (DeviceSighting row : rows) {
            String mac = row.mac();
            if (mac != null) {
                entries.put(mac, new Entry(row.hostName(), row.model(), row.firmware(), row.group(), row.owner()));
            }
        }
        return new Inventory(entries);
    }

    /** What is listed of a MAC; null when nothing is. */
    @Nullable
    Entry of(@Nullable String mac) {
        return mac == null ? null : entries.get(mac);
    }

    /**
     * One listed device. What a column did not hold is null.
     *
     * @param hostName its name
     * @param model its model
     * @param firmware its firmware when it was listed; what the device says itself is newer
     * @param group its group, which policies speak of
     * @param owner whose it is
     */
    public record Entry(
            @Nullable String hostName,
            @Nullable String model,
            @Nullable String firmware,
            @Nullable String group,
            @Nullable String owner)
            implements Serializable {}
}
