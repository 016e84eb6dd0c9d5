package observatory.dashboards.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to look at, whatever the filter.
 *
 * @param first start of the oldest data; null when there is none
 * @param last end of the newest data; null when there is none
 * @param documents documents of traffic and ledger
 * @param simulated how many of them are marked as simulated
 * @param sites names of sites
 * @param devices those known, at most 1,000
 */
public record Holdings(
        @Nullable Instant first,
        @Nullable Instant last,
        long documents,
        long simulated,
        List<String> sites,
        List<Device> devices) {
    public Holdings {
        sites = List.copyOf(sites);
        devices = List.copyOf(devices);
    }

    /**
     * A device that one can filter for.
     *
     * @param id pseudonym
     * @param maker empty when unknown
     * @param model empty when unknown
     * @param site empty when unknown
     */
    public record Device(String id, String maker, String model, String site) {}
}
