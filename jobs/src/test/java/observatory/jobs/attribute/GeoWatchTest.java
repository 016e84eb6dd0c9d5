package observatory.jobs.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks for changed data and what changes over, each alone. */
class GeoWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir
    private Path home;

    private GeoAccess geo = GeoAccess.under(Path.of(""));

    @BeforeEach
    void layOutAHome() throws IOException {
        layOut(home);
        geo = GeoAccess.under(home);
    }

    /** The product's catalogue without data packages, and room for the user's. */
    static void layOut(Path home) throws IOException {
        CatalogueHome.layOut(home);
        Files.createDirectories(home.resolve(".observatory/catalogue"));
    }

    /** A catalogue of the user's with one operator. */
    static void write(Path home, String key) throws IOException {
        Files.writeString(
                home.resolve(".observatory/catalogue/operators.yaml"),
                "operators:\n  - {" + key
                        + ": acme, name: Acme, jurisdictions: [CH], why: ours, grade: A, source: ours, date: 2026-11-23}\n");
    }

    @Test
    void aChangeIsToldWithBothDigestsAndItsFiles() throws Exception {
        try (OneInputStreamOperatorTestHarness<Long, GeoChange> look = look()) {
            look.open();
            String before = geo.snapshot().digest();
            tick(look);
            write(home, "id");
            tick(look);
            tick(look);
            tick(look);

            GeoChange change = look.extractOutputValues().getFirst();
            assertThat(look.extractOutputValues()).hasSize(1);
            assertThat(change.before()).isEqualTo(before);
            assertThat(change.after()).isEqualTo(geo.held().newest().digest()).isNotEqualTo(before);
            assertThat(change.files()).hasSize(1).first().asString().endsWith("operators.yaml");
            assertThat(change.atMillis()).isEqualTo(NOON.toEpochMilli());
            assertThat(geo.snapshot().digest()).isEqualTo(before); // only who is told changes over
        }
    }

    @Test
    void aChangeMadeWhileTheJobWasDownIsToldAfterwards() throws Exception {
        OperatorSubtaskState kept;
        String before = geo.snapshot().digest();
        try (OneInputStreamOperatorTestHarness<Long, GeoChange> look = look()) {
            look.open();
            kept = look.snapshot(1, 1);
        }
        write(home, "id");
        geo.held().look();
        geo.held().look(); // as a new process would have read it
        try (OneInputStreamOperatorTestHarness<Long, GeoChange> look = look()) {
            look.initializeState(kept);
            look.open();
            tick(look);
            tick(look);

            assertThat(look.extractOutputValues())
                    .containsExactly(new GeoChange(
                            NOON.toEpochMilli(), before, geo.held().newest().digest(), List.of(), ""));
        }
    }

    @Test
    void aBrokenCatalogueIsToldAndChangesNothing() throws Exception {
        try (OneInputStreamOperatorTestHarness<Long, GeoChange> look = look();
                OneInputStreamOperatorTestHarness<GeoChange, GeoChange> takeOver = takeOver()) {
            look.open();
            takeOver.open();
            String before = geo.snapshot().digest();
            write(home, "idd");
            tick(look);
            tick(look);

            GeoChange change = look.extractOutputValues().getFirst();
            takeOver.processElement(change, 0);
            assertThat(change.isTaken()).isFalse();
            assertThat(change.problem()).contains("operators.yaml, entry at line 2: unknown key 'idd'");
            assertThat(takeOver.extractOutputValues()).isEmpty();
            assertThat(geo.trouble()).isEqualTo(change.problem());
            assertThat(geo.snapshot().digest()).isEqualTo(before);
        }
    }

    @Test
    void aMachineWhoseFilesAreOthersKeepsWhatItHasAndSaysSo() throws Exception {
        try (OneInputStreamOperatorTestHarness<GeoChange, GeoChange> takeOver = takeOver()) {
            takeOver.open();
            String before = geo.snapshot().digest();
            takeOver.processElement(new GeoChange(0, before, "0123456789abcdef", List.of("x"), ""), 0);

            assertThat(takeOver.extractOutputValues())
                    .containsExactly(new GeoChange(
                            0, before, before, List.of("x"), "the files of this machine make snapshot " + before));
            assertThat(geo.snapshot().digest()).isEqualTo(before);
        }
    }

    private OneInputStreamOperatorTestHarness<Long, GeoChange> look() throws Exception {
        OneInputStreamOperatorTestHarness<Long, GeoChange> harness =
                new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(new LookForGeo(geo, CLOCK)));
        harness.setup(TypeInformation.of(GeoChange.class)
                .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        return harness;
    }

    private OneInputStreamOperatorTestHarness<GeoChange, GeoChange> takeOver() throws Exception {
        OneInputStreamOperatorTestHarness<GeoChange, GeoChange> harness =
                new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(new TakeOverGeo(geo)));
        harness.setup(TypeInformation.of(GeoChange.class)
                .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        return harness;
    }

    private static void tick(OneInputStreamOperatorTestHarness<Long, GeoChange> look) throws Exception {
        look.processElement(1L, 0);
    }
}
