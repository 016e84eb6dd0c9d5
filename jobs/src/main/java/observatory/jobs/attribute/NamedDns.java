package observatory.jobs.attribute;

import observatory.ingest.observation.DnsObservation;

/**
 * A DNS question and the device that asked it.
 *
 * @param device who asked, as known at that moment
 * @param dns the question and its answers
 */
public record NamedDns(Device device, DnsObservation dns) {}
