package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import observatory.jobs.document.Document;
import observatory.jobs.document.Documents;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.novelty.Seen.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredEndpointsTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        Seen seen = new Seen(
                Scope.SITE,
                "zurich",
                1_000,
                2_000,
                3,
                4,
                5,
                6,
                Samples.destination("x.com"),
                Samples.device("a", 0),
                true);
        Document document =
                new Documents(Pseudonyms.ofFile(folder.resolve("key")), false, Suppressions.NONE, Policy.NONE).endpoint(seen);

        Seen read = StoredEndpoints.seen(new ObjectMapper().readTree(document.json()));

        assertThat(read.destination()).isEqualTo(seen.destination());
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("device", "changed", "destination")
                .isEqualTo(seen);
        assertThat(read.changed()).isFalse();
    }
}
