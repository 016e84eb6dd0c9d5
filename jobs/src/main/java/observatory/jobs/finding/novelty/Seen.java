package observatory.jobs.finding.novelty;

import observatory.jobs.attribute.Device;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;

/**
 * What one scope (a device, a cohort, a site, the fleet) has to do with one endpoint, so far.
 *
 * @param scope kind of scope
 * @param scopeId which one: the device's key, the cohort, the site; {@code fleet}
 * @param firstMillis first contact
 * @param lastMillis latest contact
 * @param flows number of flows
 * @param bytesOut bytes from devices
 * @param bytesIn bytes to devices
 * @param devices number of devices
 * @param destination the endpoint as last seen
 * @param device the device that was first
 * @param changed whether it changed since it was last handed on
 */
public record Seen(
        Scope scope,
        String scopeId,
        long firstMillis,
        long lastMillis,
        long flows,
        long bytesOut,
        long bytesIn,
        long devices,
        Destination destination,
        Device device,
        boolean changed) {

    /** Scopes, widest first. */
    public enum Scope {
        FLEET,
        SITE,
        COHORT,
        DEVICE
    }

    /** The first contact. */
    static Seen first(Scope scope, String scopeId, Rollup rollup) {
        return new Seen(
                scope,
                scopeId,
                rollup.firstStartMillis(),
                rollup.lastEndMillis(),
                rollup.flows(),
                rollup.bytesOut(),
                rollup.bytesIn(),
                1,
                rollup.destination(),
                rollup.device(),
                true);
    }

    /** One more contact, by a device that the scope had already seen there, or not. */
    Seen and(Rollup rollup, boolean newDevice) {
        return new Seen(
                scope,
                scopeId,
                Math.min(firstMillis, rollup.firstStartMillis()),
                Math.max(lastMillis, rollup.lastEndMillis()),
                flows + rollup.flows(),
                bytesOut + rollup.bytesOut(),
                bytesIn + rollup.bytesIn(),
                devices + (newDevice ? 1 : 0),
                rollup.destination(),
                device,
                true);
    }

    /** What is known of the same scope from two sources. */
    Seen also(Seen other) {
        return new Seen(
                scope,
                scopeId,
                Math.min(firstMillis, other.firstMillis),
                Math.max(lastMillis, other.lastMillis),
                flows + other.flows,
                bytesOut + other.bytesOut,
                bytesIn + other.bytesIn,
                Math.max(devices, other.devices),
                destination,
                device,
                changed);
    }

    /** The same, handed on. */
    Seen unchanged() {
        return new Seen(
                scope, scopeId, firstMillis, lastMillis, flows, bytesOut, bytesIn, devices, destination, device, false);
    }
}
