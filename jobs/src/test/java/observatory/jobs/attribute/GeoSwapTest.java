package observatory.jobs.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.ingest.observation.FlowObservation;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running job, two tasks wide, whose catalogue is changed, broken and mended. */
class GeoSwapTest {
    private static final Map<Integer, String> NEWEST = new ConcurrentHashMap<>(); // by task: service and snapshot
    private static final Queue<GeoChange> CHANGES = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path home;

    @Test
    void newFlowsOfAllTasksAreAttributedByTheChangedCatalogue() throws Exception {
        GeoWatchTest.layOut(home);
        GeoAccess geo = GeoAccess.under(home);
        String first = geo.snapshot().digest();
        try (StreamExecutionEnvironment environment = environment()) {
            JobClient job = start(environment, geo);
            until(() -> NEWEST.size() == 2);
            assertThat(NEWEST.values()).allMatch(seen -> seen.equals("unknown/unknown " + first));

            write("services", "vendor: Acme");
            until(() -> NEWEST.values().stream().allMatch(seen -> seen.startsWith("Acme/PBX ")));
            String second = geo.snapshot().digest();
            assertThat(second).isNotEqualTo(first);
            until(() -> NEWEST.values().stream().allMatch(seen -> seen.equals("Acme/PBX " + second)));

            write("services", "wendor: Acme");
            until(() -> CHANGES.size() == 2);
            assertThat(NEWEST.values()).allMatch(seen -> seen.equals("Acme/PBX " + second));

            write("services", "vendor: Acme Telecom");
            until(() -> NEWEST.values().stream().allMatch(seen -> seen.startsWith("Acme Telecom/PBX ")));
            until(() -> CHANGES.size() == 3);
            job.cancel().get(30, TimeUnit.SECONDS);
        }
        assertThat(CHANGES).extracting(GeoChange::isTaken).containsExactly(true, false, true);
        assertThat(CHANGES).first().extracting(GeoChange::before).isEqualTo(first);
    }

    private static JobClient start(StreamExecutionEnvironment environment, GeoAccess geo) throws Exception {
        GeneratorFunction<Long, NamedFlow> flows = GeoSwapTest::flow;
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                flows,
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(200),
                                TypeInformation.of(NamedFlow.class)),
                        WatermarkStrategy.noWatermarks(),
                        "flows")
                .uid("flows")
                .map(new AttributeFlows(geo))
                .uid("attribute")
                .map(new Remember())
                .uid("remember")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        GeoWatch.define(environment, geo, Duration.ofMillis(200), Clock.systemUTC())
                .map(change -> {
                    CHANGES.add(change);
                    return change;
                })
                .returns(TypeInformation.of(GeoChange.class))
                .uid("changes")
                .sinkTo(new DiscardingSink<>())
                .uid("changes-end");
        return environment.executeAsync("swap");
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(RestOptions.BIND_PORT, "0");
        return StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    }

    private static NamedFlow flow(long number) {
        FlowObservation flow = new FlowObservation(
                "core",
                "zurich",
                "zeek",
                "",
                number,
                number,
                IpAddress.of("10.0.0.9"),
                40_000,
                IpAddress.of("192.0.2.7"),
                443,
                6,
                1,
                1,
                1,
                1,
                null,
                null,
                null,
                null);
        DestinationName name = new DestinationName(
                "pbx.acme.example", null, NameSource.SNI, NameState.FRESH, 0, List.of("pbx.acme.example"));
        return new NamedFlow(
                Device.ofAddress("zurich", "10.0.0.9", 0), PhoneNetworks.Side.SOURCE, flow, name, "", 0, false);
    }

    private void write(String name, String vendor) throws Exception {
        Files.writeString(
                home.resolve(".observatory/catalogue/" + name + ".yaml"),
                "services:\n  - {" + vendor
                        + ", name: PBX, purpose: signalling, operator: \"\", what: ours, suffixes: [acme.example],"
                        + " hosting: \"\", grade: A, source: ours, date: 2026-11-23}\n");
    }

    private static void until(BooleanSupplier reached) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (!reached.getAsBoolean()) {
                Thread.sleep(50);
            }
        });
    }

    /** Keeps what each task attributed last, in this JVM, where the cluster runs as well. */
    private static final class Remember extends RichMapFunction<AttributedFlow, String> {
        private static final long serialVersionUID = 1;
        private int task;

        @Override
        public void open(OpenContext context) {
            task = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        }

        @Override
        public String map(AttributedFlow flow) {
            String seen = flow.destination().service().key() + " "
                    + flow.destination().snapshot();
            NEWEST.put(task, seen);
            return seen;
        }
    }
}
