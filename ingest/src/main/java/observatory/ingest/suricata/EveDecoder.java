package observatory.ingest.suricata;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.identity.UserAgents;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.observation.TlsObservation;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.suricata.EveEvent.EveAnswer;
import observatory.ingest.text.JsonLines;
import observatory.ingest.text.Outcomes;
import org.jspecify.annotations.Nullable;

/**
 * Decodes blocks of Suricata's EVE log. Used are flow, dns (log versions 1 to 3), tls, quic where it
 * carries a server name, http, dhcp and stats. Netflow events are
 * the halves of flow events and would count everything twice. Keeps nothing between messages but buffers; one instance
 * serves one thread.
 */
public final class EveDecoder implements Decoder {
    private static final String SURICATA = Format.SURICATA_EVE.observerType();
    private static final int DNS_PORT = 53;
    private static final IpAddress ANY_IPV4 = IpAddress.ofIpv4(0);

    private final EveReader reader = new EveReader();
    private final EveEvent event = reader.event;

    @Override
    public Decoded decode(RawMessage message) {
        return JsonLines.decode(message, new JsonLines.RecordReader() {
            @Override
            public void read(JsonParser json) throws IOException {
                reader.read(json);
            }

            @Override
            public void finish(Outcomes outcomes) {
                EveDecoder.this.finish(message, outcomes);
            }
        });
    }

    private void finish(RawMessage message, Outcomes outcomes) {
        String type = event.type;
        if (type == null) {
            outcomes.reject(Reason.MISSING_FIELD, "the record has no event_type");
            return;
        }
        if (isUsed(type)) {
            finishUsed(type, message, outcomes);
            return;
        }
        outcomes.rejectUnused(SURICATA, type);
    }

    private boolean isUsed(String type) {
        return switch (type) {
            case "flow", "dns", "tls", "http", "dhcp", "stats" -> true;
            // A connection has many QUIC events; the one that carries the server's name is its handshake.
            case "quic" -> event.serverName != null;
            default -> false;
        };
    }

    private void finishUsed(String type, RawMessage message, Outcomes outcomes) {
        if (event.fault != null) {
            outcomes.reject(Reason.BAD_VALUE, event.fault);
            return;
        }
        if (event.timeNanos == ABSENT) {
            outcomes.reject(Reason.MISSING_FIELD, "the record has no timestamp");
            return;
        }
        switch (type) {
            case "stats" -> outcomes.observe(status(message));
            case "dhcp" -> dhcp(message, outcomes);
            default -> connection(type, message, outcomes);
        }
    }

    private void connection(String type, RawMessage message, Outcomes outcomes) {
        IpAddress source = event.source;
        IpAddress destination = event.destination;
        if (source == null || destination == null) {
            outcomes.reject(Reason.MISSING_FIELD, "the record has no " + (source == null ? "src_ip" : "dest_ip"));
            return;
        }
        switch (type) {
            case "flow" -> outcomes.observe(flow(message, source, destination));
            case "dns" -> outcomes.observe(dns(message, source, destination));
            case "http" -> outcomes.observe(http(message, source, destination));
            case "quic" -> outcomes.observe(tls(message, source, destination, quicVersion()));
            default -> outcomes.observe(tls(message, source, destination, event.tlsVersion));
        }
    }

    private FlowObservation flow(RawMessage message, IpAddress source, IpAddress destination) {
        long start = event.flowStartNanos == ABSENT ? event.timeNanos : event.flowStartNanos;
        int protocol = protocol(source);
        boolean isIcmp = protocol == TransportProtocol.ICMP || protocol == TransportProtocol.ICMPV6;
        return new FlowObservation(
                message.sensor(),
                message.site(),
                SURICATA,
                event.flowId,
                start,
                Math.max(start, event.flowEndNanos),
                source,
                (int) (isIcmp ? event.icmpType : event.sourcePort),
                destination,
                (int) (isIcmp ? event.icmpCode : event.destinationPort),
                protocol,
                event.bytesToServer,
                event.bytesToClient,
                event.packetsToServer,
                event.packetsToClient,
                onlyMac(event.sourceMacs),
                onlyMac(event.destinationMacs),
                application(),
                event.flowState);
    }

    private @Nullable String application() {
        String application = event.application;
        if (application == null || application.equals("failed") || application.equals("unknown")) {
            return null;
        }
        return application.toLowerCase(Locale.ROOT);
    }

    /** A flow that went over two routers has several addresses at an end; then none of them is the device's. */
    private static @Nullable String onlyMac(List<String> macs) {
        return macs.size() == 1 ? MacAddress.ecs(macs.getFirst()) : null;
    }

    private DnsObservation dns(RawMessage message, IpAddress source, IpAddress destination) {
        boolean isResponse = "answer".equals(event.dnsType) || "response".equals(event.dnsType);
        boolean isFromResolver = isResponse && isSourceResolver();
        return new DnsObservation(
                message.sensor(),
                message.site(),
                SURICATA,
                event.flowId,
                event.timeNanos,
                isFromResolver ? destination : source,
                (int) (isFromResolver ? event.destinationPort : event.sourcePort),
                isFromResolver ? source : destination,
                (int) (isFromResolver ? event.sourcePort : event.destinationPort),
                protocol(source),
                name(event.question.name),
                event.question.type,
                isResponse ? event.responseCode : null,
                isResponse,
                isResponse ? answers() : List.of());
    }

