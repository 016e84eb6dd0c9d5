package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.Survey;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole graph finds the same in the same logs, whether it reads them when all is over or lives through them. */
@Tag("slow")
class LiveEqualsReplayTest {
    private static final Duration LATENESS = Duration.ofMinutes(1);

    private static final Pattern KIND = Pattern.compile("\"observatory.finding.kind\":\"([a-z-]+)\"");

    /** A block of a file counts with the minute of its last line, a line by itself. */
    private static final String BYTES_READ = "observatory.coverage.bytes";

    @TempDir
    static Path folder;

    @TempDir
    Path checkpoints;

    private static JobConfig config;
    private static JobRun replay;

    @BeforeAll
    static void replayAllAtOnce() throws Exception {
        Simulation.run(SimulationSettings.evaluation(40, 14, 1), folder);
        Survey survey = Survey.of(
                Archive.of(List.of(folder), new ArchiveSettings(null, null, null))
                        .files(),
                1);
        config = JobRun.withoutFlows(JobRun.config(survey));
        replay = JobRun.of(survey, 2, config).without(BYTES_READ);
    }

    @Test
    void thereIsMuchToFind() {
        Set<String> kinds = new TreeSet<>();
        for (String document : replay.documents().values()) {
            Matcher kind = KIND.matcher(document);
            if (kind.find()) {
                kinds.add(kind.group(1));
            }
        }
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void liveAllIsFoundAsInAReplay() throws Exception {
        LiveInput input = LiveInput.of(folder, LATENESS, 1);

        isSame(JobRun.of(input::from, 2, JobRun.live(config, LATENESS)).without(BYTES_READ));
    }

    @Test
    void afterAFailureInTheMiddleAllIsFoundAsInAReplay() throws Exception {
        LiveInput input = LiveInput.of(folder, LATENESS, 2);

        isSame(JobRun.of(environment -> input.failing(environment, checkpoints), 2, JobRun.live(config, LATENESS))
                .without(BYTES_READ));
        assertThat(input.hasFailed()).isTrue();
    }

    private static void isSame(JobRun live) {
        assertThat(replay.differences(live)).isEmpty();
    }
}
