package observatory.jobs.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import observatory.jobs.document.Document;
import observatory.jobs.elastic.BulkReply;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.elastic.RealElasticsearch;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a document costs. Not one of the tests; README.md "Elasticsearch sink" says how to run it. Trust the CPU columns:
 * wall time is that of a shared machine.
 */
class ElasticBenchmark {

    private static final int DOCUMENTS = 200_000;
    private static final Path RESULT = Path.of("target", "elastic-benchmark.txt");

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = SinkJob.cluster(InMemoryReporter.create());

    private final List<String> lines = new ArrayList<>();

    @Test
    void measure() throws Exception {
        ElasticSettings settings = RealElasticsearch.settings();
        lines.add("what                          docs/s  client us/doc  Elasticsearch us/doc");
        try (ElasticClient client = ElasticClient.to(settings)) {
            stream(client, "warm-up", 2000, 2);
            stream(client, "warm-up", 2000, 2);
            for (int batch : new int[] {500, 2000, 5000}) {
                stream(client, "client, batch " + batch, batch, 2);
            }
            stream(client, "client, one in flight", 2000, 1);
            sink(client, settings);
            sink(client, settings);
        }
        lines.add("%d documents of %d bytes".formatted(DOCUMENTS, flow(123_456).json().length));
        Files.write(RESULT, lines);
    }

    private void stream(ElasticClient client, String what, int batch, int inFlight) throws IOException {
        Meter meter = new Meter();
        ArrayDeque<CompletableFuture<BulkReply>> waiting = new ArrayDeque<>();
        for (int from = 0; from < DOCUMENTS; from += batch) {
            List<Document> documents = new ArrayList<>(batch);
            for (int i = from; i < Math.min(from + batch, DOCUMENTS); i++) {
                documents.add(flow(i));
            }
            if (waiting.size() == inFlight) {
                waiting.remove().join();
            }
            waiting.add(client.bulk(documents));
        }
        waiting.forEach(CompletableFuture::join);
        finish(client, what, meter);
    }

    private void sink(ElasticClient client, ElasticSettings settings) throws Exception {
        Meter meter = new Meter();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(2);
        env.fromSequence(0, DOCUMENTS - 1)
                .map(ElasticBenchmark::flow)
                .returns(TypeInformation.of(Document.class))
                .sinkTo(ElasticsearchSink.to(settings));
        env.execute();
        finish(client, "sink, parallelism 2", meter);
    }

    private void finish(ElasticClient client, String what, Meter meter) throws IOException {
        lines.add(meter.line(what));
        Files.write(RESULT, lines);
        client.refresh(SinkJob.INDEX);
        assertThat(client.count(SinkJob.INDEX)).isEqualTo(DOCUMENTS);
        client.deleteIndex(SinkJob.INDEX);
    }

    /** As many fields, of as many values, as a flow of an office has. */
    private static Document flow(long number) {
        long device = number % 200;
        long endpoint = (number * 7919) % 500;
        String json = String.format(
                Locale.ROOT,
                """
                {"@timestamp":"2001-02-03T%02d:%02d:%02d.%03dZ","event.kind":"event","event.dataset":"observatory.flow",\
                "event.category":"network","device.id":"d%019d","device.manufacturer":"Yealink","device.model.name":"T54W",\
                "destination.ip":"20.%d.%d.7","destination.port":443,"destination.domain":"host%d.example.net",\
                "destination.registered_domain":"example.net","destination.as.number":%d,\
                "destination.as.organization.name":"Example Networks %d","destination.geo.country_iso_code":"NL",\
                "source.bytes":%d,"destination.bytes":%d,"source.packets":%d,"destination.packets":%d,\
                "network.bytes":%d,"network.transport":"tcp","network.community_id":"1:%027d=",\
                "observatory.name.source":"own_dns","observatory.name.state":"fresh","observatory.place.state":"agreed",\
                "observatory.place.step":"two_databases","observatory.site":"north","observer.name":"zeek-1"}""",
                number / 3600 % 24,
                number / 60 % 60,
                number % 60,
                number % 1000,
                device,
                endpoint / 250,
                endpoint % 250,
                endpoint,
                60_000 + endpoint,
                endpoint,
                number % 90_000,
                number % 190_000,
                number % 90,
                number % 190,
                number % 280_000,
                number * 1_000_003);
        return new Document(SinkJob.INDEX, "flow-%015d".formatted(number), Document.UNVERSIONED, json.getBytes(UTF_8));
    }

    /** Wall time, CPU of this JVM and of Elasticsearch since it was made. */
    private static final class Meter {
        private final long wall = System.nanoTime();
        private final long client = clientNanos();
        private final Duration server = serverCpu();

        String line(String what) {
            double seconds = (System.nanoTime() - wall) / 1e9;
            double clientMicros = (clientNanos() - client) / 1e3 / DOCUMENTS;
            double serverMicros = serverCpu().minus(server).toNanos() / 1e3 / DOCUMENTS;
            return String.format(
                    Locale.ROOT, "%-28s %7.0f %14.1f %21.1f", what, DOCUMENTS / seconds, clientMicros, serverMicros);
        }

        private static long clientNanos() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

        private static Duration serverCpu() {
            return ProcessHandle.current()
                    .descendants()
                    .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }
}
