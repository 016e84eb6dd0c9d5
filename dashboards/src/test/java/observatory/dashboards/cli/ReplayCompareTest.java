package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import observatory.jobs.attribute.CatalogueHome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other data would change in a small log, without writing anything. */
class ReplayCompareTest {
    private static final String CONN = """
            {"ts":1600000000.5,"uid":"C1","id.orig_h":"10.0.0.9","id.orig_p":40000,"id.resp_h":"192.0.2.7","id.resp_p":443,"proto":"tcp","duration":1.0,"orig_bytes":10,"resp_bytes":20,"conn_state":"SF","orig_pkts":1,"orig_ip_bytes":50,"resp_pkts":1,"resp_ip_bytes":60}
            {"ts":1600000100.5,"uid":"C2","id.orig_h":"10.0.0.9","id.orig_p":40001,"id.resp_h":"192.0.2.8","id.resp_p":443,"proto":"tcp","duration":1.0,"orig_bytes":10,"resp_bytes":20,"conn_state":"SF","orig_pkts":1,"orig_ip_bytes":50,"resp_pkts":1,"resp_ip_bytes":60}
            """;
    private static final String SSL = """
            {"ts":1600000000.6,"uid":"C1","id.orig_h":"10.0.0.9","id.orig_p":40000,"id.resp_h":"192.0.2.7","id.resp_p":443,"version":"TLSv12","server_name":"pbx.acme.example"}
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void layOutAHomeWithLogs() throws Exception {
        CatalogueHome.layOut(home);
        Path logs = Files.createDirectories(home.resolve("logs"));
        Files.writeString(logs.resolve("conn.log"), CONN);
        Files.writeString(logs.resolve("ssl.log"), SSL);
    }

    @Test
    void everyDestinationThatChangesIsOneLine() throws Exception {
        Path own = Files.createDirectories(home.resolve("next/own"));
        Files.writeString(
                own.resolve("services.yaml"),
                "services:\n  - {vendor: Acme, name: PBX, purpose: signalling, operator: \"\", what: ours, hosting: \"\","
                        + " suffixes: [acme.example], grade: A, source: ours, date: 2026-11-23}\n");
        CommandRun run = new CommandRun(home);

        assertThat(run.execute(
                        "replay", logs(), "--compare", home.resolve("next").toString()))
                .isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "1 flows     1 destinations  acme.example (pbx.acme.example)  service: not in the catalogue ->"
                                + " Acme/PBX (signalling, nobody named)")
                .contains("1 of 2 flows, to 2 destinations, would be attributed otherwise by snapshot ");
    }

    @Test
    void theSameDataChangesNothing() throws Exception {
        Files.createDirectories(home.resolve("next/own"));
        CommandRun run = new CommandRun(home);

        assertThat(run.execute(
                        "replay", logs(), "--compare", home.resolve("next").toString()))
                .isZero();
        assertThat(run.out()).startsWith("0 of 2 flows");
    }

    @Test
    void aFolderWithoutDataIsWrongUsage() throws Exception {
        CommandRun run = new CommandRun(home);

        assertThat(run.execute(
                        "replay", logs(), "--compare", home.resolve("logs").toString()))
                .isEqualTo(2);
        assertThat(run.err()).contains("has none of the folders node_modules, catalogue, own, maxmind, ranges");
    }

    private String logs() {
        return home.resolve("logs").toString();
    }
}
