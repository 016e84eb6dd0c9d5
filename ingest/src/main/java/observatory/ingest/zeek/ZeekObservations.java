package observatory.ingest.zeek;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.identity.UserAgents;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsCodes;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.observation.TlsObservation;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.text.Outcomes;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/** Says what a record of each log means; the same for both ways of writing it. */
final class ZeekObservations {
    private static final String ZEEK = Format.ZEEK_TSV.observerType();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final IpAddress ANY_IPV4 = IpAddress.ofIpv4(0);

    private final RawMessage message;
    private final ZeekRecord record;
    private final Outcomes outcomes;
    private final UserAgents userAgents;

    ZeekObservations(RawMessage message, ZeekRecord record, Outcomes outcomes, UserAgents userAgents) {
        this.message = message;
        this.record = record;
        this.outcomes = outcomes;
        this.userAgents = userAgents;
    }

    /**
     * Turns the record into its one outcome.
     *
     * @param path what Zeek calls the log, for people, where it is one that we do not use
     */
    void finish(ZeekLog log, String path) {
        if (log == ZeekLog.UNUSED) {
            outcomes.rejectUnused(ZEEK, path);
            return;
        }
        String fault = record.fault();
        if (fault != null) {
            outcomes.reject(Reason.BAD_VALUE, fault);
            return;
        }
        if (record.number(ZeekField.TS) == ABSENT) {
            rejectWithout("ts");
            return;
        }
        switch (log) {
            case CONN, DNS, SSL, HTTP, SIP -> connection(log);
            case DHCP -> dhcp();
            case KNOWN_DEVICES -> knownDevice();
            case UNUSED -> throw new IllegalStateException();
        }
    }

    private void rejectWithout(String field) {
        outcomes.reject(Reason.MISSING_FIELD, "the record has no " + field);
    }

    private void connection(ZeekLog log) {
        IpAddress originator = record.address(ZeekField.ORIG_H);
        IpAddress responder = record.address(ZeekField.RESP_H);
        if (originator == null || responder == null) {
            rejectWithout(originator == null ? "id.orig_h" : "id.resp_h");
            return;
        }
        switch (log) {
            case CONN -> outcomes.observe(flow(originator, responder));
            case DNS -> outcomes.observe(dns(originator, responder));
            case SSL -> outcomes.observe(tls(originator, responder));
            case HTTP -> outcomes.observe(http(originator, responder));
            case SIP -> sip(originator);
            case DHCP, KNOWN_DEVICES, UNUSED -> throw new IllegalStateException();
        }
    }

    private FlowObservation flow(IpAddress originator, IpAddress responder) {
        long start = record.number(ZeekField.TS);
        // Absent is -1 and a clock that went backwards gives less; neither makes a flow end before it starts.
        long duration = Math.max(0, record.number(ZeekField.DURATION));
        String service = record.text(ZeekField.SERVICE);
        return new FlowObservation(
                message.sensor(),
                message.site(),
                ZEEK,
                uid(),
                start,
                start + Math.min(duration, Long.MAX_VALUE - start),
                originator,
                port(ZeekField.ORIG_P),
                responder,
                port(ZeekField.RESP_P),
                protocol(originator),
                either(ZeekField.ORIG_IP_BYTES, ZeekField.ORIG_BYTES),
                either(ZeekField.RESP_IP_BYTES, ZeekField.RESP_BYTES),
                record.number(ZeekField.ORIG_PKTS),
                record.number(ZeekField.RESP_PKTS),
                mac(ZeekField.ORIG_L2_ADDR),
                mac(ZeekField.RESP_L2_ADDR),
                service == null ? null : service.toLowerCase(Locale.ROOT),
                record.text(ZeekField.CONN_STATE));
    }

    private DnsObservation dns(IpAddress client, IpAddress resolver) {
        String questionType = questionType();
        String responseCode = responseCode();
        List<Answer> answers = answers(questionType);
        return new DnsObservation(
                message.sensor(),
                message.site(),
                ZEEK,
                uid(),
                record.number(ZeekField.TS),
                client,
                port(ZeekField.ORIG_P),
                resolver,
                port(ZeekField.RESP_P),
                protocol(client),
                record.text(ZeekField.QUERY),
                questionType,
                responseCode,
                responseCode != null || !answers.isEmpty(),
                answers);
    }

    private TlsObservation tls(IpAddress client, IpAddress server) {
        long established = record.number(ZeekField.ESTABLISHED);
        return new TlsObservation(
                message.sensor(),
                message.site(),
                ZEEK,
                uid(),
                record.number(ZeekField.TS),
                client,
                port(ZeekField.ORIG_P),
                server,
                port(ZeekField.RESP_P),
                record.text(ZeekField.SERVER_NAME),
                record.text(ZeekField.VERSION),
                established == ABSENT ? null : established == 1);
    }

