package observatory.jobs.finding;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.attribute.Device;
import org.jspecify.annotations.Nullable;

/**
 * How wide a finding is that several devices share: the narrowest of device, cohort, site and fleet that holds them all.
 *
 * @param devices number of devices
 * @param cohorts their cohorts; more than two are not told apart
 * @param sites their sites; likewise
 */
public record Reach(long devices, List<String> cohorts, List<String> sites) {
    /** Nobody. */
    public static final Reach NOBODY = new Reach(0, List.of(), List.of());

    private static final int SEVERAL = 2;

    public Reach {
        cohorts = List.copyOf(cohorts);
        sites = List.copyOf(sites);
    }

    /** With one more device. */
    public Reach and(Device device) {
        return new Reach(devices + 1, with(cohorts, device.cohort()), with(sites, device.site()));
    }

    /** {@code device}, {@code cohort}, {@code site} or {@code fleet}. */
    public String scope() {
        if (devices <= 1) {
            return "device";
        }
        boolean ofOneCohort = cohorts.size() == 1 && !cohorts.getFirst().isEmpty();
        return ofOneCohort ? "cohort" : sites.size() == 1 ? "site" : "fleet";
    }

    /** The site, when it is one; null when there are several. */
    public @Nullable String site() {
        return sites.size() == 1 ? sites.getFirst() : null;
    }

    /** Devices that do alike whatever their firmware: maker and model, or the site where no model is known. */
    public static String kinOf(Device device) {
        if (device.model() == null) {
            return "site " + device.site();
        }
        return device.maker() == null ? device.model() : device.maker() + " " + device.model();
    }

    private static List<String> with(List<String> names, String name) {
        if (names.contains(name) || names.size() >= SEVERAL) {
            return names;
        }
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return more;
    }
}
