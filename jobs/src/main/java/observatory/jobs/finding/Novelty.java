package observatory.jobs.finding;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.Seen.Scope;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;
import org.jspecify.annotations.Nullable;

/**
 * When first contact with an endpoint is news: pure rules. Contact is news when the device never spoke to the endpoint
 * before and is past its learning period, or when nobody in the fleet did and the fleet is past its own. There is one
 * finding per cause, and its scope is the widest that is new; who follows while the news is fresh extends it.
 *
 * @param fleetStartMillis where the observation begins
 * @param learningMillis how long a device, and the fleet, is watched before new endpoints are news; also how long news
 *     stays fresh
 */
public record Novelty(long fleetStartMillis, long learningMillis) implements Serializable {

    /** Whether contact of this rollup's device, which never spoke to the endpoint before, is news to a scope. */
    boolean isNews(Scope widestNew, Rollup rollup) {
        if (rollup.destination().placeState() == Place.State.LOCAL) {
            return false;
        }
        long now = rollup.firstStartMillis();
        boolean fleetKnowsItsWays = now - fleetStartMillis >= learningMillis;
        boolean deviceKnowsItsWays = now - rollup.device().firstSeenMillis() >= learningMillis;
        return fleetKnowsItsWays && (widestNew == Scope.FLEET || deviceKnowsItsWays);
    }

    /** Whether news about a scope is still so fresh at a time that followers belong to it. */
    boolean isFresh(Finding news, long nowMillis) {
        return nowMillis - news.firstMillis() < learningMillis;
    }

    /** The finding that first contact makes. */
    static Finding finding(Scope scope, String scopeId, Rollup rollup) {
        Destination destination = rollup.destination();
        return Finding.of(Kind.NEW_ENDPOINT, label(scope), destination.endpoint() + "|" + label(scope) + "|" + scopeId)
                .severity(severity(scope, destination), reason(scope, destination))
                .headline(Finding.WHERE + ": first contact of the " + label(scope) + ", by " + Finding.WHO)
                .facts(facts(rollup))
                .missing(missing(destination))
                .evidence(Evidence.of(rollup))
                .between(rollup.firstStartMillis(), rollup.lastEndMillis())
                .more(rollup.flows(), rollup.bytesOut(), rollup.bytesIn())
                .devices(1)
                .site(scope == Scope.FLEET ? null : rollup.device().site())
                .device(rollup.device())
                .destination(destination)
                .end();
    }

    /** The finding with one more contact. */
    static Finding extended(Finding finding, Rollup rollup, boolean newDevice) {
        return finding.draft()
                .between(finding.firstMillis(), rollup.lastEndMillis())
                .more(rollup.flows(), rollup.bytesOut(), rollup.bytesIn())
                .devices(finding.devices() + (newDevice ? 1 : 0))
                .evidence(Evidence.of(rollup))
                .end();
    }

    /** Which one of a scope's kind a device belongs to; null when it belongs to none. */
    static @Nullable String idOf(Scope scope, Device device) {
        return switch (scope) {
            case FLEET -> "fleet";
            case SITE -> device.site();
            case COHORT -> device.cohort().isEmpty() ? null : device.cohort();
            case DEVICE -> device.key();
        };
    }

    static String label(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    private static Severity severity(Scope scope, Destination destination) {
        boolean known = !"unknown".equals(destination.service().vendor());
        return switch (scope) {
            case FLEET, SITE -> known ? Severity.MEDIUM : Severity.HIGH;
            case COHORT -> known ? Severity.LOW : Severity.MEDIUM;
            case DEVICE -> known ? Severity.LOW : Severity.MEDIUM;
        };
    }

    private static String reason(Scope scope, Destination destination) {
        boolean known = !"unknown".equals(destination.service().vendor());
        return "New to the " + label(scope)
                + (known ? ", and the catalogue knows the service." : ", and the catalogue does not know the service.");
    }

    private static List<String> facts(Rollup rollup) {
        Destination destination = rollup.destination();
        String network = destination.asn() == 0
                ? "the host network is not known"
                : "the host network is AS" + destination.asn() + " " + destination.organisation();
        return List.of(
                "First contact of a " + cohortName(rollup.device()) + " with " + destination.endpoint() + "; " + network
                        + ".",
                "Place: " + placeInWords(destination) + ".");
    }

    private static String cohortName(Device device) {
        return device.cohort().isEmpty() ? "device" : device.cohort();
    }

    private static String placeInWords(Destination destination) {
        String countries = String.join(", ", destination.countries());
        return switch (destination.placeState()) {
            case AGREED -> countries + ", by " + destination.step().label();
            case DISPUTED -> "disputed between " + countries;
            case ANYCAST -> "anycast, no single country";
            case UNKNOWN -> "cannot be decided";
            case LOCAL -> "inside the network";
        };
    }

    private static List<String> missing(Destination destination) {
        return destination.registrableDomain() == null
                ? List.of("No name: neither TLS nor the device's own DNS answers named the destination.")
                : List.of();
    }
}
