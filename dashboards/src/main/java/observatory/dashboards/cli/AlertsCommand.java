package observatory.dashboards.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import observatory.dashboards.alert.AlertSettings;
import observatory.dashboards.alert.Alerts;
import observatory.dashboards.finding.Findings;
import observatory.dashboards.local.LocalServices;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Findings to chat. */
@Command(
        name = "alerts",
        synopsisSubcommandLabel = "COMMAND",
        description = "Sends findings to a chat (Slack and what understands its webhooks).",
        subcommands = {AlertsCommand.Send.class, AlertsCommand.Test.class})
final class AlertsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Where to. */
    static final class Channel {
        @Parameters(
                paramLabel = "CHANNEL",
                arity = "0..1",
                defaultValue = "default",
                description = "name under which it is recorded what was sent (${DEFAULT-VALUE})")
        private String name;

        @Option(
                names = "--webhook-file",
                paramLabel = "FILE",
                description = "file with the webhook's address in its first line; else " + AlertSettings.FILE_VARIABLE
                        + " or " + AlertSettings.URL_VARIABLE + " tells. The address is a password: keep it off the"
                        + " command line")
        private @Nullable Path file;

        @Option(
                names = "--minimum",
                paramLabel = "SEVERITY",
                defaultValue = "LOW",
                description = "findings below are not sent: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
        private AlertSettings.Severity minimum;

        @Option(names = "--console-url", paramLabel = "URL", description = "address of the console, for links")
        private @Nullable URI console;

        @Option(
                names = "--zone",
                paramLabel = "ZONE",
                defaultValue = "UTC",
                description = "time zone of times" + " (${DEFAULT-VALUE})")
        private ZoneId zone;

        AlertSettings settings() throws IOException {
            try {
                return AlertSettings.read(name, file, System.getenv(), minimum, console, zone);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Sends what a channel has not had yet. */
    @Command(name = "send", description = "Sends open findings that the channel has not had yet, worst first.")
    static final class Send implements Callable<Integer> {
        private final Surroundings surroundings;

        @Spec
        private CommandSpec spec;

        @Mixin
        private Channel channel;

        @Mixin
        private StoredOptions stored;

        @Option(names = "--preview", description = "print what would be sent, send nothing, record nothing")
        private boolean preview;

        Send(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            AlertSettings settings = channel.settings();
            try (LocalServices services = LocalServices.untilProcessEnds()) {
                Stage stage =
                        new Stage(surroundings, services, spec.commandLine().getErr());
                try (ElasticClient client = ElasticClient.to(stored.open(stage, surroundings.folders()))) {
                    Alerts alerts = new Alerts(client, settings, surroundings.clock());
                    new Findings(client, surroundings.clock()).settle(null, false);
                    if (preview) {
                        alerts.preview().forEach(spec.commandLine().getOut()::println);
                        return 0;
                    }
                    return told(spec, alerts.send(), settings);
                }
            }
        }
    }

    /** Says hello. */
    @Command(name = "test", description = "Sends a message that says it is a test; nothing is recorded.")
    static final class Test implements Callable<Integer> {
        private final Surroundings surroundings;

        @Spec
        private CommandSpec spec;

        @Mixin
        private Channel channel;

        Test(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            AlertSettings settings = channel.settings();
            // A test reads and records nothing, so no Elasticsearch has to be there.
            try (ElasticClient client = ElasticClient.to(ElasticSettings.at("http://127.0.0.1:9200"))) {
                return told(spec, new Alerts(client, settings, surroundings.clock()).test(), settings);
            }
        }
    }

    private static int told(CommandSpec spec, Alerts.Result result, AlertSettings settings) {
        spec.commandLine().getOut().println(result.sent() + " sent to " + settings.channel());
        if (!result.isComplete()) {
            throw CommandFailure.failed(result.failed() + " not sent: " + result.reason());
        }
        return 0;
    }
}
