package observatory.ingest.observation;

/**
 * What a sensor says about itself.
 *
 * @param sensor sensor
 * @param site site of the sensor
 * @param observerType {@code suricata}, ...
 * @param timeNanos when, nanoseconds since 1970
 * @param received packets the sensor received; {@link FlowObservation#ABSENT} when not stated
 * @param dropped packets lost before the sensor saw them; likewise
 */
public record SensorStatus(String sensor, String site, String observerType, long timeNanos, long received, long dropped)
        implements Observation {}
