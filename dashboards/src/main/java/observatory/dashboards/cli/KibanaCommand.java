package observatory.dashboards.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import observatory.dashboards.kibana.KibanaExport;
import observatory.dashboards.kibana.KibanaImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The dashboards as Kibana saved objects. */
@Command(
        name = "kibana",
        synopsisSubcommandLabel = "COMMAND",
        description = "Writes the dashboards for Kibana, or sends them to one.",
        subcommands = {KibanaCommand.Export.class, KibanaCommand.Import.class})
final class KibanaCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Writes the import file. */
    @Command(name = "export", description = "Writes the saved objects into FILE, which Kibana 8.19 or newer imports.")
    static final class Export implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "where to write; Kibana wants its name to end in .ndjson")
        private Path file;

        @Override
        public Integer call() throws IOException {
            byte[] objects = KibanaExport.lastTwoWeeks().bytes();
            OutputFile.write(file, objects);
            PrintWriter out = spec.commandLine().getOut();
            out.println(file + " is written. Import it in Kibana under Stack Management, Saved Objects, or with");
            out.println("  observatory kibana import http://localhost:5601");
            return 0;
        }
    }

    /** Sends the saved objects to a Kibana. */
    @Command(name = "import", description = "Sends the saved objects to a Kibana, over those of an earlier import.")
    static final class Import implements Callable<Integer> {
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        @Spec
        private CommandSpec spec;

        @Parameters(
                paramLabel = "URL",
                description = "Kibana's address, with base path and /s/<space> where it has them")
        private URI kibana;

        @Option(
                names = "--authorization",
                defaultValue = "${env:KIBANA_AUTHORIZATION}",
                description = "value of the Authorization header, such as 'ApiKey ...'; better given as the environment"
                        + " variable KIBANA_AUTHORIZATION, which no other user of the machine can see")
        private @Nullable String authorization;

        @Override
        public Integer call() throws InterruptedException {
            KibanaImport.Outcome outcome = send();
            spec.commandLine().getOut().println(outcome.imported() + " objects imported");
            for (KibanaImport.Problem problem : outcome.problems()) {
                spec.commandLine()
                        .getErr()
                        .println("observatory: refused: " + problem.object() + ": " + problem.reason());
            }
            return outcome.isComplete() ? 0 : CommandFailure.FAILED;
        }

        private KibanaImport.Outcome send() throws InterruptedException {
            try {
                return new KibanaImport(kibana, authorization, PATIENCE)
                        .send(KibanaExport.lastTwoWeeks().bytes());
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw CommandFailure.failed(String.valueOf(e.getMessage()));
            }
        }
    }
}
