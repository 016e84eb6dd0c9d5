package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasedDevicesTest {
    private static final String ONE = "dev-00000000000000000001";
    private static final String OTHER = "dev-00000000000000000002";

    @TempDir
    private Path folder;

    private ErasedDevices list;

    @BeforeEach
    void prepare() {
        list = ErasedDevices.beside(folder.resolve("key"));
    }

    @Test
    void withoutAFileNobodyIsErased() {
        assertThat(list.contains(ONE)).isFalse();
        assertThat(list.file()).isEqualTo(folder.resolve("key.erased")).doesNotExist();
    }

    @Test
    void aRunningJobSeesWhatAnotherProcessAdds() {
        ErasedDevices running = ErasedDevices.beside(folder.resolve("key"));
        assertThat(running.contains(ONE)).isFalse();

        list.add(Set.of(ONE));
        assertThat(running.contains(ONE)).isTrue();
        list.add(Set.of(OTHER));
        assertThat(running.contains(OTHER)).isTrue();
        list.remove(Set.of(ONE));
        assertThat(running.contains(ONE)).isFalse();
    }

    @Test
    void erasingTwiceIsErasingOnce() throws Exception {
        list.add(Set.of(ONE, OTHER));
        list.add(Set.of(ONE));

        assertThat(list.file()).hasContent("+" + ONE + "\n+" + OTHER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatWasTakenBackCanBeErasedAgain() {
        list.add(Set.of(ONE));
        list.remove(Set.of(ONE));
        list.add(Set.of(ONE));

        assertThat(list.contains(ONE)).isTrue();
    }

    @Test
    void aLineThatIsStillBeingWrittenWaits() throws Exception {
        Files.writeString(list.file(), "+" + ONE + "\n+dev-00");
        assertThat(list.contains(ONE)).isTrue();

        Files.writeString(list.file(), "+" + ONE + "\n+" + OTHER + "\n");
        assertThat(list.contains(OTHER)).isTrue();
    }

    @Test
    void aDamagedListStopsWhoeverAsks() throws Exception {
        Files.writeString(list.file(), "+" + ONE + "\nphone of Bob\n");

        assertThatThrownBy(() -> list.contains(OTHER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(list.file().toString())
                .hasMessageContaining("'phone of Bob'");
    }
}