    /**
     * Suricata 8 gives a response the direction of its packet, 5 to 7 that of its flow, older ones either. The port of
     * the service decides where it can.
     */
    private boolean isSourceResolver() {
        boolean isFromService = event.sourcePort == DNS_PORT;
        boolean isToService = event.destinationPort == DNS_PORT;
        return isFromService != isToService ? isFromService : event.dnsVersion >= 3;
    }

    private List<Answer> answers() {
        if (!event.answers.isEmpty()) {
            return answers(event.answers);
        }
        if (!event.grouped.isEmpty()) {
            return answers(aliasesFirst(event.grouped));
        }
        return event.question.data == null ? List.of() : answers(List.of(event.question));
    }

    /** The grouped form sorts by type; in the packet the aliases came before what they lead to. */
    private static List<EveAnswer> aliasesFirst(List<EveAnswer> grouped) {
        List<EveAnswer> sorted = new ArrayList<>(grouped);
        sorted.sort((a, b) -> Boolean.compare(!"CNAME".equals(a.type), !"CNAME".equals(b.type)));
        return sorted;
    }

    private static List<Answer> answers(List<EveAnswer> records) {
        List<Answer> answers = new ArrayList<>(records.size());
        for (EveAnswer record : records) {
            String type = Objects.requireNonNullElse(record.type, "");
            String data = Objects.requireNonNullElse(record.data, "");
            answers.add(new Answer(data(type, data), type, record.ttlSeconds));
        }
        return answers;
    }

    private static String data(String type, String data) {
        return switch (type) {
            case "A" -> data;
            // Suricata writes all 32 digits.
            case "AAAA" -> {
                IpAddress address = IpAddress.parse(data);
                yield address == null ? data : address.toString();
            }
            case "CNAME", "DNAME", "NS", "PTR", "MX", "SRV", "SOA" -> Objects.requireNonNullElse(name(data), "");
            default -> data;
        };
    }

    private static @Nullable String name(@Nullable String text) {
        if (text == null || text.isEmpty() || text.equals(".")) {
            return null;
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return name.toLowerCase(Locale.ROOT);
    }

    private @Nullable String quicVersion() {
        return event.tlsVersion == null ? "QUIC" : "QUIC " + event.tlsVersion;
    }

    private TlsObservation tls(RawMessage message, IpAddress source, IpAddress destination, @Nullable String version) {
        return new TlsObservation(
                message.sensor(),
                message.site(),
                SURICATA,
                event.flowId,
                event.timeNanos,
                source,
                (int) event.sourcePort,
                destination,
                (int) event.destinationPort,
                event.serverName,
                version,
                null);
    }

    private TlsObservation http(RawMessage message, IpAddress source, IpAddress destination) {
        return new TlsObservation(
                message.sensor(),
                message.site(),
                SURICATA,
                event.flowId,
                event.timeNanos,
                source,
                (int) event.sourcePort,
                destination,
                (int) event.destinationPort,
                UserAgents.hostName(event.httpHost),
                TlsObservation.httpVersion(event.httpVersion),
                null,
                event.userAgent == null ? null : UserAgents.bounded(event.userAgent));
    }

    private void dhcp(RawMessage message, Outcomes outcomes) {
        IpAddress address = leasedAddress();
        String mac = event.clientMac == null ? null : MacAddress.ecs(event.clientMac);
        if (address == null && mac == null) {
            outcomes.reject(Reason.MISSING_FIELD, "the record has no client_mac and no address");
            return;
        }
        outcomes.observe(DeviceSighting.lease(
                message.sensor(),
                message.site(),
                SURICATA,
                event.timeNanos,
                address,
                mac,
                event.hostName,
                event.vendorClass,
                event.leaseSeconds));
    }

    /** An address that was only offered is nobody's; one that was acknowledged, or that the client speaks from, is. */
    private @Nullable IpAddress leasedAddress() {
        boolean isAssigned = event.dhcpType == null || event.dhcpType.equals("ack");
        IpAddress assigned = ANY_IPV4.equals(event.assignedAddress) ? null : event.assignedAddress;
        IpAddress client = ANY_IPV4.equals(event.clientAddress) ? null : event.clientAddress;
        return isAssigned && assigned != null ? assigned : client;
    }

    private SensorStatus status(RawMessage message) {
        long received = event.kernelPackets == ABSENT ? event.decodedPackets : event.kernelPackets;
        return new SensorStatus(
                message.sensor(), message.site(), SURICATA, event.timeNanos, received, event.kernelDrops);
    }

    private int protocol(IpAddress source) {
        return event.transport == null ? ABSENT : TransportProtocol.number(event.transport, source);
    }
}
