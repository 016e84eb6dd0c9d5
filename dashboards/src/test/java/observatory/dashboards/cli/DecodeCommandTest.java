package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeCommandTest {
    private static final String FLOW =
            "{\"ts\":1623000000.25,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.5\",\"id.orig_p\":40000,\"id.resp_h\":"
                    + "\"192.0.2.1\",\"id.resp_p\":443,\"proto\":\"tcp\",\"duration\":1.5,\"orig_ip_bytes\":300,"
                    + "\"resp_ip_bytes\":900,\"orig_pkts\":3,\"resp_pkts\":4}\n";

    @TempDir
    private Path home;

    private CommandRun run;

    @BeforeEach
    void prepare() {
        run = new CommandRun(home);
    }

    @Test
    void aFlowBecomesOneLineWithEcsNames() throws Exception {
        Path log = write("conn.log", FLOW);

        assertThat(run.execute("decode", log.toString())).isZero();

        assertThat(run.out().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains(
                        "\"source\":{\"ip\":\"10.0.0.5\"", "\"observer\":{\"type\":\"zeek\"", "2021-06-06T17:20:00.25");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whatCannotBeReadGoesToStandardErrorWithItsPosition() throws Exception {
        Path log = write("conn.log", FLOW + "{broken\n" + FLOW);

        assertThat(run.execute("decode", log.toString())).isZero();

        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.err().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("\"reason\":\"malformed\"", "\"line\":2", "\"offset\":" + FLOW.length());
    }

    @Test
    void aClockWithoutAZoneIsReadInTheStatedOne() throws Exception {
        Path log = write(
                "query.log",
                "03-May-2024 13:00:00.250 client @0x7f0 10.0.0.5#40000 (a.example.com): query: a.example.com IN A +"
                        + " (10.0.0.1)\n");

        assertThat(run.execute("decode", "--zone", "Europe/Zurich", log.toString()))
                .isZero();

        assertThat(run.out()).contains("2024-05-03T11:00:00.250Z");
    }

    @Test
    void aZoneThatIsNoneIsWrongUsage() throws Exception {
        assertThat(run.execute(
                        "decode",
                        "--zone",
                        "Europe/Atlantis",
                        write("conn.log", FLOW).toString()))
                .isEqualTo(2);

        assertThat(run.err()).contains("Europe/Atlantis");
    }

    @Test
    void rejectionsCanGoToAFile() throws Exception {
        Path log = write("conn.log", "{broken\n" + FLOW);
        Path rejections = home.resolve("rejections.ndjson");

        assertThat(run.execute("decode", log.toString(), "--rejections", rejections.toString()))
                .isZero();

        assertThat(rejections).content().contains("malformed");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aTemplateInOneFileServesTheDatagramsInTheNext() throws Exception {
        String header = "0009000100000fa06592008000000001" + "00000007";
        String template = "00000014012c0003" + "000800040" + "00c0004" + "00010004";
        String data = "012c0010" + "0a000001" + "c0000201" + "000001f4";
        Path first = writeBytes("1.bin", header + template);
        Path second = writeBytes("2.bin", header.replace("00000001", "00000002") + data + "012d0008" + "01020304");

        assertThat(run.execute("decode", first.toString(), second.toString())).isZero();

        assertThat(run.out()).contains("\"type\":\"netflow9\"", "\"bytes\":500");
        assertThat(run.err()).contains("no-template", "template 301");
    }

    @Test
    void manyBlocksKeepTheirOrder() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            lines.append(FLOW.replace("\"C1\"", "\"C%05d\"".formatted(i)));
        }
        Path log = write("conn.log", lines.toString());

        assertThat(run.execute("decode", log.toString())).isZero();

        assertThat(run.out().lines().map(line -> line.replaceFirst(".*\"(C\\d{5})\".*", "$1")))
                .hasSize(5_000)
                .isSorted();
    }

    @Test
    void aFullDiskIsOneLine() throws Exception {
        Path log = write("conn.log", FLOW + "{broken\n".repeat(10_000));

        assertThat(run.execute("decode", log.toString(), "--rejections", "/dev/full"))
                .isEqualTo(1);

        assertThat(run.err().lines()).hasSize(1).first().asString().contains("/dev/full");
    }

    @Test
    void aMissingFileIsOneLineAndWrongUsage() {
        assertThat(run.execute("decode", home.resolve("none.log").toString())).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("none.log"));
    }

    @Test
    void aFileOfNoKnownFormatIsOneLineAndWrongUsage() throws Exception {
        Path log = write("letter.txt", "Dear reader,\n");

        assertThat(run.execute("decode", log.toString())).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("Dear reader"));
    }

    @Test
    void anUnknownFormatIsAnsweredWithTheKnownOnes() {
        assertThat(run.execute("decode", "--format", "zeke", "conn.log")).isEqualTo(2);

        assertThat(run.err()).contains("zeek-tsv, zeek-json, suricata-eve");
    }

    private Path write(String name, String text) throws Exception {
        return Files.write(home.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private Path writeBytes(String name, String hex) throws Exception {
        return Files.write(home.resolve(name), HexFormat.of().parseHex(hex));
    }
}
