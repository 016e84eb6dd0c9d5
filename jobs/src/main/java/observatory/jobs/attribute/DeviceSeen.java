package observatory.jobs.attribute;

/**
 * A device and when it was last heard of.
 *
 * @param device the device
 * @param lastSeenMillis its latest event, milliseconds since 1970
 */
public record DeviceSeen(Device device, long lastSeenMillis) {}
