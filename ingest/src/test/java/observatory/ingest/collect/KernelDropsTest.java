package observatory.ingest.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelDropsTest {
    private static final String TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
             2120: 00000000:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 84011 2 0000000000000000 17
             2120: 00000000:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 84012 2 0000000000000000 5
             6596: 0100007F:18C7 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 84013 2 0000000000000000 900
            """;

    @TempDir
    private Path folder;

    @Test
    void dropsOfAllSocketsOnThePortAddUp() throws Exception {
        Path udp = Files.writeString(folder.resolve("udp"), TABLE);
        Path udp6 = Files.writeString(folder.resolve("udp6"), TABLE.replace(" 17\n", " 1\n"));

        assertThat(new KernelDrops(List.of(udp, udp6)).on(2055)).isEqualTo(17 + 5 + 1 + 5);
    }

    @Test
    void aSystemWithoutTheTableTellsNothing() {
        assertThat(new KernelDrops(List.of(folder.resolve("none"))).on(2055)).isZero();
    }
}
