package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.novelty.Seen.Scope;
import observatory.jobs.finding.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointVersionTest {
    private static final long NOW = 1_790_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void ofTwoStatesThatEndAtTheSameTimeTheFullerIsTheLater() throws IOException {
        assertThat(version(NOW, 32)).isGreaterThan(version(NOW, 28));
    }

    @Test
    void aLaterStateIsLaterHoweverFewFlowsItKnows() throws IOException {
        assertThat(version(NOW + 1, 1)).isGreaterThan(version(NOW, Long.MAX_VALUE));
        assertThat(version(NOW, 1)).isPositive();
    }

    private long version(long lastMillis, long flows) throws IOException {
        Seen seen = new Seen(
                Scope.DEVICE,
                "a",
                1_000,
                lastMillis,
                flows,
                4,
                5,
                1,
                Samples.destination("x.com"),
                Samples.device("a", 0),
                true);
        return new Documents(
                        Pseudonyms.ofFile(folder.resolve("key")),
                        Privacy.PSEUDONYMOUS,
                        PhoneNetworks.ASSUMED,
                        false,
                        Suppressions.NONE,
                        Policy.NONE)
                .endpoint(seen)
                .version();
    }
}
