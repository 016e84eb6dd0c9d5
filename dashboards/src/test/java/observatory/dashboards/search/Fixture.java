package observatory.dashboards.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import observatory.jobs.document.Document;

/**
 * A labelled fortnight of two sites, six phones and two sensors, small enough to add up by hand, written as the job
 * writes it. Every figure a test expects is summed from the same {@link Rollup}s by other means than Elasticsearch's.
 */
public final class Fixture {
    /** First moment of the data. */
    public static final Instant START = Instant.parse("2026-11-09T00:00:00Z");

    /** End of the data, and what the clock says. */
    public static final Instant END = START.plus(Duration.ofDays(14));

    /** The branch's sensor is silent for these three hours. */
    public static final Instant SILENT_FROM = Instant.parse("2026-11-13T09:00:00Z");

    public static final Instant SILENT_TO = Instant.parse("2026-11-13T12:00:00Z");

    /** Day on which the firmware of two phones changes and an endpoint is new. */
    private static final Instant UPDATE = Instant.parse("2026-11-18T10:00:00Z");

    /** A phone of the fixture. */
    public record Phone(String id, String maker, String model, String site) {}

    /** A destination of the fixture. */
    public record Target(
            String endpoint,
            String vendor,
            String service,
            String purpose,
            String operator,
            long as,
            String asName,
            String state,
            List<String> countries,
            String step,
            List<String> operatorLaw,
            List<String> hostLaw,
            int hours,
            boolean ownName,
            long out,
            long in) {}

    /** What five minutes of one phone and one destination come to. */
    public record Rollup(Instant start, Phone phone, Target target, long flows, long bytesOut, long bytesIn) {}

    public static final List<Phone> PHONES = List.of(
            new Phone("p-3f1c09aa", "Yealink", "SIP-T54W", "berlin"),
            new Phone("p-77e0d2b4", "Yealink", "SIP-T54W", "berlin"),
            new Phone("p-90bb41c7", "Snom", "D785", "berlin"),
            new Phone("p-a2d86e10", "Poly", "VVX 450", "leipzig"),
            new Phone("p-c4419f3e", "Yealink", "SIP-T46U", "leipzig"),
            new Phone("p-e8007b52", "Snom", "D735", "leipzig"));

    /** In the order of {@link Target}'s components; lists are parted by spaces. */
    private static final String TARGET_TABLE = """
            telefonie.example       | Beispiel   | SIP      | signalling   | Beispiel Telefonie GmbH    | 64500  | Beispiel Telefonie GmbH             | agreed   | DE    | two_databases   | DE    | DE    | 1  | true  | 46000  | 51000
            media.telefonie.example | Beispiel   | RTP      | media        | Beispiel Telefonie GmbH    | 64500  | Beispiel Telefonie GmbH             | agreed   | DE    | two_databases   | DE    | DE    | 1  | false | 470000 | 465000
            yealink.com             | Yealink    | RPS      | provisioning | Yealink Network Technology | 45102  | Alibaba US Technology Co., Ltd.     | disputed | CN SG | no_agreement    | CN    | CN SG | 24 | true  | 4100   | 9300
            ymcs.yealink.com        | Yealink    | YMCS     | management   | Yealink Network Technology | 16509  | Amazon.com, Inc.                    | agreed   | US    | provider_range  | CN    | US    | 1  | true  | 23000  | 12000
            snom.com                | Snom       | SRAPS    | provisioning | Snom Technology GmbH       | 24940  | Hetzner Online GmbH                 | agreed   | DE    | two_databases   | DE US | DE    | 24 | true  | 2300   | 6800
            plcm.vc                 | Poly       | ZTP      | provisioning | HP Inc.                    | 16509  | Amazon.com, Inc.                    | agreed   | IE    | name_region     | US    | US    | 24 | true  | 3700   | 8100
            time.cloudflare.com     | Cloudflare | NTP      | time         | Cloudflare, Inc.           | 13335  | Cloudflare, Inc.                    | anycast  |       | anycast_network | US    | US    | 1  | true  | 900    | 900
            AS3462 203.0.113.0/24   | unknown    | unknown  | unknown      |                            | 3462   | Data Communication Business Group   | unknown  |       | nothing         |       | TW    | 12 | false | 1800   | 2500
            local 10.20.0.0/16      | unknown    | unknown  | unknown      |                            | 0      |                                     | local    |       | address_kind    |       |       | 3  | false | 5200   | 5900
            fw.yealink.com          | Yealink    | Firmware | firmware     | Yealink Network Technology | 132203 | Tencent Building, Kejizhongyi Ave.  | disputed | HK SG | no_agreement    | CN    | CN HK | 24 | true  | 1200   | 640000
            """;

