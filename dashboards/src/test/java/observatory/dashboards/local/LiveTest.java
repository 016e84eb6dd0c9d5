package observatory.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.ingest.Decoders;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Collectors;
import observatory.ingest.collect.Exporters;
import observatory.ingest.collect.Topics;
import observatory.ingest.netflow.SessionSettings;
import observatory.jobs.JobConfig;
import observatory.jobs.Live;
import observatory.jobs.LiveSettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.document.Privacy;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.FakeElasticsearch;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.source.KafkaMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a log file that is written to, through a real Kafka and the job, to documents; and again after a restart. */
class LiveTest {
    private static final Path HOME = Path.of(System.getProperty("observatory.home"));

    @TempDir
    private Path folder;

    private long number;

    @Test
    void linesThatAreAppendedEndAsDocumentsOnceAlsoAfterARestart() throws Exception {
        KafkaProcess kafka = RealKafka.shared();
        Path log = Files.createDirectories(folder.resolve("zeek")).resolve("conn.log");
        try (FakeElasticsearch elastic = new FakeElasticsearch();
                ElasticClient client = ElasticClient.to(elastic.settings())) {
            LiveSettings settings = settings(kafka.bootstrap(), elastic);
            try (Live live = Live.start(settings);
                    Collectors collectors = collect(kafka)) {
                append(log, 200);
                awaitFlows(client, live, 200);
                awaitCheckpoint(settings.state());
            }
            try (Live live = Live.start(settings);
                    Collectors collectors = collect(kafka)) {
                append(log, 100);
                awaitFlows(client, live, 300);
                Files.writeString(
                        folder.resolve("own/operators.yaml"),
                        "operators:\n  - {id: acme, name: Acme, jurisdictions: [CH], why: ours, grade: A, source: ours,"
                                + " date: 2026-11-23}\n");
                await(client, live, "observatory-audit", 1);
                assertThat(collectors.failure()).isEmpty();
            }
            assertThat(client.count("observatory-flows-*")).isEqualTo(300);
            assertThat(client.count("observatory-rejections-*")).isZero();
            assertThat(groups(client)).containsOnly(Map.entry("reception", 15L), Map.entry("", 285L));
        }
    }

    private Collectors collect(KafkaProcess kafka) {
        CollectSettings settings = new CollectSettings(
                "live",
                null,
                List.of(new CollectSettings.Files(folder + "/zeek/*.log", null, "zeek-live", "zurich", null)),
                List.of(),
                List.of(),
                new Exporters(List.of(), List.of()),
                Topics.Kafka.at(kafka.bootstrap()),
                folder.resolve("state"));
        return Collectors.open(settings, Clock.systemUTC(), Decoders::detectDatagram);
    }

    private LiveSettings settings(String bootstrap, FakeElasticsearch elastic) throws Exception {
        Path own = Files.createDirectories(folder.resolve("own"));
        Topics.ensure(Topics.Kafka.at(bootstrap));
        JobConfig job = new JobConfig(
                new GeoAccess(HOME.toString(), own.toString(), null, null),
                PhoneNetworks.ASSUMED,
                Sites.BY_SENSOR,
                listed().inventory(),
                Witnesses.EQUAL,
                SessionSettings.LIVE,
                folder.resolve("pseudonym.key").toString(),
                Privacy.PSEUDONYMOUS,
                false,
                true,
                Duration.ofSeconds(5),
                Long.MAX_VALUE,
                DetectionSettings.assumed(Live.beginning(folder.resolve("live"), Clock.systemUTC()))
                        .learning(Duration.ofDays(1)));
        KafkaMessages.Settings kafka = new KafkaMessages.Settings(
                bootstrap, "live-test", Duration.ofSeconds(2), Duration.ofSeconds(3), Clock.systemUTC());
        return new LiveSettings(
                kafka,
                job,
                elastic.settings(),
                2,
                folder.resolve("live"),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1));
    }

    /** One of twenty phones is listed. */
    private Listed listed() throws Exception {
        return Listed.read(
                Files.writeString(folder.resolve("inventory.csv"), "mac,group\n00:15:65:00:00:07,reception\n"));
    }

    private static Map<String, Long> groups(ElasticClient client) {
        Map<String, Long> flows = new TreeMap<>();
        client.scan(
                "observatory-flows-*",
                null,
                hit -> flows.merge(
                        hit.get("_source").path("observatory.device.group").asText(), 1L, Long::sum));
        return flows;
    }

    private void append(Path log, int count) throws Exception {
        StringBuilder lines = new StringBuilder();
        double now = Instant.now().toEpochMilli() / 1000.0;
        for (int i = 0; i < count; i++, number++) {
            lines.append(("{\"_path\":\"conn\",\"ts\":%.6f,\"uid\":\"CLive%d\",\"id.orig_h\":\"10.77.0.%d\","
                            + "\"id.orig_p\":%d,\"id.resp_h\":\"192.0.2.7\",\"id.resp_p\":443,\"proto\":\"tcp\","
                            + "\"duration\":0.5,\"orig_bytes\":100,\"resp_bytes\":200,\"orig_ip_bytes\":140,"
                            + "\"resp_ip_bytes\":240,\"orig_pkts\":2,\"resp_pkts\":2,"
                            + "\"orig_l2_addr\":\"00:15:65:00:00:%02x\"}%n")
                    .formatted(now - 1, number, 1 + number % 20, 20_000 + number, 1 + number % 20));
        }
        Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void awaitFlows(ElasticClient client, Live live, long wanted) throws InterruptedException {
        await(client, live, "observatory-flows-*", wanted);
    }

    private static void await(ElasticClient client, Live live, String index, long wanted) throws InterruptedException {
        for (int round = 0; round < 600; round++) {
            assertThat(live.failure()).isEmpty();
            if (client.count(index) >= wanted) {
                return;
            }
            Thread.sleep(100);
        }
        assertThat(client.count(index)).isEqualTo(wanted);
    }

    private static void awaitCheckpoint(Path state) throws Exception {
        for (int round = 0; round < 200; round++) {
            try (var files = Files.walk(state)) {
                if (files.anyMatch(path -> path.endsWith("_metadata"))) {
                    return;
                }
            } catch (java.io.UncheckedIOException movedMeanwhile) {
                assertThat(state).exists();
            }
            Thread.sleep(100);
        }
        assertThat(state).isEmptyDirectory();
    }
}
