package observatory.jobs.finding.novelty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Naming;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the memory of devices costs in RocksDB: five million keys of device and endpoint (250,000 devices times 20
 * endpoints) are put through the operator, met again, written down and forgotten. Not one of the tests; README.md
 * "Detections" says how to run it.
 */
class NoveltyBenchmark {
    private static final int DEVICES = 250_000;
    private static final int ENDPOINTS = 20;
    private static final int AGAIN = 1_000_000;
    private static final int BATCH = 50_000;
    private static final long DAY = Novelty.DAY_MILLIS;
    private static final Path RESULT = Path.of("target", "novelty-benchmark.txt");
    private static final OutputTag<Seen> SEEN = new OutputTag<>("seen", TypeInformation.of(Seen.class));

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void measure() throws Exception {
        try (var harness = harness()) {
            long first = put(
                    harness, "first contact, key by key", DEVICES * ENDPOINTS, i -> visit(i % DEVICES, i / DEVICES, 0));
            Random random = new Random(1);
            put(
                    harness,
                    "met again, at random",
                    AGAIN,
                    i -> visit(random.nextInt(DEVICES), random.nextInt(ENDPOINTS), DAY));
            long began = System.nanoTime();
            OperatorSubtaskState state = harness.snapshot(1, 1);
            say("checkpoint: %.1f s, %,d MB", seconds(began), state.getStateSize() >> 20);
            began = System.nanoTime();
            harness.processWatermark(200 * DAY);
            say("forgotten: %,d keys in %.1f s", DEVICES * ENDPOINTS, seconds(began));
            assertThat(first).isEqualTo((long) DEVICES * ENDPOINTS);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    /** Puts events through the operator, and tells how many of them were the first of their key. */
    private long put(
            KeyedOneInputStreamOperatorTestHarness<String, Encounter, Encounter> harness,
            String what,
            int events,
            IntFunction<Encounter> event)
            throws Exception {
        long began = System.nanoTime();
        long batchBegan = began;
        double slowest = 0;
        long first = 0;
        for (int i = 0; i < events; i++) {
            Encounter next = event.apply(i);
            harness.processElement(new StreamRecord<>(next));
            if ((i + 1) % BATCH == 0 || i + 1 == events) {
                harness.processWatermark(next.atMillis() / 1_000 * 1_000 + 999);
                for (Encounter met : harness.extractOutputValues()) {
                    first += met.isNew() ? 1 : 0;
                }
                harness.getOutput().clear();
                slowest = Math.max(slowest, seconds(batchBegan));
                batchBegan = System.nanoTime();
            }
        }
        say(
                "%s: %,d events, %,.0f a second; slowest %,d: %.1f s",
                what, events, events / seconds(began), BATCH, slowest);
        return first;
    }

    private void say(String format, Object... values) throws IOException {
        lines.add(String.format(Locale.ROOT, format, values));
        Files.createDirectories(RESULT.getParent());
        Files.write(RESULT, lines);
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** One contact; a batch shares its second, so that the watermark releases it as a whole. */
    private static Encounter visit(int device, int endpoint, long millis) {
        long now = millis + ((long) endpoint * DEVICES + device) / BATCH * 1_000;
        String mac =
                String.format(Locale.ROOT, "80-5E-C0-%02X-%02X-%02X", device >> 16, device >> 8 & 255, device & 255);
        Device phone = new Device(
                mac, "site-" + device % 50, "10.0.0.9", mac, null, "Yealink", "T54W", "96.86", null, null, 0);
        Destination to = new Destination(
                "endpoint-" + endpoint + ".example",
                "endpoint-" + endpoint + ".example",
                Service.UNKNOWN,
                Party.of(Party.Role.THIRD),
                64500,
                "Example",
                "",
                null,
                Place.State.AGREED,
                List.of("CH"),
                Place.Step.TWO_DATABASES,
                List.of(),
                List.of(),
                "digest");
        Rollup contact = new Rollup(
                mac + endpoint + now,
                now,
                phone,
                to,
                now,
                now + 500,
                1,
                500,
                900,
                5,
                6,
                0,
                500,
                900,
                Naming.NOTHING,
                0);
        // A subject that is not told by a side output: the harness makes a serializer for each record of one.
        return Encounter.of(Visit.of(contact), now, 0)
                .atSite(0, 0)
                .with(new Subject(Subject.Kind.OPERATOR, "operator-" + endpoint));
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Encounter, Encounter> harness() throws Exception {
        EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend(true);
        rocks.setDbStoragePath(folder.toString());
        rocks.getMemoryConfiguration().setFixedMemoryPerSlot("512mb");
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new DeviceMemory(new Novelty(3 * DAY, 30 * DAY), SEEN)),
                DeviceMemory::keyOf,
                Types.STRING,
                128,
                1,
                0);
        harness.setStateBackend(rocks);
        harness.setCheckpointStorage(
                new FileSystemCheckpointStorage(folder.resolve("checkpoints").toUri()));
        harness.open();
        return harness;
    }
}
