package observatory.ingest.netflow;

import java.time.Duration;
import java.util.Objects;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.ExportDetail;
import observatory.ingest.observation.ExportDetail.Translation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.observation.TransportProtocol;
import org.jspecify.annotations.Nullable;

/** Makes a flow of the values of a record: which address, which counter, which time. A rule, but for its caches. */
final class FlowMaker {
    private static final int ABSENT = FlowObservation.ABSENT;
    private static final long NANOS_PER_MICRO = 1_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** The year 2200. A later time is no time, and would overflow when it is shifted. */
    private static final long LATEST = 7_258_118_400_000_000_000L;

    private static final int LARGEST_VLAN = 4_094;

    /** Values of firewallEvent (IANA, NSEL) for which a connection ended and was counted. */
    private static final int FLOW_DELETED = 2;

    /** Hardware addresses whose text is kept. A power of two. */
    private static final int MACS = 1_024;

    /**
     * An exporter may hold a flow for so long before it tells of it: caches with timeouts of half an hour, and queues. What
     * ended earlier, or ends after it was told, did not end when it says.
     */
    private static final long LONGEST_HELD_NANOS = 3_600_000_000_000L;

    private final long trustNanos;
    private final long[] macs = new long[MACS];
    private final @Nullable String[] macTexts = new String[MACS];
    private ExportDetail last =
            new ExportDetail(0, 0, true, ABSENT, ABSENT, ABSENT, null, ABSENT, null, true, true, false);

    private long start;
    private long end;
    private boolean isStartKnown;
    private boolean isDurationKnown;
    private boolean isOutOfTime;

    /** @param trust by how much the exporter's clock is believed, see {@link SessionSettings#maximumSkew} */
    FlowMaker(Duration trust) {
        this.trustNanos = trust.toNanos();
    }

    /**
     * Why a record is no flow.
     *
     * @return the kind, such as {@code flow-created}, or null for a flow
     */
    @Nullable
    String notAFlow(Registers record) {
        boolean hasSource = record.hasSource4 || record.hasSource6;
        boolean hasDestination = record.hasDestination4 || record.hasDestination6;
        if (!hasSource || !hasDestination) {
            return "record without addresses";
        }
        boolean isEvent = (record.firewallEvent > 0 && record.firewallEvent != FLOW_DELETED) || record.natEvent > 0;
        if (!isEvent || countsAnything(record)) {
            return null;
        }
        // NSEL tells of a connection several times; only what counts bytes may become a flow, or it would count twice.
        return switch (record.firewallEvent) {
            case 1 -> "flow-created";
            case 3 -> "flow-denied";
            case 4 -> "flow-alert";
            case 5 -> "flow-update";
            default -> record.natEvent > 0 ? "nat-event" : "firewall-event";
        };
    }

    private static boolean countsAnything(Registers record) {
        return sourceBytes(record) > 0
                || sourcePackets(record) > 0
                || destinationBytes(record) > 0
                || destinationPackets(record) > 0;
    }

    /** The flow; the record is one. */
    FlowObservation flow(Registers record, Export export, Domain domain) {
        boolean isIpv6 = isIpv6(record);
        IpAddress source =
                isIpv6 ? new IpAddress(record.source6High, record.source6Low) : IpAddress.ofIpv4(record.source4);
        IpAddress destination = isIpv6
                ? new IpAddress(record.destination6High, record.destination6Low)
                : IpAddress.ofIpv4(record.destination4);
        tellTimes(record, export, domain);
        boolean isIcmp = record.protocol == TransportProtocol.ICMP || record.protocol == TransportProtocol.ICMPV6;
        int icmp = isIcmp ? icmp(record) : ABSENT;
        return new FlowObservation(
                export.message().sensor(),
                export.message().site(),
                export.format().observerType(),
                "",
                start,
                end,
                source,
                icmp >= 0 ? icmp >> 8 : record.sourcePort,
                destination,
                icmp >= 0 ? icmp & 0xff : record.destinationPort,
                record.protocol,
                sourceBytes(record),
                destinationBytes(record),
                sourcePackets(record),
                destinationPackets(record),
                mac(record.sourceMac != 0 ? record.sourceMac : record.postSourceMac),
                mac(record.destinationMac != 0 ? record.destinationMac : record.postDestinationMac),
                null,
                null,
                detail(record, export, domain, source, destination));
    }

