package observatory.dashboards.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import observatory.dashboards.search.Fixture;
import observatory.dashboards.search.FixtureIndex;
import observatory.jobs.document.Document;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.RealElasticsearch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every panel and control, asked of a real Elasticsearch with the project's own mappings. */
@Tag("slow")
class KibanaLiveTest {
    @Test
    void everyPanelAndControlHasAnAnswer(@TempDir Path folder) throws IOException, InterruptedException {
        KibanaChecker checker = KibanaChecker.find();
        Path file = folder.resolve("observatory.ndjson");
        KibanaExport.lastTwoWeeks().write(file);
        try (ElasticClient client = ElasticClient.to(RealElasticsearch.settings());
                FixtureIndex fixture = new FixtureIndex(client)) {
            client.bulk(List.of(flow())).join();
            client.refresh("observatory-*");

            KibanaChecker.Verdict verdict = checker.check(
                    file,
                    "--es",
                    client.settings().url().toString(),
                    "--from",
                    Fixture.START.toString(),
                    "--to",
                    Fixture.END.toString());

            assertThat(verdict.exitCode()).as(verdict.output()).isZero();
            assertThat(fixture).isNotNull();
        }
    }

    /** The fixture has no single flows, and a data view without an index is an error. */
    private static Document flow() {
        String json = "{\"@timestamp\":\"" + Fixture.START + "\",\"source.bytes\":1,\"device.id\":\"p-1\"}";
        return new Document(
                "observatory-flows-2026.11.09", "1", Document.UNVERSIONED, json.getBytes(StandardCharsets.UTF_8));
    }
}
