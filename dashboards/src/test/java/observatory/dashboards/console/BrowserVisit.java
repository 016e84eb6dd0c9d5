package observatory.dashboards.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real browser's visit to the console, told as JSON by {@code src/test/browser/visit.mjs}; screenshots are left in
 * {@code target/browser}. The browser is installed by npm when it is missing.
 */
final class BrowserVisit {
    private static final Path SCRIPTS = Path.of("src", "test", "browser").toAbsolutePath();
    private static final Path SCREENSHOTS = Path.of("target", "browser").toAbsolutePath();

    private BrowserVisit() {}

    static JsonNode to(URI address) throws IOException, InterruptedException {
        install();
        Path report = SCREENSHOTS.resolve("report.json");
        run(report, "node", "visit.mjs", address.toString(), SCREENSHOTS.toString());
        return new ObjectMapper().readTree(report.toFile());
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(SCREENSHOTS.resolve("tmp"));
        Path lock = SCRIPTS.resolve("package-lock.json");
        Path stamp = SCRIPTS.resolve("node_modules").resolve(".installed-lock.json");
        if (!Files.exists(stamp) || Files.mismatch(lock, stamp) >= 0) {
            run(SCREENSHOTS.resolve("npm.log"), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Files.copy(lock, stamp);
        }
    }

    private static void run(Path output, String... command) throws IOException, InterruptedException {
        Path errors = SCREENSHOTS.resolve("errors.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SCRIPTS.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        // The browser unpacks itself into the temporary folder.
        builder.environment().put("TMPDIR", SCREENSHOTS.resolve("tmp").toString());
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(List.of(command) + (ended ? " failed: " : " did not end: ") + last(errors));
            }
        } finally {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroy);
        }
    }

    private static String last(Path log) throws IOException {
        String text = Files.readString(log);
        return text.substring(Math.max(0, text.length() - 2_000));
    }
}
