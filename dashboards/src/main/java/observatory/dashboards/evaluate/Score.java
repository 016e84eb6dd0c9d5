package observatory.dashboards.evaluate;

import java.util.List;
import java.util.Set;
import observatory.dashboards.evaluate.Verdict.Outcome;

/**
 * How well one kind of finding does, over all seeds.
 *
 * @param kind kind
 * @param planted how many were planted
 * @param found how many of those were found
 * @param also findings of the kind that are true of a plant of another kind; they count neither way
 * @param falseAlarms findings of the kind that are not true of any plant
 */
public record Score(String kind, long planted, long found, long also, long falseAlarms) {
    /** What is judged by statistics can be asked for less. */
    private static final Set<String> STATISTICAL =
            Set.of("cohort-outlier", "new-beacon", "beacon-changed", "upload-anomaly", "silent-device");

    private static final double STATISTICAL_LEAST = 0.95;
    private static final double DETERMINISTIC_LEAST = 0.99;

    /** The score of a kind. */
    static Score of(String kind, List<Verdict> verdicts) {
        long found = count(Outcome.FOUND, kind, verdicts);
        return new Score(
                kind,
                found + count(Outcome.MISSED, kind, verdicts),
                found,
                count(Outcome.ALSO, kind, verdicts),
                count(Outcome.FALSE_ALARM, kind, verdicts));
    }

    private static long count(Outcome outcome, String kind, List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict ->
                        verdict.outcome() == outcome && verdict.kind().equals(kind))
                .count();
    }

    /** Whether the figures say anything: something of the kind was planted or found. */
    public boolean isMeasured() {
        return planted + found + also + falseAlarms > 0;
    }

    /** Share of the plants that were found; 1 when none was planted. */
    public double recall() {
        return planted == 0 ? 1 : (double) found / planted;
    }

    /** Share of the findings that are right; 1 when there is none. */
    public double precision() {
        return found + falseAlarms == 0 ? 1 : (double) found / (found + falseAlarms);
    }

    /** What recall and precision have to reach. */
    public double least() {
        return STATISTICAL.contains(kind) ? STATISTICAL_LEAST : DETERMINISTIC_LEAST;
    }

    /** Whether both do. */
    public boolean isEnough() {
        return recall() >= least() && precision() >= least();
    }
}
