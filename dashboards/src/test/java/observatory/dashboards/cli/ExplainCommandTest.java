package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    private final CommandRun run = new CommandRun(Path.of(System.getProperty("observatory.home", "..")));

    @Test
    void aNameOfTheCatalogueIsExplained() {
        assertThat(run.execute("explain", "rps.yealink.com")).isZero();

        assertThat(run.out())
                .contains("Service         Yealink/")
                .contains("law           CN: no adequacy decision is known")
                .contains("rps.yealink.com is what was asked about [command line]")
                .contains("Place           depends on the address; give one with --address");
    }

    @Test
    void anAddressAtHomeIsLocal() throws Exception {
        assertThat(run.execute("explain", "192.168.1.20", "--json")).isZero();

        JsonNode tree = new ObjectMapper().readTree(run.out());
        assertThat(tree.at("/place/state").asText()).isEqualTo("local");
        assertThat(tree.at("/endpoint").asText()).isEqualTo("local");
    }

    @Test
    void whatIsNeitherAddressNorNameIsWrongUsage() {
        assertThat(run.execute("explain", "192.168.1.999")).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("192.168.1.999"));
    }
}
