package observatory.jobs.finding;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import observatory.jobs.attribute.Device;
import observatory.jobs.coverage.Rhythm;
import observatory.jobs.finding.policy.Answer;
import observatory.jobs.finding.policy.Destinations;
import observatory.jobs.finding.policy.Devices;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.policy.Rule;
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
    private final Device device = Samples.device("phone", 0);
    private final Destination disputed = Samples.destination("cloud.example.com");
    private final Policy policy =
            new Policy(IntStream.range(0, 20).mapToObj(RuleBenchmark::countries).toList());
    private final Suppressions suppressions = new Suppressions(
            IntStream.range(0, 100).mapToObj(RuleBenchmark::suppression).toList());
    private final Suppression.About finding =
            Suppression.About.of("new-endpoint", "fleet", "cloud.example.com", null, null, 1_000);
    private Rhythm rhythm = Rhythm.UNKNOWN;
    private long minute;

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
