package observatory.ingest.simulate.truth;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import observatory.ingest.simulate.fleet.Fleet;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Site;
import observatory.ingest.simulate.fleet.Version;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Conversation;
import observatory.ingest.simulate.traffic.Handshake;
import observatory.ingest.simulate.zeek.Sensor;

/**
 * Keeps the truth while the simulation runs and writes it beside the logs: {@code truth.json} with everything but the
 * flows, and {@code truth-flows.ndjson.gz} with one object per flow that is in the logs. The shape of both is told in
 * {@code README.md} beside the simulator's tables.
 */
public final class TruthWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Fleet fleet;
    private final Path folder;
    private final Writer flows;
    private final NameLedger names = new NameLedger(this::writeFlow);
    private final Tally total = new Tally();
    private final Tally lost = new Tally();
    private final Map<String, Tally> sites = new LinkedHashMap<>();
    private final List<Tally> devices = new ArrayList<>();
    private final Map<String, Long> states = new LinkedHashMap<>();
    private final Map<String, Long> named = new LinkedHashMap<>();
    private final StringBuilder line = new StringBuilder();

    /** Time matters more than space here. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream raw) throws IOException {
            super(raw, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** A writer into {@code folder}, which exists. */
    public TruthWriter(Fleet fleet, Path folder) throws IOException {
        this.fleet = fleet;
        this.folder = folder;
        OutputStream raw = Files.newOutputStream(folder.resolve("truth-flows.ndjson.gz"));
        this.flows = new BufferedWriter(new OutputStreamWriter(new Quick(raw), StandardCharsets.UTF_8), BUFFER);
        fleet.phones().forEach(phone -> devices.add(new Tally()));
        fleet.sites().forEach(site -> sites.put(site.name(), new Tally()));
        for (String state : List.of("fresh", "shared", "stale", "none")) {
            states.put(state, 0L);
        }
        for (String source : List.of("sni", "own_dns", "none")) {
            named.put(source, 0L);
        }
    }

    /** Counts a conversation that is in the logs. */
    public void logged(Conversation conversation) {
        total.add(conversation);
        devices.get(conversation.device()).add(conversation);
        Tally site = sites.get(phone(conversation).site().name());
        if (site != null) {
            site.add(conversation);
        }
        names.take(conversation);
    }

    /** Counts a conversation that a silent sensor missed. */
    public void lost(Conversation conversation) {
        lost.add(conversation);
    }

    /** Nothing before this time will be logged any more, microseconds since 1970. */
    public void settleUntil(long time) {
        names.settleUntil(time);
    }

    private Phone phone(Conversation conversation) {
        return fleet.phones().get(conversation.device());
    }

    private void writeFlow(Conversation conversation, NameLedger.Known known) {
        Connection connection = conversation.connection();
        Phone phone = phone(conversation);
        boolean spokeFirst = Tally.isDevice(connection.origin());
        Handshake handshake = conversation.handshake();
        states.merge(known.state(), 1L, Long::sum);
        named.merge(handshake != null ? "sni" : known.names().isEmpty() ? "none" : "own_dns", 1L, Long::sum);
        line.setLength(0);
        text("{\"sensor\":", phone.site().name());
        text(",\"uid\":", connection.uid());
        text(",\"device\":", phone.mac());
        text(",\"start\":", instant(connection.start()));
        text(",\"purpose\":", conversation.purpose());
        text(",\"address\":", spokeFirst ? connection.responder() : connection.origin());
        if (conversation.name() != null) {
            text(",\"name\":", conversation.name());
        }
        line.append(",\"sni\":").append(handshake != null);
        text(",\"dns\":", known.state());
        if (!known.names().isEmpty()) {
            line.append(",\"candidates\":[\"")
                    .append(String.join("\",\"", known.names()))
                    .append("\"]");
        }
        if (known.overdue() > 0) {
            line.append(",\"overdue_ms\":").append(known.overdue() / 1000);
        }
        if (known.moved()) {
            line.append(",\"moved\":true");
        }
        line.append(",\"out\":").append((spokeFirst ? connection.sent() : connection.received()).ipBytes());
        line.append(",\"in\":").append((spokeFirst ? connection.received() : connection.sent()).ipBytes());
        line.append("}\n");
        try {
            flows.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void text(String key, String value) {
        line.append(key).append('"').append(value).append('"');
    }

    /**
     * Writes {@code truth.json}.
     *
     * @param settings the settings, as they shall be told
     * @param sensors the sensors after their last line
     */
    public void finish(Map<String, Object> settings, List<Sensor> sensors) throws IOException {
        names.settleUntil(Long.MAX_VALUE);
        flows.close();
        Map<String, Object> truth = new LinkedHashMap<>();
        truth.put("simulated", true);
        truth.put("settings", settings);
        truth.put("totals", total.totals());
        truth.put("names", named);
        truth.put("own_dns", states);
        truth.put("lost_to_silence", lost.totals());
        truth.put("sites", fleet.sites().stream().map(this::site).toList());
        truth.put("sensors", sensors.stream().map(TruthWriter::sensor).toList());
        truth.put("devices", fleet.phones().stream().map(this::device).toList());
        truth.put("planted", fleet.plants().stream().map(this::planted).toList());
        truth.put("look_alikes", fleet.lookAlikes().stream().map(this::planted).toList());
        ObjectMapper mapper = new ObjectMapper()
                .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, false)
                .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, true);
        Files.writeString(
                folder.resolve("truth.json"),
                mapper.writerWithDefaultPrettyPrinter().writeValueAsString(truth) + "\n");
    }

    private Map<String, Object> site(Site site) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", site.name());
        out.put("phone_network", site.phoneNetwork());
        out.put("resolver", site.resolver());
        out.put("second_resolver", site.secondResolver());
        out.put("time_zone", site.zone().getId());
        Tally tally = sites.get(site.name());
        if (tally != null) {
            out.put("totals", tally.totals());
        }
        return out;
    }

    private static Map<String, Object> sensor(Sensor sensor) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", sensor.site().name());
        out.put("site", sensor.site().name());
        out.put("lines", sensor.written());
        out.put("minutes", sensor.expectedMinutes());
        out.put("minutes_with_events", sensor.minutesWithEvents());
        out.put("longest_other_gap_minutes", sensor.longestOtherGapMinutes());
        out.put(
                "silent",
                sensor.silences().stream()
                        .map(silence -> new Span(instant(silence.from()), instant(silence.to())))
                        .toList());
        return out;
    }

    private record Span(String from, String to) {}

    private Map<String, Object> device(Phone phone) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("mac", phone.mac());
        out.put("host_name", phone.hostName());
        out.put("maker", phone.model().maker());
        out.put("model", phone.model().model());
        out.put("product", phone.model().product());
        out.put("site", phone.site().name());
        out.put("managed", phone.managed());
        out.put("addresses", versions(phone.addresses(), phone));
        out.put("firmware", versions(phone.firmware(), phone));
        out.put("resolvers", versions(phone.resolvers(), phone));
        out.put("boots", phone.boots().stream().map(TruthWriter::instant).toList());
        out.put("totals", devices.get(phone.index()).totals());
        return out;
    }

    private static List<Map<String, String>> versions(List<Version> versions, Phone phone) {
        return versions.stream()
                .map(version -> {
                    Map<String, String> out = new LinkedHashMap<>();
                    out.put("value", version.value());
                    out.put(
                            "from",
                            instant(Math.max(version.from(), phone.boots().getFirst())));
                    return out;
                })
                .toList();
    }

    private Map<String, Object> planted(Plant plant) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kind", plant.kind());
        out.put("scope", plant.scope());
        out.put("site", plant.site());
        out.put(
                "devices",
                plant.devices().stream()
                        .map(index -> fleet.phones().get(index).mac())
                        .toList());
        out.put("from", instant(plant.from()));
        out.put("to", instant(plant.to()));
        out.put("subject", plant.subject());
        out.put("text", plant.text());
        out.put("also", plant.also());
        return out;
    }

    private static String instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    @Override
    public void close() throws IOException {
        flows.close();
    }
}
