package observatory.ingest.suricata;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.suricata.EveEvent.EveAnswer;
import observatory.ingest.text.JsonLines;
import observatory.ingest.text.Slice;
import observatory.ingest.text.Timestamp;
import observatory.ingest.text.WordCache;
import org.jspecify.annotations.Nullable;

/** Fills an {@link EveEvent} from the stream of tokens, in whatever order the fields come. */
final class EveReader {
    private static final int LARGEST_PORT = 65_535;

    final EveEvent event = new EveEvent();
    private final WordCache words = new WordCache();
    private final Slice value = new Slice();
    private final JsonLines.Scratch scratch = new JsonLines.Scratch();

    /** What to do with one field of an object; the parser stands at its value. */
    private interface FieldReader {
        void read(String name, JsonParser json) throws IOException;
    }

    private final FieldReader root = this::readRoot;
    private final FieldReader flow = this::readFlow;
    private final FieldReader ether = this::readEther;
    private final FieldReader dns = this::readDns;
    private final FieldReader tls = this::readTls;
    private final FieldReader http = this::readHttp;
    private final FieldReader dhcp = this::readDhcp;
    private final FieldReader stats = this::readStats;
    private final FieldReader capture = this::readCapture;
    private final FieldReader packetDecoder = this::readPacketDecoder;
    private final FieldReader grouped = this::readGrouped;

    void read(JsonParser json) throws IOException {
        event.clear();
        readObject(json, root);
    }

