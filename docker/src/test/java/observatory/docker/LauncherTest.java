package observatory.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script over a small house of its own, with a java and a Maven that only say how they were called. */
@Timeout(60)
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of(System.getProperty("observatory.home", "..")).resolve("observatory");

    @TempDir
    private Path folder;

    private Path house;
    private Path jdk;
    private Path tools;

    @BeforeEach
    void buildSmallHouse() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the launcher is a bash script");
        house = folder.resolve("house with a blank");
        for (String module : List.of("geo-data", "ingest", "jobs", "dashboards")) {
            write(house.resolve(module + "/src/main/java/Source.java"), "source");
            write(house.resolve(module + "/target/" + module + "-1.0-SNAPSHOT.jar"), "jar");
        }
        write(house.resolve("pom.xml"), "pom");
        Files.copy(LAUNCHER, house.resolve("observatory"));
        jdk = jdkOfVersion("25.0.3");
        tools = folder.resolve("tools");
        script(
                tools.resolve("mvn"),
                "echo \"mvn $*\" >>'" + folder + "/mvn.calls'; echo fine.jar >'" + classPath() + "'");
        script(tools.resolve("npm"), "exit 0");
    }

    @Test
    void theFirstRunBuildsAndTheSecondDoesNot() throws Exception {
        assertThat(run("--version").exitCode()).isZero();
        assertThat(run("--version").err()).isEmpty();

        assertThat(mavenCalls()).hasSize(1).first().asString().contains("package");
    }

    @Test
    void aChangedSourceBuildsAgain() throws Exception {
        run("--version");
        Path source = house.resolve("ingest/src/main/java/Source.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

        run("--version");

        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() throws Exception {
        Outcome outcome = run("decode", "a file with blanks.log", "*.log", "");

        assertThat(outcome.out().lines().toList())
                .endsWith(
                        "observatory.dashboards.cli.ObservatoryCommand",
                        "decode",
                        "a file with blanks.log",
                        "*.log",
                        "");
    }

    @Test
    void aSymbolicLinkLeadsToTheHouse() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("house with a blank/observatory"));

        Outcome outcome = run(link, Map.of(), "--version");

        assertThat(outcome.out()).contains("-Dobservatory.home=" + house.toRealPath());
    }

    @Test
    void aFailedBuildShowsItsErrorAndEnds() throws Exception {
        script(tools.resolve("mvn"), "echo '[ERROR] Source.java:[1,1] cannot find symbol'; exit 1");

        Outcome outcome = run("--version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("cannot find symbol").contains("target/build.log");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aJdkThatIsTooOldIsNamedWithItsVersion() throws Exception {
        Path old = jdkOfVersion("17.0.15");

        Outcome outcome = run(house.resolve("observatory"), Map.of("OBSERVATORY_JAVA_HOME", old.toString()), "--help");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains(old.toString(), "JDK 17", "JDK 21 or newer");
    }

    @Test
    void aMissingMavenIsNamed() throws Exception {
        Files.delete(tools.resolve("mvn"));
        for (String tool : List.of("bash", "dirname", "readlink", "find", "mkdir", "flock", "touch")) {
            script(tools.resolve(tool), "exec " + which(tool) + " \"$@\"");
        }

        Outcome outcome = run(house.resolve("observatory"), Map.of("PATH", tools.toString()), "--help");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1).first().asString().contains("needs Maven");
    }

    @Test
    void testsAreCountedFromTheReportsAndTheirFailureIsTheExitCode() throws Exception {
        script(
                tools.resolve("mvn"),
                "mkdir -p '" + house + "/geo-data/target/surefire-reports'",
                "echo '<testsuite name=\"a\" tests=\"7\" errors=\"1\" skipped=\"2\" failures=\"1\">'" + " >'" + house
                        + "/geo-data/target/surefire-reports/TEST-a.xml'",
                "exit 1");

        Outcome outcome = run("test");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out().lines()).last().isEqualTo("3 passed, 2 failed, 2 skipped");
    }

    private Path classPath() {
        return house.resolve("dashboards/target/classpath");
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(folder.resolve("mvn.calls"));
    }

    private Path jdkOfVersion(String version) throws IOException {
        Path made = folder.resolve("jdk-" + version);
        write(made.resolve("release"), "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(made.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        script(made.resolve("bin/javac"), "exit 0");
        return made;
    }

    private Outcome run(String... arguments) throws Exception {
        return run(house.resolve("observatory"), Map.of(), arguments);
    }

    private Outcome run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/bash", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("OBSERVATORY_JAVA_OPTS");
        builder.environment().put("OBSERVATORY_JAVA_HOME", jdk.toString());
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Path which(String tool) {
        return List.of("/bin", "/usr/bin").stream()
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static void script(Path file, String... lines) throws IOException {
        write(file, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private record Outcome(int exitCode, String out, String err) {}
}
