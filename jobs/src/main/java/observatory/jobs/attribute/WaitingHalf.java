package observatory.jobs.attribute;

import observatory.ingest.observation.FlowObservation;

/**
 * One direction of a connection, while the other may still come.
 *
 * @param flow what the exporter reported of it
 * @param side which side the device is
 * @param record see {@link DeviceEvent#record}
 * @param dueMillis when it goes on alone, event time
 */
public record WaitingHalf(FlowObservation flow, PhoneNetworks.Side side, long record, long dueMillis) {}
