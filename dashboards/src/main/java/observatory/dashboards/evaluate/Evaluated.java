package observatory.dashboards.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import observatory.dashboards.evaluate.Verdict.Outcome;
import observatory.jobs.finding.Finding;

/**
 * What came of an evaluation.
 *
 * @param seeds one for each seed, in their order
 */
public record Evaluated(List<Seed> seeds) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What came of one seed.
     *
     * @param seed the seed
     * @param flows flows in its logs
     * @param simulatedMillis wall time of the simulation
     * @param jobMillis wall time of looking through the logs and of the job
     * @param isBalanced whether every record and flow ended in exactly one bin
     * @param verdicts what became of its plants and findings
     */
    public record Seed(
            long seed, long flows, long simulatedMillis, long jobMillis, boolean isBalanced, List<Verdict> verdicts) {
        public Seed {
            verdicts = List.copyOf(verdicts);
        }

        /** Every miss and false alarm, in words. */
        public List<String> mistakes() {
            return verdicts.stream()
                    .filter(verdict -> verdict.outcome() == Outcome.MISSED || verdict.outcome() == Outcome.FALSE_ALARM)
                    .map(verdict -> (verdict.outcome() == Outcome.MISSED ? "missed" : "false alarm") + ", seed "
                            + verdict.seed() + ": " + verdict.words())
                    .toList();
        }
    }

    public Evaluated {
        seeds = List.copyOf(seeds);
    }

    /** One score for each kind of finding, in the order of the kinds. */
    public List<Score> scores() {
        List<Verdict> all = verdicts().toList();
        return Arrays.stream(Finding.Kind.values())
                .map(kind -> Score.of(kind.label(), all))
                .toList();
    }

    /** Whether every kind reaches what is asked of it, and every ledger balances. */
    public boolean isEnough() {
        return scores().stream().allMatch(Score::isEnough) && seeds.stream().allMatch(Seed::isBalanced);
    }

    private Stream<Verdict> verdicts() {
        return seeds.stream().flatMap(seed -> seed.verdicts().stream());
    }

    /** One line for each kind. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-22s %8s %8s %8s %8s %8s %10s %6s",
                "finding",
                "planted",
                "found",
                "also",
                "false",
                "recall",
                "precision",
                "least"));
        for (Score score : scores()) {
            if (!score.isMeasured()) {
                lines.add(String.format(Locale.ROOT, "%-22s neither planted nor found", score.kind()));
                continue;
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "%-22s %8d %8d %8d %8d %8.3f %10.3f %6.2f%s",
                    score.kind(),
                    score.planted(),
                    score.found(),
                    score.also(),
                    score.falseAlarms(),
                    score.recall(),
                    score.precision(),
                    score.least(),
                    score.isEnough() ? "" : "  missed"));
        }
        for (Seed seed : seeds) {
            if (!seed.isBalanced()) {
                lines.add("seed " + seed.seed() + ": the ledger does not balance");
            }
        }
        return lines;
    }

    /** The same for programs. */
    public String toJson() {
        ObjectNode root = JSON.createObjectNode().put("simulated", true).put("enough", isEnough());
        for (Score score : scores()) {
            root.withArray("scores")
                    .addObject()
                    .put("kind", score.kind())
                    .put("planted", score.planted())
                    .put("found", score.found())
                    .put("also", score.also())
                    .put("false_alarms", score.falseAlarms())
                    .put("recall", score.recall())
                    .put("precision", score.precision())
                    .put("least", score.least())
                    .put("enough", score.isEnough());
        }
        for (Seed seed : seeds) {
            ObjectNode node = root.withArray("seeds")
                    .addObject()
                    .put("seed", seed.seed())
                    .put("flows", seed.flows())
                    .put("simulated_ms", seed.simulatedMillis())
                    .put("job_ms", seed.jobMillis())
                    .put("balanced", seed.isBalanced());
            for (Verdict verdict : seed.verdicts()) {
                node.withArray("verdicts")
                        .addObject()
                        .put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT))
                        .put("kind", verdict.kind())
                        .put("words", verdict.words());
            }
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
