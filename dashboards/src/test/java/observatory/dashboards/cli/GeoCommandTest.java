package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import observatory.jobs.attribute.CatalogueHome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoCommandTest {
    private static final String AWS = """
            {"syncToken": "7", "createDate": "2021-05-20-00-00-00",
             "prefixes": [{"ip_prefix": "3.120.0.0/14", "region": "eu-central-1", "service": "EC2"}]}
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void layOutAHome() throws Exception {
        CatalogueHome.layOut(home);
    }

    @Test
    void statusShowsWhatTheUsersCatalogueReplaces() throws Exception {
        Path own = Files.createDirectories(home.resolve("ours"));
        Files.writeString(
                own.resolve("operators.yaml"),
                "operators:\n  - {id: yealink, name: Y, jurisdictions: [CH], why: x, grade: A, source: x, date: 2026-11-23}\n");
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("geo", "status", "--catalogue", own.toString())).isEqualTo(1); // packages are missing
        assertThat(run.out())
                .contains("ok       own-operators")
                .contains("Your catalogue: operator yealink is replaced by " + own.resolve("operators.yaml")
                        + ", entry at line 2")
                .contains("Problem: data set dbip");
    }

    @Test
    void statusNamesFileAndLineOfAFault() throws Exception {
        Path own = Files.createDirectories(home.resolve(".observatory/catalogue"));
        Files.writeString(own.resolve("services.yaml"), "services:\n  - {vendor: x}\n");
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("geo", "status")).isEqualTo(1);
        assertThat(run.err()).contains(own.resolve("services.yaml") + ", entry at line 2: 'operator' is missing");
    }

    @Test
    void updateTakesAFileAndStatusShowsItsAge() throws Exception {
        Path file = Files.writeString(home.resolve("ip-ranges.json"), AWS);
        CommandRun update = new CommandRun(home);
        CommandRun status = new CommandRun(home);

        int exit = update.execute(
                "geo",
                "update",
                "--only",
                "ranges",
                "--feed",
                "aws=" + file,
                "--feed",
                "gcp=none",
                "--feed",
                "oracle=none");
        status.execute("geo", "status");

        assertThat(exit).isEqualTo(1);
        assertThat(update.out()).contains("updated    aws").contains("failed     gcp");
        assertThat(status.out()).containsPattern("ok +aws-ranges +ranges +7 +12 days");
    }

    @Test
    void oldDataIsAnnouncedWhereverItIsUsed() throws Exception {
        Path ranges = Files.createDirectories(home.resolve(".observatory/ranges"));
        Files.writeString(ranges.resolve("aws.json"), AWS.replace("2021-05-20", "2021-01-20"));
        String words = "aws-ranges 7 of 2021-01-20 is 132 days old, more than the 60 it may be";
        CommandRun status = new CommandRun(home);
        CommandRun explain = new CommandRun(home);

        assertThat(status.execute("geo", "status")).isEqualTo(1);
        explain.execute("explain", "3.120.0.1");

        assertThat(status.out()).contains("old      aws-ranges").contains("Problem: " + words);
        assertThat(explain.err()).contains("observatory: " + words);
    }

    @Test
    void updateWantsAKeyThatNobodyElseMayRead() throws Exception {
        Path file = Files.writeString(home.resolve("GeoIP.conf"), "AccountID 42\nLicenseKey abcdef_0123456789\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("geo", "update", "--only", "maxmind", "--credentials", file.toString()))
                .isEqualTo(2);
        assertThat(run.err()).contains("chmod 600 " + file).doesNotContain("abcdef");
    }

    @Test
    void whatCannotBeUpdatedIsWrongUsage() {
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("geo", "update", "--only", "feeds")).isEqualTo(2);
        assertThat(run.err()).contains("'feeds' cannot be updated; known are packages, ranges, maxmind");
    }
}
