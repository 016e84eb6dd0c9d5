package observatory.ingest.observation;

/** Anything a source can tell us. The kinds are closed: every decoder speaks in these. */
public sealed interface Observation
        permits FlowObservation, DnsObservation, TlsObservation, DeviceSighting, SensorStatus {

    /** Name of the exporter, sensor or resolver. */
    String sensor();

    /** Name of the site that the sensor watches. */
    String site();

    /** Value of {@code observer.type}: {@code zeek}, {@code suricata}, ... */
    String observerType();

    /** Event time in nanoseconds since 1970-01-01T00:00Z: for a flow its end, for all else when it happened. */
    long timeNanos();
}