    private static void readObject(JsonParser json, FieldReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            reader.read(name, json);
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the record breaks off");
        }
    }

    private void readRoot(String name, JsonParser json) throws IOException {
        switch (name) {
            case "timestamp" -> event.timeNanos = time(name, json);
            case "event_type" -> event.type = word(json);
            case "flow_id" -> event.flowId = textOr(json, "");
            case "src_ip" -> event.source = address(name, json);
            case "src_port" -> event.sourcePort = port(name, json);
            case "dest_ip" -> event.destination = address(name, json);
            case "dest_port" -> event.destinationPort = port(name, json);
            case "proto" -> event.transport = word(json);
            case "icmp_type" -> event.icmpType = port(name, json);
            case "icmp_code" -> event.icmpCode = port(name, json);
            case "app_proto" -> event.application = word(json);
            case "ether" -> readObject(json, ether);
            case "flow" -> readPart(name, json, flow);
            case "dns" -> readPart(name, json, dns);
            // A QUIC event has the same two fields under its own name.
            case "tls", "quic" -> readPart(name, json, tls);
            case "http" -> readPart(name, json, http);
            case "dhcp" -> readPart(name, json, dhcp);
            case "stats" -> readPart(name, json, stats);
            default -> json.skipChildren();
        }
    }

    /** Alerts carry a flow, fileinfo may carry a tls: a part that is not the event's own is not read. */
    private void readPart(String name, JsonParser json, FieldReader reader) throws IOException {
        if (event.type == null || event.type.equals(name)) {
            readObject(json, reader);
        } else {
            json.skipChildren();
        }
    }

    private void readFlow(String name, JsonParser json) throws IOException {
        switch (name) {
            case "pkts_toserver" -> event.packetsToServer = count(name, json);
            case "pkts_toclient" -> event.packetsToClient = count(name, json);
            case "bytes_toserver" -> event.bytesToServer = count(name, json);
            case "bytes_toclient" -> event.bytesToClient = count(name, json);
            case "start" -> event.flowStartNanos = time("flow.start", json);
            case "end" -> event.flowEndNanos = time("flow.end", json);
            case "state" -> event.flowState = word(json);
            default -> json.skipChildren();
        }
    }

    private void readEther(String name, JsonParser json) throws IOException {
        switch (name) {
            case "src_mac", "src_macs" -> readWords(json, event.sourceMacs);
            case "dest_mac", "dest_macs" -> readWords(json, event.destinationMacs);
            default -> json.skipChildren();
        }
    }

    private void readDns(String name, JsonParser json) throws IOException {
        switch (name) {
            case "version" -> event.dnsVersion = count("dns.version", json);
            case "type" -> event.dnsType = word(json);
            case "rcode" -> event.responseCode = word(json);
            case "answers" -> readRecords(json, event.answers);
            case "queries" -> readQueries(json);
            case "grouped" -> readObject(json, grouped);
            default -> readRecord(name, json, event.question);
        }
    }

    /** DNS log version 3 lists the questions; more than one was never seen in the wild, and the first is the one asked. */
    private void readQueries(JsonParser json) throws IOException {
        List<EveAnswer> queries = new ArrayList<>(1);
        readRecords(json, queries);
        if (!queries.isEmpty()) {
            event.question.name = queries.getFirst().name;
            event.question.type = queries.getFirst().type;
        }
    }

    private void readRecords(JsonParser json, List<EveAnswer> records) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            failAtEnd(json);
            EveAnswer record = new EveAnswer();
            readObject(json, (name, fields) -> readRecord(name, fields, record));
            records.add(record);
        }
    }

    private void readRecord(String name, JsonParser json, EveAnswer record) throws IOException {
        switch (name) {
            case "rrname" -> record.name = text(json);
            case "rrtype" -> record.type = word(json);
            case "ttl" -> record.ttlSeconds = count("ttl", json);
            case "rdata" -> record.data = text(json);
            // Types whose data EVE writes as an object; the name in it is what Zeek logs for them too.
            case "srv", "soa", "mx" ->
                readObject(json, (field, fields) -> {
                    switch (field) {
                        case "name", "mname" -> record.data = text(fields);
                        default -> fields.skipChildren();
                    }
                });
            default -> json.skipChildren();
        }
    }

    private void readGrouped(String type, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            failAtEnd(json);
            EveAnswer answer = new EveAnswer();
            answer.type = type;
            answer.data = text(json);
            event.grouped.add(answer);
        }
    }

    private void readTls(String name, JsonParser json) throws IOException {
        switch (name) {
            case "sni" -> event.serverName = name(json);
            case "version" -> event.tlsVersion = word(json);
            default -> json.skipChildren();
        }
    }

    private void readHttp(String name, JsonParser json) throws IOException {
        switch (name) {
            case "hostname" -> event.httpHost = text(json);
            case "http_user_agent" -> event.userAgent = text(json);
            case "protocol" -> event.httpVersion = word(json);
            default -> json.skipChildren();
        }
    }

    private void readDhcp(String name, JsonParser json) throws IOException {
        switch (name) {
            case "dhcp_type" -> event.dhcpType = word(json);
            case "client_mac" -> event.clientMac = text(json);
            case "assigned_ip" -> event.assignedAddress = address(name, json);
            case "client_ip" -> event.clientAddress = address(name, json);
            case "hostname" -> event.hostName = text(json);
            case "vendor_class_identifier" -> event.vendorClass = text(json);
            case "lease_time" -> event.leaseSeconds = count(name, json);
            default -> json.skipChildren();
        }
    }

    private void readStats(String name, JsonParser json) throws IOException {
        switch (name) {
            case "capture" -> readObject(json, capture);
            case "decoder" -> readObject(json, packetDecoder);
            default -> json.skipChildren();
        }
    }

    private void readCapture(String name, JsonParser json) throws IOException {
        switch (name) {
            case "kernel_packets" -> event.kernelPackets = count(name, json);
            case "kernel_drops" -> event.kernelDrops = count(name, json);
            default -> json.skipChildren();
        }
    }

    private void readPacketDecoder(String name, JsonParser json) throws IOException {
        if (name.equals("pkts")) {
            event.decodedPackets = count("decoder.pkts", json);
        } else {
            json.skipChildren();
        }
    }

    private void readWords(JsonParser json, List<String> into) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            String single = word(json);
            if (single != null) {
                into.add(single);
            }
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            failAtEnd(json);
            String element = word(json);
            if (element != null) {
                into.add(element);
            }
        }
    }

    private static void failAtEnd(JsonParser json) throws IOException {
        if (json.currentToken() == null) {
            throw new IOException("the record breaks off");
        }
    }

    /** The value as a slice; null, and skipped, when it is an object, an array or null. */
    private @Nullable Slice slice(JsonParser json) throws IOException {
        if (JsonLines.isScalar(json.currentToken())) {
            return JsonLines.slice(json, value, scratch);
        }
        json.skipChildren();
        return null;
    }

    private @Nullable String text(JsonParser json) throws IOException {
        Slice slice = slice(json);
        return slice == null || slice.length() == 0 ? null : slice.text();
    }

    private String textOr(JsonParser json, String absent) throws IOException {
        String text = text(json);
        return text == null ? absent : text;
    }

    private @Nullable String word(JsonParser json) throws IOException {
        Slice slice = slice(json);
        return slice == null || slice.length() == 0 ? null : words.word(slice);
    }

    private @Nullable String name(JsonParser json) throws IOException {
        Slice slice = slice(json);
        return slice == null ? null : slice.name();
    }

    private @Nullable IpAddress address(String field, JsonParser json) throws IOException {
        Slice slice = slice(json);
        IpAddress address = slice == null ? null : slice.address();
        if (slice != null && address == null) {
            fault(field, slice, "an IP address");
        }
        return address;
    }

    private long count(String field, JsonParser json) throws IOException {
        Slice slice = slice(json);
        return slice == null ? FlowObservation.ABSENT : checked(field, slice, slice.count(), "a whole number");
    }

    private long port(String field, JsonParser json) throws IOException {
        Slice slice = slice(json);
        if (slice == null) {
            return FlowObservation.ABSENT;
        }
        long port = slice.count();
        return checked(field, slice, port > LARGEST_PORT ? Slice.INVALID : port, "a number from 0 to 65535");
    }

    private long time(String field, JsonParser json) throws IOException {
        Slice slice = slice(json);
        return slice == null
                ? FlowObservation.ABSENT
                : checked(field, slice, Timestamp.nanos(slice), "an ISO-8601 time");
    }

    private long checked(String field, Slice found, long number, String wanted) {
        if (number == Slice.INVALID) {
            fault(field, found, wanted);
        }
        return number;
    }

    private void fault(String field, Slice found, String wanted) {
        if (event.fault == null) {
            String text = found.length() > 60 ? found.subSequence(0, 60) + "..." : found.text();
            String safe = Rejection.sample(text.getBytes(StandardCharsets.UTF_8));
            event.fault = String.format(Locale.ROOT, "%s: found '%s', wanted %s", field, safe, wanted);
        }
    }
}
