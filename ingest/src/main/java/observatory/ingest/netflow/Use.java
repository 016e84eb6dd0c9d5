package observatory.ingest.netflow;

import java.util.Locale;

/** What we make of an information element; the last column of {@code information-elements.csv}. */
enum Use {
    SOURCE_ADDRESS,
    DESTINATION_ADDRESS,
    SOURCE_ADDRESS6,
    DESTINATION_ADDRESS6,
    SOURCE_PORT,
    DESTINATION_PORT,
    PROTOCOL,
    IP_VERSION,
    ICMP_TYPE_CODE,
    ICMP_TYPE,
    ICMP_CODE,
    OCTETS,
    PACKETS,
    OCTETS_TOTAL,
    PACKETS_TOTAL,
    POST_OCTETS,
    POST_PACKETS,
    LAYER2_OCTETS,
    INITIATOR_OCTETS,
    RESPONDER_OCTETS,
    INITIATOR_PACKETS,
    RESPONDER_PACKETS,
    REVERSE_OCTETS,
    REVERSE_PACKETS,
    REVERSE_OCTETS_TOTAL,
    REVERSE_PACKETS_TOTAL,
    START_UPTIME,
    END_UPTIME,
    START_SECONDS,
    END_SECONDS,
    START_MILLISECONDS,
    END_MILLISECONDS,
    START_MICROSECONDS,
    END_MICROSECONDS,
    START_NANOSECONDS,
    END_NANOSECONDS,
    START_DELTA,
    END_DELTA,
    DURATION_MILLISECONDS,
    DURATION_MICROSECONDS,
    EVENT_SECONDS,
    EVENT_MILLISECONDS,
    EVENT_MICROSECONDS,
    EVENT_NANOSECONDS,
    SYSTEM_START,
    SOURCE_MAC,
    DESTINATION_MAC,
    POST_SOURCE_MAC,
    POST_DESTINATION_MAC,
    VLAN,
    DOT1Q_VLAN,
    POST_VLAN,
    INGRESS_INTERFACE,
    EGRESS_INTERFACE,
    NAT_SOURCE_ADDRESS,
    NAT_DESTINATION_ADDRESS,
    NAT_SOURCE_PORT,
    NAT_DESTINATION_PORT,
    END_REASON,
    FIREWALL_EVENT,
    NAT_EVENT,
    SAMPLER,
    SAMPLING_INTERVAL,
    SAMPLING_PACKETS,
    SAMPLING_SPACE,
    SAMPLING_SIZE,
    SAMPLING_POPULATION,
    SAMPLING_PROBABILITY,
    APPLICATION,
    APPLICATION_NAME,
    DROPPED_PACKETS,
    SCOPE_INTERFACE;

    /** The use written {@code nat-source-port}. */
    static Use named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether an element of this length can be read so; one of a strange length is stepped over. */
    boolean fits(int length) {
        return switch (this) {
            case SOURCE_ADDRESS,
                    DESTINATION_ADDRESS,
                    SOURCE_ADDRESS6,
                    DESTINATION_ADDRESS6,
                    NAT_SOURCE_ADDRESS,
                    NAT_DESTINATION_ADDRESS -> length == 4 || length == 16;
            case SOURCE_MAC, DESTINATION_MAC, POST_SOURCE_MAC, POST_DESTINATION_MAC -> length == 6;
            case START_MICROSECONDS,
                    END_MICROSECONDS,
                    START_NANOSECONDS,
                    END_NANOSECONDS,
                    EVENT_MICROSECONDS,
                    EVENT_NANOSECONDS -> length == 8;
            case SAMPLING_PROBABILITY -> length == 4 || length == 8;
            case APPLICATION_NAME -> length > 0;
            default -> length > 0 && length <= 8;
        };
    }
}
