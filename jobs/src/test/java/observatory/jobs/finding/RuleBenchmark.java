package observatory.jobs.finding;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import observatory.geo.attribution.NameState;
import observatory.jobs.attribute.Device;
import observatory.jobs.coverage.Rhythm;
import observatory.jobs.finding.beacon.Approach;
import observatory.jobs.finding.beacon.Series;
import observatory.jobs.finding.beacon.Watched;
import observatory.jobs.finding.policy.Answer;
import observatory.jobs.finding.policy.Destinations;
import observatory.jobs.finding.policy.Devices;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.policy.Rule;
import observatory.jobs.finding.upload.Outflow;
import observatory.jobs.rollup.Destination;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one event costs the rules that are asked of every rollup, finding and minute; run as in jobs/README.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class RuleBenchmark {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    private final Device device = Samples.device("phone", 0);
    private final Destination disputed = Samples.destination("cloud.example.com");
    private final Policy policy =
            new Policy(IntStream.range(0, 20).mapToObj(RuleBenchmark::countries).toList());
    private final Suppressions suppressions = new Suppressions(
            IntStream.range(0, 100).mapToObj(RuleBenchmark::suppression).toList());
    private final Suppression.About finding =
            Suppression.About.of("new-endpoint", "fleet", "cloud.example.com", null, null, 1_000);
    private final Watched watched = new Watched(0, 3 * DAY_MILLIS);
    private final SplittableRandom random = new SplittableRandom(7);
    private final Outflow outflow = hours(200).and(sending(900_000, HOUR_MILLIS));
    private Rhythm rhythm = Rhythm.UNKNOWN;
    private long minute;
    private Series steady = Series.EMPTY;
    private Series byChance = Series.EMPTY;
    private long steadyMillis;
    private long chanceMillis;

    private static Rule countries(int number) {
        return new Rule(
                "rule-" + number,
                "ann",
                "data stays",
                0,
                Long.MAX_VALUE,
                Devices.ALL,
                Destinations.ALL,
                Rule.Mode.ALLOW,
                new Destinations(List.of("CH", "DE"), List.of(), List.of(), List.of(), List.of()));
    }

    private static Suppression suppression(int number) {
        return new Suppression(
                "s" + number, "ann", "known", Long.MAX_VALUE, "vendor" + number + ".com", null, null, null);
    }

    private Outflow hours(int count) {
        Outflow sent = Outflow.none(0, disputed);
        for (int hour = 0; hour < count; hour++) {
            sent = sent.and(sending(10_000 + 7 * hour, 0)).next(hour * HOUR_MILLIS);
        }
        return sent;
    }

    private Outflow.Sending sending(long bytes, long startMillis) {
        return new Outflow.Sending(bytes, 1, startMillis, startMillis + 1, disputed, NameState.FRESH);
    }

    private static Approach approach(long startMillis) {
        return new Approach(startMillis, startMillis + 200, startMillis, true, 900, "DE", false);
    }

    /** Contact every half an hour, give or take a tenth: a beacon that is known. */
    @Benchmark
    public Series steadyContact() {
        steadyMillis += HOUR_MILLIS / 2 + random.nextLong(HOUR_MILLIS / 20);
        steady = steady.after(approach(steadyMillis), watched);
        return steady;
    }

    /** Contact whenever somebody happens to press a button. */
    @Benchmark
    public Series contactByChance() {
        chanceMillis += random.nextLong(4 * HOUR_MILLIS);
        byChance = byChance.after(approach(chanceMillis), watched);
        return byChance;
    }

    /** An hour of many bytes held against all hours that are remembered. */
    @Benchmark
    public boolean uploadOfAnHour() {
        return outflow.isUnusual(500_000);
    }

    /** Twenty rules of which a disputed place leaves all undecided. */
    @Benchmark
    public List<Rule> policyOfTwentyRules() {
        return policy.answering(Answer.UNDECIDED, device, disputed, 1_000);
    }

    /** A hundred suppressions of which none holds. */
    @Benchmark
    public Optional<Suppression> hundredSuppressions() {
        return suppressions.covering(finding);
    }

    /** A sensor that is heard every minute, and is silent for an hour twice a day. */
    @Benchmark
    public long rhythmOfASensor() {
        long next = minute + (minute % 720 == 0 ? 60 : 1);
        rhythm = rhythm.after(minute, next);
        minute = next;
        return rhythm.thresholdMillis();
    }
}
