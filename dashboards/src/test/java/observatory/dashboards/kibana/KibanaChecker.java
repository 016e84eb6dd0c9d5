package observatory.dashboards.kibana;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The strict checker of saved objects that stands beside the project, not in it. */
record KibanaChecker(Path script) {

    record Verdict(int exitCode, String output) {}

    /** The checker; without it a build server fails and anybody else's run skips the test. */
    static KibanaChecker find() {
        Optional<Path> script = Stream.of(
                        Optional.ofNullable(System.getenv("OBSERVATORY_CORPUS"))
                                .map(corpus -> Path.of(corpus, "../tools")),
                        Optional.ofNullable(System.getProperty("observatory.home"))
                                .map(home -> Path.of(home, "../shared/tools")))
                .flatMap(Optional::stream)
                .map(tools -> tools.resolve("check_kibana.py").normalize())
                .filter(Files::isRegularFile)
                .findFirst();
        String missing = "check_kibana.py was not found in ../shared/tools beside the project";
        if (script.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail(missing);
        }
        return script.map(KibanaChecker::new)
                .orElseGet(() -> abort(missing + "; the saved objects were not checked by it"));
    }

    Verdict check(Path file, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", script.toString(), file.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(process.waitFor(), output);
    }
}
