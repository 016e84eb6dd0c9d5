package observatory.dashboards.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
     * @param names how its flows are called, one for each basis
     * @param wrongNames the first of those that are called something wrong, in words
     */
    public record Seed(
            long seed,
            long flows,
            long simulatedMillis,
            long jobMillis,
            boolean isBalanced,
            List<Verdict> verdicts,
            List<NameScore> names,
            List<String> wrongNames) {
        public Seed {
            verdicts = List.copyOf(verdicts);
            names = List.copyOf(names);
            wrongNames = List.copyOf(wrongNames);
        }

        /** Every miss and false alarm and the first wrong names, in words. */
        public List<String> mistakes() {
            Stream<String> findings = verdicts.stream()
                    .filter(verdict -> verdict.outcome() == Outcome.MISSED || verdict.outcome() == Outcome.FALSE_ALARM)
                    .map(verdict -> (verdict.outcome() == Outcome.MISSED ? "missed" : "false alarm") + ", seed "
                            + verdict.seed() + ": " + verdict.words());
            return Stream.concat(findings, wrongNames.stream().map(words -> "wrong name, seed " + seed + ": " + words))
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

    /** How the flows of all seeds are called, one for each basis, in their order. */
    public List<NameScore> names() {
        Map<NameScore.Basis, NameScore> all = new EnumMap<>(NameScore.Basis.class);
        seeds.forEach(seed -> seed.names().forEach(one -> all.merge(one.basis(), one, NameScore::plus)));
        return List.copyOf(all.values());
    }

    /** Whether every kind reaches what is asked of it, every name is right or in doubt, and every ledger balances. */
    public boolean isEnough() {
        return scores().stream().allMatch(Score::isEnough)
                && names().stream().allMatch(NameScore::isEnough)
                && seeds.stream().allMatch(Seed::isBalanced);
    }

    private Stream<Verdict> verdicts() {
        return seeds.stream().flatMap(seed -> seed.verdicts().stream());
    }

    /** One line for each kind, and one for each basis of names. */
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
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %11s %11s %9s %9s %11s",
                "names of flows with",
                "flows",
                "right",
                "doubted",
                "wrong",
                "nameless"));
        for (NameScore names : names()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-28s %,11d %,11d %,9d %,9d %,11d%s",
                    names.basis().words(),
                    names.flows(),
                    names.right(),
                    names.doubted(),
                    names.wrong(),
                    names.nameless(),
                    names.isEnough() ? "" : "  missed"));
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
        for (NameScore names : names()) {
            root.withArray("names")
                    .addObject()
                    .put("basis", names.basis().words())
                    .put("flows", names.flows())
                    .put("right", names.right())
                    .put("doubted", names.doubted())
                    .put("wrong", names.wrong())
                    .put("nameless", names.nameless())
                    .put("enough", names.isEnough());
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
