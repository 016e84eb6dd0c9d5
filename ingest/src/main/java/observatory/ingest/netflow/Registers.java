package observatory.ingest.netflow;

import java.nio.charset.StandardCharsets;
import observatory.ingest.text.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * The values of one record while it is decoded, one place for each {@link Use}; used again for the next record. Numbers
 * that the record does not state are {@link #ABSENT}.
 */
final class Registers {
    static final long ABSENT = -1;

    private static final long NANOS_PER_MICRO = 1_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Seconds from 1900 (NTP) to 1970. */
    private static final long NTP_TO_1970 = 2_208_988_800L;

    /** An application name never grows beyond this, so that options cannot fill the memory. */
    private static final int LONGEST_NAME = 64;

    boolean hasSource4;
    boolean hasDestination4;
    boolean hasSource6;
    boolean hasDestination6;
    int source4;
    int destination4;
    long source6High;
    long source6Low;
    long destination6High;
    long destination6Low;
    int sourcePort;
    int destinationPort;
    int protocol;
    int ipVersion;
    int icmpTypeCode;
    int icmpType;
    int icmpCode;
    long octets;
    long packets;
    long octetsTotal;
    long packetsTotal;
    long postOctets;
    long postPackets;
    long layer2Octets;
    long initiatorOctets;
    long responderOctets;
    long initiatorPackets;
    long responderPackets;
    long reverseOctets;
    long reversePackets;
    long startUptime;
    long endUptime;
    long startNanos;
    long endNanos;
    long startDeltaMicros;
    long endDeltaMicros;
    long durationNanos;
    long eventNanos;
    long systemStartMillis;
    long sourceMac;
    long destinationMac;
    long postSourceMac;
    long postDestinationMac;
    int vlan;
    int dot1qVlan;
    int postVlan;
    long ingressInterface;
    long egressInterface;
    long natSourceHigh;
    long natSourceLow;
    long natDestinationHigh;
    long natDestinationLow;
    boolean hasNatSource;
    boolean hasNatDestination;
    int natSourcePort;
    int natDestinationPort;
    int endReason;
    int firewallEvent;
    int natEvent;
    long sampler;
    long samplingInterval;
    long samplingPackets;
    long samplingSpace;
    long samplingSize;
    long samplingPopulation;
    double samplingProbability;
    long application;

    @Nullable
    String applicationName;

    long droppedPackets;
    long scopeInterface;

    /** Forgets the record before. */
    void clear() {
        hasSource4 = false;
        hasDestination4 = false;
        hasSource6 = false;
        hasDestination6 = false;
        hasNatSource = false;
        hasNatDestination = false;
        sourcePort = -1;
        destinationPort = -1;
        protocol = -1;
        ipVersion = -1;
        icmpTypeCode = -1;
        icmpType = -1;
        icmpCode = -1;
        octets = ABSENT;
        packets = ABSENT;
        octetsTotal = ABSENT;
        packetsTotal = ABSENT;
        postOctets = ABSENT;
        postPackets = ABSENT;
        layer2Octets = ABSENT;
        initiatorOctets = ABSENT;
        responderOctets = ABSENT;
        initiatorPackets = ABSENT;
        responderPackets = ABSENT;
        reverseOctets = ABSENT;
        reversePackets = ABSENT;
        startUptime = ABSENT;
        endUptime = ABSENT;
        startNanos = ABSENT;
        endNanos = ABSENT;
        startDeltaMicros = ABSENT;
        endDeltaMicros = ABSENT;
        durationNanos = ABSENT;
        eventNanos = ABSENT;
        systemStartMillis = ABSENT;
        sourceMac = 0;
        destinationMac = 0;
        postSourceMac = 0;
        postDestinationMac = 0;
        vlan = 0;
        dot1qVlan = 0;
        postVlan = 0;
        ingressInterface = ABSENT;
        egressInterface = ABSENT;
        natSourcePort = -1;
        natDestinationPort = -1;
        endReason = -1;
        firewallEvent = -1;
        natEvent = -1;
        sampler = ABSENT;
        samplingInterval = ABSENT;
        samplingPackets = ABSENT;
        samplingSpace = ABSENT;
        samplingSize = ABSENT;
        samplingPopulation = ABSENT;
        samplingProbability = 0;
        application = ABSENT;
        applicationName = null;
        droppedPackets = ABSENT;
        scopeInterface = ABSENT;
    }

    /** Takes one field; its length fits the use. */
    void set(Use use, byte[] bytes, int at, int length) {
        switch (use) {
            case SOURCE_ADDRESS, SOURCE_ADDRESS6 -> setSource(bytes, at, length);
            case DESTINATION_ADDRESS, DESTINATION_ADDRESS6 -> setDestination(bytes, at, length);
            case SOURCE_PORT -> sourcePort = port(bytes, at, length);
            case DESTINATION_PORT -> destinationPort = port(bytes, at, length);
            case PROTOCOL -> protocol = (int) BigEndian.unsigned(bytes, at, length) & 0xff;
            case IP_VERSION -> ipVersion = (int) BigEndian.unsigned(bytes, at, length);
            case ICMP_TYPE_CODE -> icmpTypeCode = port(bytes, at, length);
            case ICMP_TYPE -> icmpType = (int) BigEndian.unsigned(bytes, at, length) & 0xff;
            case ICMP_CODE -> icmpCode = (int) BigEndian.unsigned(bytes, at, length) & 0xff;
            case OCTETS -> octets = BigEndian.unsigned(bytes, at, length);
            case PACKETS -> packets = BigEndian.unsigned(bytes, at, length);
            case OCTETS_TOTAL -> octetsTotal = BigEndian.unsigned(bytes, at, length);
            case PACKETS_TOTAL -> packetsTotal = BigEndian.unsigned(bytes, at, length);
            case POST_OCTETS -> postOctets = BigEndian.unsigned(bytes, at, length);
            case POST_PACKETS -> postPackets = BigEndian.unsigned(bytes, at, length);
            case LAYER2_OCTETS -> layer2Octets = BigEndian.unsigned(bytes, at, length);
            case INITIATOR_OCTETS -> initiatorOctets = BigEndian.unsigned(bytes, at, length);
            case RESPONDER_OCTETS -> responderOctets = BigEndian.unsigned(bytes, at, length);
            case INITIATOR_PACKETS -> initiatorPackets = BigEndian.unsigned(bytes, at, length);
            case RESPONDER_PACKETS -> responderPackets = BigEndian.unsigned(bytes, at, length);
            case REVERSE_OCTETS -> reverseOctets = BigEndian.unsigned(bytes, at, length);
            case REVERSE_PACKETS -> reversePackets = BigEndian.unsigned(bytes, at, length);
            // The delta, where there is one, counts what the record before did not.
            case REVERSE_OCTETS_TOTAL -> reverseOctets = orElse(reverseOctets, bytes, at, length);
            case REVERSE_PACKETS_TOTAL -> reversePackets = orElse(reversePackets, bytes, at, length);
            case START_UPTIME -> startUptime = BigEndian.unsigned(bytes, at, length);
            case END_UPTIME -> endUptime = BigEndian.unsigned(bytes, at, length);
            case START_SECONDS -> startNanos = nanos(bytes, at, length, NANOS_PER_SECOND);
            case END_SECONDS -> endNanos = nanos(bytes, at, length, NANOS_PER_SECOND);
            case START_MILLISECONDS -> startNanos = nanos(bytes, at, length, NANOS_PER_MILLI);
            case END_MILLISECONDS -> endNanos = nanos(bytes, at, length, NANOS_PER_MILLI);
            case START_MICROSECONDS -> startNanos = ntpNanos(bytes, at, NANOS_PER_MICRO);
            case END_MICROSECONDS -> endNanos = ntpNanos(bytes, at, NANOS_PER_MICRO);
            case START_NANOSECONDS -> startNanos = ntpNanos(bytes, at, 1);
            case END_NANOSECONDS -> endNanos = ntpNanos(bytes, at, 1);
            case START_DELTA -> startDeltaMicros = BigEndian.unsigned(bytes, at, length);
            case END_DELTA -> endDeltaMicros = BigEndian.unsigned(bytes, at, length);
            case DURATION_MILLISECONDS -> durationNanos = nanos(bytes, at, length, NANOS_PER_MILLI);
            case DURATION_MICROSECONDS -> durationNanos = nanos(bytes, at, length, NANOS_PER_MICRO);
            case EVENT_SECONDS -> eventNanos = nanos(bytes, at, length, NANOS_PER_SECOND);
            case EVENT_MILLISECONDS -> eventNanos = nanos(bytes, at, length, NANOS_PER_MILLI);
            case EVENT_MICROSECONDS -> eventNanos = ntpNanos(bytes, at, NANOS_PER_MICRO);
            case EVENT_NANOSECONDS -> eventNanos = ntpNanos(bytes, at, 1);
            case SYSTEM_START -> systemStartMillis = BigEndian.unsigned(bytes, at, length);
            case SOURCE_MAC -> sourceMac = mac(bytes, at);
            case DESTINATION_MAC -> destinationMac = mac(bytes, at);
            case POST_SOURCE_MAC -> postSourceMac = mac(bytes, at);
            case POST_DESTINATION_MAC -> postDestinationMac = mac(bytes, at);
            case VLAN -> vlan = port(bytes, at, length);
            case DOT1Q_VLAN -> dot1qVlan = port(bytes, at, length);
            case POST_VLAN -> postVlan = port(bytes, at, length);
            case INGRESS_INTERFACE -> ingressInterface = BigEndian.unsigned(bytes, at, length);
            case EGRESS_INTERFACE -> egressInterface = BigEndian.unsigned(bytes, at, length);
            case NAT_SOURCE_ADDRESS -> setNatSource(bytes, at, length);
            case NAT_DESTINATION_ADDRESS -> setNatDestination(bytes, at, length);
            case NAT_SOURCE_PORT -> natSourcePort = port(bytes, at, length);
            case NAT_DESTINATION_PORT -> natDestinationPort = port(bytes, at, length);
            case END_REASON -> endReason = (int) BigEndian.unsigned(bytes, at, length) & 0xff;
            case FIREWALL_EVENT -> firewallEvent = (int) BigEndian.unsigned(bytes, at, length) & 0xff;
            case NAT_EVENT -> natEvent = (int) BigEndian.unsigned(bytes, at, length) & 0xff;
            case SAMPLER -> sampler = BigEndian.unsigned(bytes, at, length);
            case SAMPLING_INTERVAL -> samplingInterval = BigEndian.unsigned(bytes, at, length);
            case SAMPLING_PACKETS -> samplingPackets = BigEndian.unsigned(bytes, at, length);
            case SAMPLING_SPACE -> samplingSpace = BigEndian.unsigned(bytes, at, length);
            case SAMPLING_SIZE -> samplingSize = BigEndian.unsigned(bytes, at, length);
            case SAMPLING_POPULATION -> samplingPopulation = BigEndian.unsigned(bytes, at, length);
            case SAMPLING_PROBABILITY -> samplingProbability = real(bytes, at, length);
            case APPLICATION -> application = BigEndian.unsigned(bytes, at, length);
            case APPLICATION_NAME -> applicationName = name(bytes, at, length);
            case DROPPED_PACKETS -> droppedPackets = BigEndian.unsigned(bytes, at, length);
            case SCOPE_INTERFACE -> scopeInterface = BigEndian.unsigned(bytes, at, length);
        }
    }

    /** One packet in how many, as this record states it in any of the forms; 0 when it does not. */
    long statedSampling() {
        if (samplingInterval > 0) {
            return samplingInterval;
        }
        if (samplingPackets > 0) {
            // Of packets + space, only packets were looked at (RFC 5477 section 8.2).
            return rounded((double) samplingPackets + Math.max(samplingSpace, 0), samplingPackets);
        }
        if (samplingSize > 0 && samplingPopulation > 0) {
            return rounded(samplingPopulation, samplingSize);
        }
        return samplingProbability > 0 && samplingProbability <= 1 ? rounded(1, samplingProbability) : 0;
    }

    private static long rounded(double of, double part) {
        return Math.max(1, Math.round(of / part));
    }

    private static int port(byte[] bytes, int at, int length) {
        return (int) BigEndian.unsigned(bytes, at, length) & 0xffff;
    }

    private static long mac(byte[] bytes, int at) {
        return (long) BigEndian.u16(bytes, at) << 32 | BigEndian.u32(bytes, at + 2);
    }

    private static long orElse(long known, byte[] bytes, int at, int length) {
        return known == ABSENT ? BigEndian.unsigned(bytes, at, length) : known;
    }

    /** A time or duration in its unit; absent when it is so large that it can mean nothing. */
    private static long nanos(byte[] bytes, int at, int length, long unit) {
        long value = BigEndian.unsigned(bytes, at, length);
        return value > Long.MAX_VALUE / unit ? ABSENT : value * unit;
    }

    /**
     * Seconds since 1900 and their fraction (RFC 7011 section 6.1.9). Many exporters send a plain count since 1970 instead,
     * which as such a time would lie before 1970.
     */
    private static long ntpNanos(byte[] bytes, int at, long plainUnit) {
        long seconds = BigEndian.u32(bytes, at);
        if (seconds >= NTP_TO_1970) {
            long fraction = BigEndian.u32(bytes, at + 4);
            // The low bits of a fraction that was made of microseconds are noise (RFC 7011 section 6.1.9).
            long nanos = fraction * NANOS_PER_SECOND + (1L << 31) >>> 32;
            long exact = plainUnit == 1 ? nanos : (nanos + plainUnit / 2) / plainUnit * plainUnit;
            return (seconds - NTP_TO_1970) * NANOS_PER_SECOND + exact;
        }
        return nanos(bytes, at, 8, plainUnit);
    }

    private static double real(byte[] bytes, int at, int length) {
        return length == 4
                ? Float.intBitsToFloat(BigEndian.i32(bytes, at))
                : Double.longBitsToDouble(BigEndian.i64(bytes, at));
    }

    private static @Nullable String name(byte[] bytes, int at, int length) {
        int end = at;
        int limit = at + Math.min(length, LONGEST_NAME);
        while (end < limit && bytes[end] != 0) {
            end++;
        }
        String name = new String(bytes, at, end - at, StandardCharsets.UTF_8).strip();
        return name.isEmpty() ? null : name;
    }

    private void setSource(byte[] bytes, int at, int length) {
        if (length == 4) {
            hasSource4 = true;
            source4 = BigEndian.i32(bytes, at);
        } else {
            hasSource6 = true;
            source6High = BigEndian.i64(bytes, at);
            source6Low = BigEndian.i64(bytes, at + 8);
        }
    }

    private void setDestination(byte[] bytes, int at, int length) {
        if (length == 4) {
            hasDestination4 = true;
            destination4 = BigEndian.i32(bytes, at);
        } else {
            hasDestination6 = true;
            destination6High = BigEndian.i64(bytes, at);
            destination6Low = BigEndian.i64(bytes, at + 8);
        }
    }

    /** A translated address of zeros says that there was no translation. */
    private void setNatSource(byte[] bytes, int at, int length) {
        long high = high(bytes, at, length);
        long low = low(bytes, at, length);
        if (!isUnspecified(high, low)) {
            hasNatSource = true;
            natSourceHigh = high;
            natSourceLow = low;
        }
    }

    private void setNatDestination(byte[] bytes, int at, int length) {
        long high = high(bytes, at, length);
        long low = low(bytes, at, length);
        if (!isUnspecified(high, low)) {
            hasNatDestination = true;
            natDestinationHigh = high;
            natDestinationLow = low;
        }
    }

    private static long high(byte[] bytes, int at, int length) {
        return length == 4 ? 0 : BigEndian.i64(bytes, at);
    }

    /** IPv4 in its mapped form, as {@link observatory.geo.address.IpAddress} holds it. */
    private static long low(byte[] bytes, int at, int length) {
        return length == 4 ? 0xffff_0000_0000L | BigEndian.u32(bytes, at) : BigEndian.i64(bytes, at + 8);
    }

    private static boolean isUnspecified(long high, long low) {
        return high == 0 && (low == 0 || low == 0xffff_0000_0000L);
    }

    /** Milliseconds since 1970 in nanoseconds, or {@link #ABSENT}. */
    static long millisToNanos(long millis) {
        return millis < 0 || millis > Long.MAX_VALUE / NANOS_PER_MILLI ? ABSENT : millis * NANOS_PER_MILLI;
    }
}
