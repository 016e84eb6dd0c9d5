package observatory.dashboards.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.document.Privacy;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticException;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.elastic.RealElasticsearch;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.source.KafkaMessages;
import org.assertj.core.api.Assumptions;
import org.jspecify.annotations.Nullable;

/** The live product without its command line: collectors, a real Kafka, the job, a real Elasticsearch that it empties. */
final class LiveChain implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("observatory.home"));

    private final ElasticClient client;
    private final Live live;
    private final Collectors collectors;

    private LiveChain(ElasticClient client, Live live, Collectors collectors) {
        this.client = client;
        this.live = live;
        this.collectors = collectors;
    }

    /**
     * A chain that collects flows, or files and dnstap. The broker still holds what other tests have sent: tell who sends by
     * a name of its own.
     */
    static LiveChain start(
            Path folder,
            CollectSettings.@Nullable Flows flows,
            Exporters exporters,
            List<CollectSettings.Files> files,
            List<CollectSettings.Dnstap> dnstap) {
        Topics.Kafka kafka = Topics.Kafka.at(RealKafka.shared().bootstrap());
        Topics.ensure(kafka);
        ElasticSettings elastic = RealElasticsearch.settings();
        CollectSettings settings = new CollectSettings(
                "chain", flows, files, List.of(), dnstap, exporters, kafka, folder.resolve("state"));
        ElasticClient client = ElasticClient.to(elastic);
        empty(client);
        return new LiveChain(
                client,
                Live.start(job(kafka, elastic, folder)),
                Collectors.open(settings, Clock.systemUTC(), Decoders::detectDatagram));
    }

    private static LiveSettings job(Topics.Kafka kafka, ElasticSettings elastic, Path folder) {
        JobConfig job = new JobConfig(
                GeoAccess.under(HOME),
                PhoneNetworks.ASSUMED,
                Sites.BY_SENSOR,
                Inventory.NONE,
                Witnesses.EQUAL,
                SessionSettings.LIVE,
                folder.resolve("pseudonym.key").toString(),
                Privacy.PSEUDONYMOUS,
                false,
                true,
                Duration.ofSeconds(2),
                Long.MAX_VALUE,
                DetectionSettings.assumed(Live.beginning(folder.resolve("live"), Clock.systemUTC()))
                        .learning(Duration.ofDays(1)));
        KafkaMessages.Settings source = new KafkaMessages.Settings(
                kafka.bootstrap(),
                "chain-" + System.nanoTime(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Clock.systemUTC());
        return new LiveSettings(
                source, job, elastic, 2, folder.resolve("live"), Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    ElasticClient client() {
        return client;
    }

    Collectors collectors() {
        return collectors;
    }

    /** A question about what one exporter, sensor or resolver told. */
    static ObjectNode about(String sensor, String aggregation, String field) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", 0);
        body.putObject("query")
                .putObject("bool")
                .putArray("filter")
                .addObject()
                .putObject("term")
                .put("observer.name", sensor);
        body.putObject("aggs").putObject("it").putObject(aggregation).put("field", field);
        return body;
    }

    /** Asks for a number until it is as large as wanted, for three minutes; then whatever it is. */
    long await(String indices, ObjectNode body, long wanted) throws InterruptedException {
        long found = 0;
        for (int round = 0; round < 900 && found < wanted; round++) {
            isAlive();
            found = ask(indices, body).asLong();
            Thread.sleep(200);
        }
        return found;
    }

    private void isAlive() {
        live.failure().ifPresent(failure -> {
            throw new AssertionError("the job failed: " + failure);
        });
    }

    /** What the ledger says of a sensor, to tell why something is missing. */
    String ledger(String sensor) {
        ObjectNode body = about(sensor, "value_count", "observer.name").put("size", 50);
        return client.search("observatory-coverage-*", body)
                .at("/hits/hits")
                .findValues("_source")
                .toString();
    }

    /** The ledger of a sensor, minute by minute. */
    List<JsonNode> minutes(String sensor) {
        isAlive();
        ObjectNode body = about(sensor, "value_count", "observer.name").put("size", 1_000);
        List<JsonNode> minutes = new ArrayList<>();
        client.search("observatory-coverage-*", body).at("/hits/hits").forEach(hit -> minutes.add(hit.get("_source")));
        return minutes;
    }

    private JsonNode ask(String indices, ObjectNode body) {
        try {
            return client.search(indices, body).at("/aggregations/it/value");
        } catch (ElasticException indexIsBeingMade) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    @Override
    public void close() {
        try (client;
                live) {
            collectors.close();
        } finally {
            try (ElasticClient last = ElasticClient.to(RealElasticsearch.settings())) {
                empty(last);
            }
        }
    }

    /** Other tests use the same server. */
    private static void empty(ElasticClient client) {
        client.indices("observatory-*").forEach(client::deleteIndex);
    }

    /** A program of Debian's. Fails where nothing may be left out, and says what was left out elsewhere. */
    static Path program(String name) {
        String path = System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin";
        Optional<Path> found = Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        boolean mayBeLeftOut =
                !"true".equals(String.valueOf(System.getenv("CI")).toLowerCase(Locale.ROOT));
        Assumptions.assumeThat(found.isPresent() || !mayBeLeftOut)
                .as("the chain of " + name + " is left out: it is not installed")
                .isTrue();
        return found.orElseThrow(() -> new AssertionError(name + " is not installed; under CI no chain is left out"));
    }
}
