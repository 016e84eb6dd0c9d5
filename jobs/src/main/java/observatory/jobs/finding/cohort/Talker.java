package observatory.jobs.finding.cohort;

import observatory.jobs.attribute.Device;

/**
 * A device of a cohort that has to do with an endpoint.
 *
 * @param device the device as last seen
 * @param firstMillis first contact
 * @param lastMillis latest contact
 * @param days number of days with contact
 */
public record Talker(Device device, long firstMillis, long lastMillis, int days) {

    Talker again(Device now, long millis, boolean isNewDay) {
        return new Talker(now, firstMillis, Math.max(lastMillis, millis), days + (isNewDay ? 1 : 0));
    }
}
