package observatory.jobs.finding.policy;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import observatory.jobs.attribute.Device;

/**
 * Which devices a rule speaks of: those that match every list that is not empty.
 *
 * @param groups groups of the inventory
 * @param sites sites
 * @param cohorts cohorts, whole or their first words: {@code Yealink T54W} holds for all firmware of that model
 */
public record Devices(List<String> groups, List<String> sites, List<String> cohorts) implements Serializable {
    /** All of them. */
    public static final Devices ALL = new Devices(List.of(), List.of(), List.of());

    public Devices {
        groups = List.copyOf(groups);
        sites = List.copyOf(sites);
        cohorts = List.copyOf(cohorts);
    }

    /** Whether the rule speaks of a device. */
    public boolean include(Device device) {
        String group = device.group();
        return (groups.isEmpty() || (group != null && groups.contains(group)))
                && (sites.isEmpty() || sites.contains(device.site()))
                && (cohorts.isEmpty() || cohorts.stream().anyMatch(cohort -> isWithin(device.cohort(), cohort)));
    }

    private static boolean isWithin(String cohort, String named) {
        String lower = cohort.toLowerCase(Locale.ROOT);
        String words = named.toLowerCase(Locale.ROOT);
        return lower.equals(words) || lower.startsWith(words + " ");
    }
}
