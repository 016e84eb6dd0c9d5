package observatory.dashboards.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import observatory.dashboards.evaluate.Verdict.Outcome;
import observatory.ingest.simulate.SimulationSettings;
import observatory.jobs.attribute.GeoAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest evaluation that has every look-alike and one of each kind that needs no large cohort. */
class EvaluatorTest {
    /** What is built and has to be found without fail; the command tells the figures of all kinds. */
    private static final List<String> CERTAIN = List.of(
            "new-endpoint",
            "dormant-endpoint",
            "new-cloud",
            "new-country",
            "new-operator",
            "residency-violation",
            "no-dns-destination",
            "foreign-resolver",
            "lan-probe",
            "sensor-silent");

    @TempDir
    Path folder;

    @Test
    void aSmallFleetIsSeenThrough() throws IOException {
        Evaluated evaluated =
                new Evaluated(List.of(evaluator().evaluate(SimulationSettings.evaluation(60, 14, 1), folder)));
        List<Score> certain = evaluated.scores().stream()
                .filter(score -> CERTAIN.contains(score.kind()))
                .toList();
        assertThat(certain).hasSameSizeAs(CERTAIN).allMatch(score -> score.planted() > 0);
        assertThat(certain).as("%s", evaluated.seeds().getFirst().mistakes()).allMatch(Score::isEnough);
        assertThat(evaluated.seeds().getFirst().isBalanced()).isTrue();
        assertThat(evaluated.names()).allMatch(NameScore::isEnough);
        assertThat(evaluated.names()).filteredOn(names -> names.flows() > 500).hasSize(5);
    }

    @Test
    void fiveThousandPhonesThatUpdateInOneNightAreOneFinding() throws IOException {
        Evaluated.Seed seed = evaluator().evaluate(SimulationSettings.massUpdate(5_000), folder);
        assertThat(seed.verdicts())
                .as("%s", seed.verdicts())
                .extracting(Verdict::outcome)
                .containsExactly(Outcome.FOUND);
    }

    private static Evaluator evaluator() {
        Path home = Path.of(Objects.requireNonNullElse(System.getProperty("observatory.home"), ".."))
                .toAbsolutePath();
        return new Evaluator(GeoAccess.under(home), Clock.systemUTC(), 2);
    }
}
