package observatory.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import observatory.ingest.archive.ArchiveException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedTest {
    @TempDir
    private Path folder;

    @Test
    void aRowThatIsWrongIsToldWithItsPlaceAndCostsNoOther() throws IOException {
        Path list = file("""
                mac;model;group;owner
                00:15:65:aa:bb:01;SIP-T54W;reception;Jane Doe
                00:15:65:aa:zz:02;SIP-T54W;reception;
                00:15:65:aa:bb:03;SIP-T46U;sales;
                """);

        Listed listed = Listed.read(list);

        assertThat(listed.inventory().entries()).containsOnlyKeys("00-15-65-AA-BB-01", "00-15-65-AA-BB-03");
        assertThat(listed.unused()).isEqualTo(1);
        assertThat(listed.faults()).singleElement().asString().startsWith(list + ":3: bad-value: mac");
    }

    @Test
    void aRowWithAnAddressOnlyIsNotUsedAndToldOnce() throws IOException {
        Listed listed = Listed.read(file("mac,ip,group\n,10.1.20.5,sales\n,10.1.20.6,sales\n"));

        assertThat(listed.inventory().entries()).isEmpty();
        assertThat(listed.unused()).isEqualTo(2);
        assertThat(listed.faults()).containsExactly("rows without a MAC, by which devices are listed: 2");
    }

    @Test
    void howeverManyRowsAreWrongFewAreToldAndAllAreCounted() throws IOException {
        Listed listed = Listed.read(file("mac,group\n" + "no mac,sales\n".repeat(5_000)));

        assertThat(listed.unused()).isEqualTo(5_000);
        assertThat(listed.faults()).hasSize(Listed.FAULT_LIMIT);
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path log = Files.writeString(
                folder.resolve("dns.log"),
                "{\"_path\":\"conn\",\"ts\":1.0,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\"}\n");

        assertThatThrownBy(() -> Listed.read(log))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("not an inventory");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("inventory.csv"), text);
    }
}
