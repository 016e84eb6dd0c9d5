package observatory.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.CommunityId;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.ExportDetail;
import observatory.ingest.observation.ExportDetail.Translation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.observation.TlsObservation;
import observatory.ingest.observation.TransportProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Writes observations and rejections as NDJSON with ECS field names, as {@code observatory decode} shows them: one object
 * a line, absent values left out, counters as exported. {@code event.dataset} tells the kinds apart: flow, dns, tls,
 * http, device, status, rejection.
 */
public final class ObservationJson implements AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final JsonGenerator json;

    /** Writes to the stream, which stays open when this is closed. */
    public ObservationJson(OutputStream out) throws IOException {
        json = FACTORY.createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    /** Writes one observation. */
    public void write(Observation observation) throws IOException {
        json.writeStartObject();
        switch (observation) {
            case FlowObservation flow -> writeFlow(flow);
            case DnsObservation dns -> writeDns(dns);
            case TlsObservation tls -> writeTls(tls);
            case DeviceSighting device -> writeDevice(device);
            case SensorStatus status -> writeStatus(status);
        }
        endLine();
    }

    /** Writes one rejection, under the field names of the index of rejections. */
    public void write(Rejection rejection) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("event");
        json.writeStringField("kind", "pipeline_error");
        json.writeStringField("dataset", "rejection");
        json.writeEndObject();
        json.writeObjectFieldStart("observer");
        json.writeStringField("name", rejection.sensor());
        json.writeEndObject();
        json.writeObjectFieldStart("log");
        json.writeObjectFieldStart("file");
        json.writeStringField("path", rejection.source());
        json.writeEndObject();
        json.writeNumberField("offset", rejection.offset());
        json.writeEndObject();
        json.writeObjectFieldStart("observatory");
        json.writeObjectFieldStart("rejection");
        json.writeStringField("reason", rejection.reason().label());
        json.writeStringField("detail", rejection.detail());
        if (rejection.line() > 0) {
            json.writeNumberField("line", rejection.line());
        }
        json.writeStringField("sample", rejection.sample());
        json.writeEndObject();
        json.writeEndObject();
        endLine();
    }

    private void endLine() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Hands everything to the stream. */
    @Override
    public void close() throws IOException {
        json.close();
    }

    private void writeFlow(FlowObservation flow) throws IOException {
        writeEvent(flow, "flow", flow.startNanos(), flow.endNanos());
        writeObserver(flow);
        long bytes = sum(flow.sourceBytes(), flow.destinationBytes());
        long packets = sum(flow.sourcePackets(), flow.destinationPackets());
        writeNetwork(flow.protocol(), flow.application(), bytes, packets, CommunityId.of(flow), flow.export());
        Translation nat = flow.export() == null ? null : flow.export().nat();
        json.writeObjectFieldStart("source");
        writeEnd(flow.source(), flow.sourcePort(), flow.sourceBytes(), flow.sourcePackets(), flow.sourceMac());
        if (nat != null) {
            writeNat(nat.source(), nat.sourcePort());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("destination");
        writeEnd(
                flow.destination(),
                flow.destinationPort(),
                flow.destinationBytes(),
                flow.destinationPackets(),
                flow.destinationMac());
        if (nat != null) {
            writeNat(nat.destination(), nat.destinationPort());
        }
        json.writeEndObject();
    }

    private void writeNat(@Nullable IpAddress address, int port) throws IOException {
        if (address == null && port == FlowObservation.ABSENT) {
            return;
        }
        json.writeObjectFieldStart("nat");
        if (address != null) {
            json.writeStringField("ip", address.toString());
        }
        writeNumber("port", port);
        json.writeEndObject();
    }

    /** The observer, with what its exporter says of interfaces and sampling; and what is ours about the record. */
    private void writeObserver(FlowObservation flow) throws IOException {
        ExportDetail export = flow.export();
        if (export == null) {
            writeObserver(flow, flow.sensorId());
            return;
        }
        json.writeObjectFieldStart("observer");
        json.writeStringField("type", flow.observerType());
        json.writeStringField("name", flow.sensor());
        if (export.samplingInterval() > 0) {
            json.writeNumberField("sampling", export.samplingInterval());
        }
        writeInterface("ingress", export.ingressInterface());
        writeInterface("egress", export.egressInterface());
        json.writeEndObject();
        json.writeObjectFieldStart("observatory");
        json.writeStringField("site", flow.site());
        if (!flow.sensorId().isEmpty()) {
            json.writeStringField("sensor_id", flow.sensorId());
        }
        writeExport(export);
        json.writeEndObject();
    }

    private void writeInterface(String side, long index) throws IOException {
        if (index != FlowObservation.ABSENT) {
            json.writeObjectFieldStart(side);
            json.writeObjectFieldStart("interface");
            json.writeStringField("id", Long.toString(index));
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private void writeExport(ExportDetail export) throws IOException {
        json.writeObjectFieldStart("export");
        json.writeNumberField("domain", export.observationDomain());
        writeNumber("end_reason", export.endReason());
        if (export.samplingAssumed()) {
            json.writeBooleanField("sampling_assumed", true);
        }
        if (!export.startKnown()) {
            json.writeBooleanField("start_known", false);
        }
        if (!export.durationKnown()) {
            json.writeBooleanField("duration_known", false);
        }
        if (export.clockSkewed()) {
            json.writeBooleanField("clock_skewed", true);
        }
        json.writeEndObject();
    }

    private void writeDns(DnsObservation dns) throws IOException {
        writeEvent(dns, "dns", dns.timeNanos(), dns.timeNanos());
        writeObserver(dns, dns.sensorId());
        writeNetwork(dns.protocol(), "dns", FlowObservation.ABSENT, FlowObservation.ABSENT, communityId(dns), null);
        if (dns.client() != null) {
            writeEnd("source", dns.client(), dns.clientPort());
        }
        if (dns.resolver() != null) {
            writeEnd("destination", dns.resolver(), dns.resolverPort());
        }
        json.writeObjectFieldStart("dns");
        json.writeStringField("type", dns.response() ? "answer" : "query");
        if (dns.question() != null || dns.questionType() != null) {
            json.writeObjectFieldStart("question");
            writeText("name", dns.question());
            writeText("type", dns.questionType());
            json.writeEndObject();
        }
        writeText("response_code", dns.responseCode());
        writeAnswers(dns.answers());
        json.writeEndObject();
    }

    private static @Nullable String communityId(DnsObservation dns) {
        return dns.client() == null || dns.resolver() == null
                ? null
                : CommunityId.of(dns.client(), dns.clientPort(), dns.resolver(), dns.resolverPort(), dns.protocol());
    }

    private void writeAnswers(List<Answer> answers) throws IOException {
        if (answers.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("answers");
        for (Answer answer : answers) {
            json.writeStartObject();
            json.writeStringField("data", answer.data());
            json.writeStringField("type", answer.type());
            writeNumber("ttl", answer.ttlSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeTls(TlsObservation tls) throws IOException {
        writeEvent(tls, tls.isHttp() ? "http" : "tls", tls.timeNanos(), tls.timeNanos());
        writeObserver(tls, tls.sensorId());
        writeEnd("source", tls.client(), tls.clientPort());
        writeEnd("destination", tls.server(), tls.serverPort());
        if (tls.isHttp()) {
            writeObject("url", "domain", tls.serverName());
            writeObject("user_agent", "original", tls.userAgent());
            return;
        }
        json.writeObjectFieldStart("tls");
        writeText("version", tls.version());
        if (tls.established() != null) {
            json.writeBooleanField("established", tls.established());
        }
        if (tls.serverName() != null) {
            json.writeObjectFieldStart("client");
            json.writeStringField("server_name", tls.serverName());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeDevice(DeviceSighting device) throws IOException {
        writeEvent(device, "device", device.timeNanos(), device.timeNanos());
        writeObserver(device, "");
        json.writeObjectFieldStart("source");
        if (device.address() != null) {
            json.writeStringField("ip", device.address().toString());
        }
        writeText("mac", device.mac());
        writeText("domain", device.hostName());
        json.writeEndObject();
        boolean isIdentified = device.model() != null
                || device.firmware() != null
                || device.vendorClass() != null
                || device.group() != null
                || device.owner() != null;
        if (isIdentified) {
            json.writeObjectFieldStart("device");
            if (device.model() != null) {
                json.writeObjectFieldStart("model");
                json.writeStringField("name", device.model());
                json.writeEndObject();
            }
            writeText("firmware", device.firmware());
            writeText("vendor_class", device.vendorClass());
            writeText("group", device.group());
            writeText("owner", device.owner());
            json.writeEndObject();
        }
        if (device.leaseSeconds() != FlowObservation.ABSENT) {
            json.writeObjectFieldStart("dhcp");
            json.writeNumberField("lease_seconds", device.leaseSeconds());
            json.writeEndObject();
        }
    }

    private void writeStatus(SensorStatus status) throws IOException {
        writeEvent(status, "status", status.timeNanos(), status.timeNanos());
        startObserver(status);
        json.writeObjectFieldStart("status");
        writeNumber("received", status.received());
        writeNumber("dropped", status.dropped());
        writeNumber("domain", status.observationDomain());
        writeCount("datagrams", status.datagrams());
        writeCount("lost", status.lost());
        writeCount("gaps", status.gaps());
        writeCount("restarts", status.restarts());
        writeCount("duplicates", status.duplicates());
        writeCount("out_of_order", status.outOfOrder());
        writeCount("skew_millis", status.skewMillis());
        writeCount("sampling", status.samplingInterval());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeEvent(Observation observation, String dataset, long start, long end) throws IOException {
        json.writeStringField("@timestamp", time(observation.timeNanos()));
        json.writeObjectFieldStart("event");
        json.writeStringField("kind", "event");
        json.writeArrayFieldStart("category");
        json.writeString("network");
        json.writeEndArray();
        json.writeStringField("dataset", dataset);
        json.writeStringField("start", time(start));
        json.writeStringField("end", time(end));
        json.writeEndObject();
    }

    private void writeObserver(Observation observation, String sensorId) throws IOException {
        startObserver(observation);
        if (!sensorId.isEmpty()) {
            json.writeStringField("sensor_id", sensorId);
        }
        json.writeEndObject();
    }

    /** Leaves the object of our own fields open. */
    private void startObserver(Observation observation) throws IOException {
        json.writeObjectFieldStart("observer");
        json.writeStringField("type", observation.observerType());
        json.writeStringField("name", observation.sensor());
        json.writeEndObject();
        json.writeObjectFieldStart("observatory");
        json.writeStringField("site", observation.site());
    }

    private void writeNetwork(
            int protocol,
            @Nullable String application,
            long bytes,
            long packets,
            @Nullable String id,
            @Nullable ExportDetail export)
            throws IOException {
        json.writeObjectFieldStart("network");
        if (protocol != FlowObservation.ABSENT) {
            json.writeStringField("transport", TransportProtocol.name(protocol));
            // A keyword in ECS, hence a string.
            json.writeStringField("iana_number", Integer.toString(protocol));
        }
        writeText("protocol", application);
        writeNumber("bytes", bytes);
        writeNumber("packets", packets);
        writeText("community_id", id);
        if (export != null) {
            writeText("application", export.application());
            if (export.vlan() != FlowObservation.ABSENT) {
                json.writeObjectFieldStart("vlan");
                json.writeStringField("id", Integer.toString(export.vlan()));
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private void writeEnd(String name, IpAddress address, int port) throws IOException {
        json.writeObjectFieldStart(name);
        writeEnd(address, port, FlowObservation.ABSENT, FlowObservation.ABSENT, null);
        json.writeEndObject();
    }

    /** The members of {@code source} or {@code destination}, whose object is left open. */
    private void writeEnd(IpAddress address, int port, long bytes, long packets, @Nullable String mac)
            throws IOException {
        json.writeStringField("ip", address.toString());
        writeNumber("port", port);
        writeNumber("bytes", bytes);
        writeNumber("packets", packets);
        writeText("mac", mac);
    }

    private void writeObject(String object, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeObjectFieldStart(object);
            json.writeStringField(name, text);
            json.writeEndObject();
        }
    }

    private void writeText(String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private void writeNumber(String name, long number) throws IOException {
        if (number != FlowObservation.ABSENT) {
            json.writeNumberField(name, number);
        }
    }

    /** Counts of nothing are left out. */
    private void writeCount(String name, long number) throws IOException {
        if (number != 0) {
            json.writeNumberField(name, number);
        }
    }

    /** The sum of what is stated; absent only when neither side is. */
    private static long sum(long a, long b) {
        if (a == FlowObservation.ABSENT && b == FlowObservation.ABSENT) {
            return FlowObservation.ABSENT;
        }
        long sum = Math.max(a, 0) + Math.max(b, 0);
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** ISO-8601 in UTC, with as many digits as the time has. */
    private static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
                .toString();
    }
}