    /** Templates may have room for both families; then the other one is zero, unless the version is stated. */
    private static boolean isIpv6(Registers record) {
        if (!record.hasSource6 || !record.hasDestination6) {
            return false;
        }
        if (!record.hasSource4 || !record.hasDestination4) {
            return true;
        }
        if (record.ipVersion == 4 || record.ipVersion == 6) {
            return record.ipVersion == 6;
        }
        boolean isIpv4Zero = record.source4 == 0 && record.destination4 == 0;
        return isIpv4Zero
                && (record.source6High | record.source6Low | record.destination6High | record.destination6Low) != 0;
    }

    /** {@code type << 8 | code}. Where no field of its own tells it, the destination port does (NetFlow's custom). */
    private static int icmp(Registers record) {
        if (record.icmpType >= 0) {
            return record.icmpType << 8 | Math.max(record.icmpCode, 0);
        }
        boolean isInPort = record.sourcePort <= 0 && record.destinationPort > 0;
        return record.icmpTypeCode > 0 || !isInPort ? record.icmpTypeCode : record.destinationPort;
    }

    /**
     * The delta first, since records of one long flow then add up; then NSEL's initiator; then totals; then what is counted
     * at another place (behind the router, with the frame). A field that is there and zero counts.
     */
    private static long sourceBytes(Registers record) {
        if (record.octets >= 0) {
            return record.octets;
        }
        if (record.initiatorOctets >= 0) {
            return record.initiatorOctets;
        }
        if (record.octetsTotal >= 0) {
            return record.octetsTotal;
        }
        return record.layer2Octets >= 0 ? record.layer2Octets : record.postOctets;
    }

    private static long sourcePackets(Registers record) {
        if (record.packets >= 0) {
            return record.packets;
        }
        if (record.initiatorPackets >= 0) {
            return record.initiatorPackets;
        }
        return record.packetsTotal >= 0 ? record.packetsTotal : record.postPackets;
    }

    private static long destinationBytes(Registers record) {
        return record.responderOctets >= 0 ? record.responderOctets : record.reverseOctets;
    }

    private static long destinationPackets(Registers record) {
        return record.responderPackets >= 0 ? record.responderPackets : record.reversePackets;
    }

    /** Sets start, end and what is known of them, from whichever fields there are. */
    private void tellTimes(Registers record, Export export, Domain domain) {
        long systemStart = record.systemStartMillis > 0 ? record.systemStartMillis : domain.systemStartMillis;
        start = time(record.startNanos, record.startUptime, record.startDeltaMicros, export, systemStart);
        end = time(record.endNanos, record.endUptime, record.endDeltaMicros, export, systemStart);
        if (end == ABSENT && record.eventNanos > 0 && record.eventNanos < LATEST) {
            end = record.eventNanos;
        }
        isStartKnown = start != ABSENT;
        long duration = duration(record);
        if (start == ABSENT && end == ABSENT) {
            end = export.exportNanos();
        }
        isDurationKnown = (isStartKnown && end != ABSENT) || duration != ABSENT;
        if (end == ABSENT) {
            end = start + Math.max(duration, 0);
        } else if (start == ABSENT) {
            start = end - Math.max(duration, 0);
        }
        if (end < start) {
            start = end;
            isDurationKnown = false;
        }
        start += export.shiftNanos();
        end += export.shiftNanos();
        long received = export.receivedNanos();
        isOutOfTime = end > received + trustNanos || end < received - trustNanos - LONGEST_HELD_NANOS;
        if (isOutOfTime) {
            start = received - Math.min(end - start, LONGEST_HELD_NANOS);
            end = received;
        }
    }

