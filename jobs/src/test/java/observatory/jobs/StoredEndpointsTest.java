package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.document.Document;
import observatory.jobs.document.Documents;
import observatory.jobs.document.Privacy;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.FakeElasticsearch;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.novelty.Seen.Scope;
import observatory.jobs.finding.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredEndpointsTest {
    @TempDir
    private Path folder;

    @Test
    void onlyWhatIsWiderThanADeviceIsRead() throws IOException {
        Documents documents = new Documents(
                Pseudonyms.ofFile(folder.resolve("key")),
                Privacy.PSEUDONYMOUS,
                PhoneNetworks.ASSUMED,
                false,
                Suppressions.NONE,
                Policy.NONE);
        List<Seen> read = new ArrayList<>();
        try (FakeElasticsearch fake = new FakeElasticsearch();
                ElasticClient client = ElasticClient.to(fake.settings())) {
            client.installTemplates();
            new StoredEndpoints(fake.settings()).read(read::add);
            assertThat(read).isEmpty();

            for (Scope scope : Scope.values()) {
                client.put(documents.endpoint(seen(scope)));
            }
            client.refresh("observatory-endpoints");
            new StoredEndpoints(fake.settings()).read(read::add);
        }
        assertThat(read).extracting(Seen::scope).containsExactlyInAnyOrder(Scope.FLEET, Scope.SITE, Scope.COHORT);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        Seen seen = seen(Scope.SITE);
        Document document = new Documents(
                        Pseudonyms.ofFile(folder.resolve("key")),
                        Privacy.PSEUDONYMOUS,
                        PhoneNetworks.ASSUMED,
                        false,
                        Suppressions.NONE,
                        Policy.NONE)
                .endpoint(seen);

        Seen read = StoredEndpoints.seen(new ObjectMapper().readTree(document.json()));

        assertThat(read.destination()).isEqualTo(seen.destination());
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("device", "changed", "destination")
                .isEqualTo(seen);
        assertThat(read.changed()).isFalse();
    }

    private static Seen seen(Scope scope) {
        return new Seen(
                scope, "zurich", 1_000, 2_000, 3, 4, 5, 6, Samples.destination("x.com"), Samples.device("a", 0), true);
    }
}