    public static final List<Target> TARGETS =
            TARGET_TABLE.lines().map(Fixture::target).toList();

    private static final String NEW_TARGET = "fw.yealink.com";
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyy.MM").withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixture() {}

    private static final List<Rollup> ROLLUPS = observe();

    /** What was observed, by start. */
    public static List<Rollup> rollups() {
        return ROLLUPS;
    }

    private static List<Rollup> observe() {
        List<Rollup> all = new ArrayList<>();
        for (int hour = 0; hour < Duration.between(START, END).toHours(); hour++) {
            Instant start = START.plus(Duration.ofHours(hour));
            for (Phone phone : PHONES) {
                if (isSilent(phone.site(), start)) {
                    continue;
                }
                for (Target target : TARGETS) {
                    if (talks(phone, target, start, hour)) {
                        all.add(rollup(start, phone, target));
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    private static Target target(String line) {
        List<String> cells =
                Pattern.compile("\\|").splitAsStream(line).map(String::strip).toList();
        return new Target(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                Long.parseLong(cells.get(5)),
                cells.get(6),
                cells.get(7),
                list(cells.get(8)),
                cells.get(9),
                list(cells.get(10)),
                list(cells.get(11)),
                Integer.parseInt(cells.get(12)),
                Boolean.parseBoolean(cells.get(13)),
                Long.parseLong(cells.get(14)),
                Long.parseLong(cells.get(15)));
    }

    private static List<String> list(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(" "));
    }

    private static boolean isSilent(String site, Instant start) {
        return site.equals("leipzig") && !start.isBefore(SILENT_FROM) && start.isBefore(SILENT_TO);
    }

    private static boolean talks(Phone phone, Target target, Instant start, int hour) {
        boolean foreign = List.of("Yealink", "Snom", "Poly").contains(target.vendor())
                && !target.vendor().equals(phone.maker());
        boolean early = target.endpoint().equals(NEW_TARGET)
                && (start.isBefore(UPDATE) || !phone.model().equals("SIP-T54W"));
        int clock = hour % 24;
        boolean closed = target.purpose().equals("media") && (clock < 8 || clock > 17 || hour / 24 % 7 > 4);
        return !foreign && !early && !closed && (hour + 10) % target.hours() == 0;
    }

    /** Busy at noon, quiet at the edges of the day: a rhythm without chance. */
    private static Rollup rollup(Instant start, Phone phone, Target target) {
        long hour = Duration.between(START, start).toHours();
        long weight = 80
                + 40 * (6 - Math.abs(12 - hour % 24) / 2) / 6
                + 7 * (phone.id().hashCode() & 3);
        long flows = target.purpose().equals("media") ? 3 : 1 + hour % 3;
        return new Rollup(start, phone, target, flows, target.out() * weight / 100, target.in() * weight / 100);
    }

    /** The sum over those rollups that match. */
    public static long sum(Predicate<Rollup> which, ToLongFunction<Rollup> what) {
        return rollups().stream().filter(which).mapToLong(what).sum();
    }

    /** Everything, as the job would write it. */
    public static List<Document> documents() {
        List<Document> all = new ArrayList<>();
        rollups().forEach(rollup -> all.add(rollupDocument(rollup)));
        all.addAll(endpoints());
        all.addAll(findings());
        all.addAll(devices());
        all.addAll(ledgers());
        all.addAll(dataSets());
        return all;
    }

    private static Document rollupDocument(Rollup rollup) {
        Instant end = rollup.start().plus(Duration.ofMinutes(5));
        String named = rollup.target().ownName() ? "own_dns" : "none";
        return document(
                "observatory-rollups-" + MONTH.format(rollup.start()),
                rollup.phone().id() + "|" + rollup.target().endpoint() + "|" + rollup.start(),
                json -> {
                    json.put("@timestamp", rollup.start().toString());
                    json.put("event.start", rollup.start().toString());
                    json.put("event.end", end.toString());
                    json.put("event.dataset", "observatory.rollups");
                    device(json, rollup.phone());
                    target(json, rollup.target());
                    json.put("observatory.flows", rollup.flows());
                    json.put("observatory.names." + named, rollup.flows());
                    json.put("observatory.snapshot", snapshot(rollup.start()));
                    bytes(json, rollup.bytesOut(), rollup.bytesIn());
                });
    }

    /** Digest of the data at a time: the catalogue changed together with the firmware. */
    public static String snapshot(Instant time) {
        return time.isBefore(UPDATE) ? "before" : "after";
    }

    private static List<Document> dataSets() {
        return List.of(
                dataSet("before", "dbip", "2026-10", "2026-10-01"),
                dataSet("after", "dbip", "2026-10", "2026-10-01"),
                dataSet("before", "catalogue", "7", "2026-11-02"),
                dataSet("after", "catalogue", "8", "2026-11-18"));
    }

    private static Document dataSet(String snapshot, String id, String edition, String date) {
        return plain("observatory-snapshots", snapshot + "|" + id, json -> {
            json.put("observatory.snapshot", snapshot);
            json.put("observatory.data_set.id", id);
            json.put("observatory.data_set.origin", "npm " + id);
            json.put("observatory.data_set.edition", edition);
            json.put("observatory.data_set.date", date);
            json.put("observatory.data_set.max_age_days", 45);
            json.put("observatory.data_set.licence", "CC BY 4.0");
        });
    }

    private static List<Document> endpoints() {
        List<Document> all = new ArrayList<>();
        for (Target target : TARGETS) {
            all.add(endpoint("fleet", "fleet", target, rollup -> true));
            for (String site : List.of("berlin", "leipzig")) {
                all.add(endpoint(
                        "site", site, target, rollup -> rollup.phone().site().equals(site)));
            }
            PHONES.forEach(phone -> all.add(endpoint(
                    "device", phone.id(), target, rollup -> rollup.phone().equals(phone))));
        }
        return all.stream().filter(document -> document.json().length > 0).toList();
    }

    private static Document endpoint(String kind, String scope, Target target, Predicate<Rollup> which) {
        List<Rollup> seen = rollups().stream()
                .filter(rollup -> rollup.target().equals(target) && which.test(rollup))
                .toList();
        if (seen.isEmpty()) {
            return new Document("observatory-endpoints", "none", Document.UNVERSIONED, new byte[0]);
        }
        return document("observatory-endpoints", kind + "|" + scope + "|" + target.endpoint(), json -> {
            json.put("@timestamp", seen.getLast().start().toString());
            json.put("observatory.first_seen", seen.getFirst().start().toString());
            json.put("observatory.last_seen", seen.getLast().start().toString());
            json.put("observatory.scope.kind", kind);
            json.put("observatory.scope.id", scope);
            if (kind.equals("device")) {
                json.put("device.id", scope);
            }
            if (!kind.equals("fleet")) {
                json.put("observatory.site", seen.getFirst().phone().site());
            }
            target(json, target);
            json.put(
                    "observatory.devices",
                    seen.stream().map(Rollup::phone).distinct().count());
            json.put("observatory.flows", seen.stream().mapToLong(Rollup::flows).sum());
            bytes(
                    json,
                    seen.stream().mapToLong(Rollup::bytesOut).sum(),
                    seen.stream().mapToLong(Rollup::bytesIn).sum());
        });
    }

    private static List<Document> findings() {
        Target newcomer = TARGETS.getLast();
        return List.of(
                document("observatory-findings", "new-endpoint|" + NEW_TARGET, json -> {
                    finding(json, "new-endpoint", "high", 73, UPDATE, UPDATE.plus(Duration.ofDays(4)));
                    json.put("message", "SIP-T54W phones talk to fw.yealink.com, which no phone did before");
                    json.put(
                            "observatory.finding.evidence",
                            List.of(
                                    "first flow 2026-11-18T10:00Z by p-3f1c09aa",
                                    "own DNS answer for fw.yealink.com, fresh",
                                    "dbip says HK, geo-whois says SG: disputed"));
                    target(json, newcomer);
                }),
                document("observatory-findings", "foreign-resolver|p-90bb41c7", json -> {
                    finding(
                            json,
                            "foreign-resolver",
                            "medium",
                            47,
                            START.plus(Duration.ofDays(2)),
                            START.plus(Duration.ofDays(3)));
                    json.put("message", "p-90bb41c7 asks a resolver that is not the site's");
                    json.put("observatory.finding.evidence", List.of("23 queries to 9.9.9.9"));
                    device(json, PHONES.get(2));
                }),
                document("observatory-findings", "sensor-silent|zeek-leipzig", json -> {
                    finding(json, "sensor-silent", "medium", 47, SILENT_FROM, SILENT_TO);
                    json.put("message", "zeek-leipzig delivered nothing for 3 h");
                    json.put("observatory.finding.evidence", List.of("180 silent minutes"));
                    json.put("observatory.site", "leipzig");
                    json.put("observer.name", "zeek-leipzig");
                }));
    }

    private static void finding(
            Map<String, Object> json, String kind, String severity, int number, Instant start, Instant end) {
        json.put("@timestamp", end.toString());
        json.put("event.start", start.toString());
        json.put("event.end", end.toString());
        json.put("event.kind", "alert");
        json.put("event.severity", number);
        json.put("observatory.finding.kind", kind);
        json.put("observatory.finding.severity", severity);
        json.put("observatory.finding.state", "open");
        json.put("observatory.finding.count", 1);
        json.put("observatory.finding.reason", "one event of this kind");
    }

    private static List<Document> devices() {
        return PHONES.stream()
                .map(phone -> document("observatory-devices", phone.id(), json -> {
                    json.put("@timestamp", END.toString());
                    device(json, phone);
                    json.put("observatory.first_seen", START.toString());
                    json.put("observatory.last_seen", END.toString());
                }))
                .toList();
    }

    private static List<Document> ledgers() {
        List<Document> all = new ArrayList<>();
        for (String site : List.of("berlin", "leipzig")) {
            IntStream.range(0, (int) Duration.between(START, END).toMinutes())
                    .mapToObj(minute -> START.plus(Duration.ofMinutes(minute)))
                    .filter(minute -> !isSilent(site, minute) || minute.getEpochSecond() % 3_600 == 0)
                    .map(minute -> ledger(site, minute))
                    .forEach(all::add);
        }
        return all;
    }

    private static Document ledger(String site, Instant minute) {
        boolean silent = isSilent(site, minute);
        return document("observatory-coverage-" + MONTH.format(minute), "zeek-" + site + "|" + minute, json -> {
            json.put("@timestamp", minute.toString());
            json.put("observer.name", "zeek-" + site);
            json.put("observer.type", "zeek");
            json.put("observatory.site", site);
            json.put("observatory.coverage.state", silent ? "silent" : "receiving");
            // Silence is written in stretches that end with the hour.
            json.put("observatory.coverage.minutes", silent ? 60 : 1);
            json.put("observatory.coverage.records", silent ? 0 : 4);
            json.put("observatory.coverage.stored", silent ? 0 : 3);
            json.put("observatory.coverage.rejected", minute.equals(START) ? 2 : 0);
            if (site.equals("leipzig") && minute.equals(START)) {
                json.put("observatory.coverage.datagrams", 7);
                json.put("observatory.coverage.lost", 3);
                json.put("observatory.coverage.gaps", 1);
                json.put("observatory.coverage.skew_ms", -90_000);
                json.put("observatory.coverage.sampling", 100);
                json.put("observatory.coverage.no_template", 2);
            }
        });
    }

    private static void device(Map<String, Object> json, Phone phone) {
        json.put("device.id", phone.id());
        json.put("device.manufacturer", phone.maker());
        json.put("device.model.name", phone.model());
        json.put("observatory.site", phone.site());
    }

    private static void target(Map<String, Object> json, Target target) {
        json.put("observatory.endpoint", target.endpoint());
        json.put("observatory.place.state", target.state());
        json.put("observatory.place.step", target.step());
        json.put("observatory.place.countries", target.countries());
        if (target.state().equals("agreed")) {
            json.put("destination.geo.country_iso_code", target.countries().getFirst());
        }
        json.put("observatory.service.vendor", target.vendor());
        json.put("observatory.service.name", target.service());
        json.put("observatory.service.purpose", target.purpose());
        if (!target.operator().isEmpty()) {
            json.put("observatory.operator", target.operator());
        }
        if (target.as() != 0) {
            json.put("destination.as.number", target.as());
            json.put("destination.as.organization.name", target.asName());
        }
        json.put("observatory.jurisdiction.operator", target.operatorLaw());
        json.put("observatory.jurisdiction.host", target.hostLaw());
    }

    private static void bytes(Map<String, Object> json, long out, long in) {
        json.put("source.bytes", out);
        json.put("destination.bytes", in);
        json.put("network.bytes", out + in);
    }

    private static Document document(String index, String id, Consumer<Map<String, Object>> content) {
        return plain(index, id, content.andThen(json -> json.put("observatory.simulated", true)));
    }

    private static Document plain(String index, String id, Consumer<Map<String, Object>> content) {
        Map<String, Object> json = new LinkedHashMap<>();
        content.accept(json);
        try {
            return new Document(index, id, Document.UNVERSIONED, JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