    private TlsObservation http(IpAddress client, IpAddress server) {
        String userAgent = record.text(ZeekField.USER_AGENT);
        return new TlsObservation(
                message.sensor(),
                message.site(),
                ZEEK,
                uid(),
                record.number(ZeekField.TS),
                client,
                port(ZeekField.ORIG_P),
                server,
                port(ZeekField.RESP_P),
                UserAgents.hostName(record.text(ZeekField.HOST)),
                TlsObservation.httpVersion(record.text(ZeekField.VERSION)),
                null,
                userAgent == null ? null : UserAgents.bounded(userAgent));
    }

    /** A SIP request tells who asked by its user agent; those of softphones and servers are no phone's that we know. */
    private void sip(IpAddress client) {
        UserAgents.Phone phone = userAgents.phone(record.text(ZeekField.USER_AGENT));
        if (phone == null) {
            outcomes.rejectUnused(ZEEK, "sip");
            return;
        }
        outcomes.observe(DeviceSighting.agent(
                message.sensor(),
                message.site(),
                ZEEK,
                record.number(ZeekField.TS),
                client,
                phone.mac(),
                phone.maker(),
                phone.model(),
                phone.firmware()));
    }

    private void knownDevice() {
        String mac = mac(ZeekField.MAC);
        if (mac == null) {
            rejectWithout("mac");
            return;
        }
        outcomes.observe(DeviceSighting.lease(
                message.sensor(),
                message.site(),
                ZEEK,
                record.number(ZeekField.TS),
                null,
                mac,
                record.text(ZeekField.DHCP_HOST_NAME),
                null,
                ABSENT));
    }

    private void dhcp() {
        IpAddress address = leasedAddress();
        String mac = mac(ZeekField.MAC);
        if (address == null && mac == null) {
            rejectWithout("mac and no address");
            return;
        }
        String hostName = record.text(ZeekField.HOST_NAME);
        long lease = record.number(ZeekField.LEASE_TIME);
        outcomes.observe(DeviceSighting.lease(
                message.sensor(),
                message.site(),
                ZEEK,
                record.number(ZeekField.TS),
                address,
                mac,
                hostName != null ? hostName : record.text(ZeekField.CLIENT_FQDN),
                record.text(ZeekField.CLIENT_SOFTWARE),
                lease < 0 ? ABSENT : lease / NANOS_PER_SECOND));
    }

    /** An address that was only offered is nobody's; one that was acknowledged, or that the client speaks from, is. */
    private @Nullable IpAddress leasedAddress() {
        List<String> messages = record.list(ZeekField.MSG_TYPES);
        IpAddress assigned = record.address(ZeekField.ASSIGNED_ADDR);
        boolean isAssigned = messages.isEmpty() || messages.contains("ACK");
        IpAddress address = isAssigned && assigned != null ? assigned : record.address(ZeekField.CLIENT_ADDR);
        return ANY_IPV4.equals(address) ? null : address;
    }

    private @Nullable String questionType() {
        String name = record.text(ZeekField.QTYPE_NAME);
        if (name != null) {
            return DnsCodes.type(name);
        }
        long number = record.number(ZeekField.QTYPE);
        return number == ABSENT ? null : DnsCodes.type(number);
    }

    private @Nullable String responseCode() {
        String name = record.text(ZeekField.RCODE_NAME);
        long number = record.number(ZeekField.RCODE);
        if (name != null || number == ABSENT) {
            return name;
        }
        return DnsCodes.responseCode(number);
    }

    private List<Answer> answers(@Nullable String questionType) {
        List<String> values = record.list(ZeekField.ANSWERS);
        List<String> ttls = record.list(ZeekField.TTLS);
        List<Answer> answers = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            answers.add(ZeekAnswer.of(values.get(i), questionType, i < ttls.size() ? seconds(ttls.get(i)) : ABSENT));
        }
        return answers;
    }

    private static long seconds(String ttl) {
        long nanos = Slice.of(ttl).nanos();
        return nanos < 0 ? ABSENT : nanos / NANOS_PER_SECOND;
    }

    private String uid() {
        String uid = record.text(ZeekField.UID);
        return uid == null ? "" : uid;
    }

    private int port(ZeekField field) {
        return (int) record.number(field);
    }

    private int protocol(IpAddress originator) {
        String name = record.text(ZeekField.PROTO);
        int number = name == null ? ABSENT : TransportProtocol.number(name, originator);
        // Zeek 7.1 and later say unknown_transport and give the number beside it.
        long stated = record.number(ZeekField.IP_PROTO);
        return number == ABSENT && stated >= 0 && stated <= 255 ? (int) stated : number;
    }

    private long either(ZeekField preferred, ZeekField fallback) {
        long number = record.number(preferred);
        return number != ABSENT ? number : record.number(fallback);
    }

    private @Nullable String mac(ZeekField field) {
        String text = record.text(field);
        return text == null ? null : MacAddress.ecs(text);
    }
}