    /** A duration that is stated, or that two uptimes show though nothing tells when the uptime began. */
    private static long duration(Registers record) {
        if (record.durationNanos >= 0 && record.durationNanos < LATEST) {
            return record.durationNanos;
        }
        if (record.startUptime != ABSENT && record.endUptime != ABSENT) {
            return Math.max(0, (int) (record.endUptime - record.startUptime)) * NANOS_PER_MILLI;
        }
        return ABSENT;
    }

    private static long time(long nanos, long uptime, long deltaMicros, Export export, long systemStartMillis) {
        if (nanos > 0 && nanos < LATEST) {
            return nanos;
        }
        if (uptime != ABSENT) {
            long now = export.uptimeMillis();
            if (now < 0 && systemStartMillis > 0) {
                now = export.exportMillis() - systemStartMillis;
            }
            // Modulo 2^32 both ways: uptimes begin anew after 49 days, and a packet may be seen after the header was
            // made.
            return now < 0 ? ABSENT : export.exportNanos() - (int) (now - uptime) * NANOS_PER_MILLI;
        }
        boolean isDelta = deltaMicros >= 0 && deltaMicros < LATEST / NANOS_PER_MICRO;
        return isDelta ? export.exportNanos() - deltaMicros * NANOS_PER_MICRO : ABSENT;
    }

    private ExportDetail detail(
            Registers record, Export export, Domain domain, IpAddress source, IpAddress destination) {
        long sampling = domain.sampling(record, export.headerSampling());
        int vlan = vlan(record);
        Translation nat = nat(record, source, destination);
        String application = domain.application(record);
        boolean isSkewed = export.shiftNanos() != 0 || isOutOfTime;
        ExportDetail before = last;
        // Neighbours in a datagram mostly agree; then they share one object.
        boolean isSame = nat == null
                && before.nat() == null
                && before.observationDomain() == export.domain()
                && before.samplingInterval() == sampling
                && before.vlan() == vlan
                && before.ingressInterface() == record.ingressInterface
                && before.egressInterface() == record.egressInterface
                && before.endReason() == record.endReason
                && before.startKnown() == isStartKnown
                && before.durationKnown() == isDurationKnown
                && before.clockSkewed() == isSkewed
                && Objects.equals(before.application(), application);
        if (!isSame) {
            last = new ExportDetail(
                    export.domain(),
                    sampling,
                    sampling == 0,
                    vlan,
                    record.ingressInterface,
                    record.egressInterface,
                    nat,
                    record.endReason,
                    application,
                    isStartKnown,
                    isDurationKnown,
                    isSkewed);
        }
        return last;
    }

    private static int vlan(Registers record) {
        int vlan = record.dot1qVlan != 0 ? record.dot1qVlan : record.vlan != 0 ? record.vlan : record.postVlan;
        return vlan > 0 && vlan <= LARGEST_VLAN ? vlan : ABSENT;
    }

    /** Null also when the translation changes nothing. */
    private static @Nullable Translation nat(Registers record, IpAddress source, IpAddress destination) {
        if (!record.hasNatSource && !record.hasNatDestination) {
            return null;
        }
        IpAddress natSource = record.hasNatSource ? new IpAddress(record.natSourceHigh, record.natSourceLow) : null;
        IpAddress natDestination =
                record.hasNatDestination ? new IpAddress(record.natDestinationHigh, record.natDestinationLow) : null;
        boolean isSame = (natSource == null || natSource.equals(source))
                && (natDestination == null || natDestination.equals(destination))
                && isSamePort(record.natSourcePort, record.sourcePort)
                && isSamePort(record.natDestinationPort, record.destinationPort);
        return isSame
                ? null
                : new Translation(natSource, record.natSourcePort, natDestination, record.natDestinationPort);
    }

    private static boolean isSamePort(int translated, int port) {
        return translated <= 0 || translated == port;
    }

    private @Nullable String mac(long bits) {
        if (bits == 0) {
            return null;
        }
        int slot = (int) (bits ^ bits >>> 20) & MACS - 1;
        String text = macTexts[slot];
        if (text == null || macs[slot] != bits) {
            text = MacAddress.ecs(bits);
            macs[slot] = bits;
            macTexts[slot] = text;
        }
        return text;
    }
}
