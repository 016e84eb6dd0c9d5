package observatory.ingest.observation;

import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a flow record of NetFlow, IPFIX or sFlow says beyond the flow itself. Numbers that the exporter does not state are
 * {@link FlowObservation#ABSENT}.
 *
 * @param observationDomain IPFIX observation domain, NetFlow v9 source id, NetFlow v5 engine type and id
 *     ({@code type << 8 | id}), sFlow sub-agent: 0..2^32-1
 * @param samplingInterval one packet in this many was looked at; 1 means every packet, 0 that the exporter states nothing
 * @param samplingAssumed whether {@code samplingInterval} is not stated, so that every packet is assumed
 * @param vlan 802.1Q id 1..4094 (the outer one of two)
 * @param ingressInterface SNMP index of the interface the packets came in by
 * @param egressInterface likewise, went out by
 * @param nat addresses and ports after translation; null when the exporter states none
 * @param endReason IANA flowEndReason: 1 idle, 2 active timeout, 3 end seen, 4 forced, 5 lack of resources
 * @param application the exporter's name of the application ({@code ms-teams}), null when it knows none
 * @param startKnown whether the exporter states when the flow began; else the start is its end less the duration, or the
 *     time of export
 * @param durationKnown whether start and end are both stated, or one of them and the duration
 * @param clockSkewed whether the exporter's clock was so wrong that the time of receipt stands in for it
 */
public record ExportDetail(
        long observationDomain,
        long samplingInterval,
        boolean samplingAssumed,
        int vlan,
        long ingressInterface,
        long egressInterface,
        @Nullable Translation nat,
        int endReason,
        @Nullable String application,
        boolean startKnown,
        boolean durationKnown,
        boolean clockSkewed) {

    /**
     * Addresses and ports of the same packets behind a translator. Addresses are null, ports
     * {@link FlowObservation#ABSENT} where not stated.
     *
     * @param source source address after translation
     * @param sourcePort source port after translation
     * @param destination destination address after translation
     * @param destinationPort destination port after translation
     */
    public record Translation(
            @Nullable IpAddress source,
            int sourcePort,
            @Nullable IpAddress destination,
            int destinationPort) {}
}
