package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path folder;

    @Test
    void theNewestCompleteOneIsFound() throws IOException {
        metadata("job/chk-1", "whole", 1_000);
        metadata("job/chk-2", "whole", 3_000);
        metadata("older/chk-9", "whole", 2_000);
        metadata("job/chk-3", "", 4_000);

        assertThat(new Checkpoints(folder).newest()).contains(folder.resolve("job/chk-2"));
    }

    @Test
    void whatIsStillBeingWrittenIsNone() throws IOException {
        Path open = Files.createDirectories(folder.resolve("job/chk-1"));
        Files.writeString(open.resolve("._metadata.inprogress.1"), "half");

        assertThat(new Checkpoints(folder).newest()).isEmpty();
        assertThat(new Checkpoints(folder.resolve("never")).newest()).isEmpty();
    }

    /** A job of another process moves its files while it is looked for them: nothing but absence may come of it. */
    @Test
    void filesThatMoveMeanwhileAreNoFailure() throws Exception {
        metadata("job/chk-0", "whole", 1_000);
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 1; i < 400; i++) {
                try {
                    Path chk = Files.createDirectories(folder.resolve("job/chk-" + i));
                    Files.writeString(chk.resolve("._metadata.inprogress"), "whole");
                    Files.move(chk.resolve("._metadata.inprogress"), chk.resolve("_metadata"));
                    Files.delete(chk.resolve("_metadata"));
                    Files.delete(chk);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        while (writer.isAlive()) {
            assertThat(new Checkpoints(folder).newest()).isPresent();
        }
        writer.join();
    }

    private void metadata(String checkpoint, String content, long millis) throws IOException {
        Path file = Files.createDirectories(folder.resolve(checkpoint)).resolve("_metadata");
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    }
}
