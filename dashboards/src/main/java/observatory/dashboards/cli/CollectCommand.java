package observatory.dashboards.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import observatory.dashboards.config.Configuration;
import observatory.dashboards.local.LocalServices;
import observatory.ingest.collect.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes in what exporters, sensors and resolvers send, and writes it to Kafka; nothing else. */
@Command(
        name = "collect",
        description = {
            "Takes in flow records, log files, syslog and dnstap as observatory.yaml says, and writes them to Kafka as they"
                    + " came.",
            "For a machine near the exporters; 'up' collects too. Ctrl-C ends it, and loses nothing that was taken in."
        })
final class CollectCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    CollectCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = config.read();
        String bootstrap = configuration.kafka().bootstrap();
        if (bootstrap == null) {
            throw CommandFailure.usage(
                    "'collect' needs kafka.bootstrap in the configuration; a Kafka of its own runs only"
                            + " inside 'up'");
        }
        try (LocalServices services = LocalServices.untilProcessEnds()) {
            Stage stage = new Stage(surroundings, services, spec.commandLine().getErr());
            Collectors collectors = stage.collectors(
                    configuration.collect(bootstrap, surroundings.folders().collect()));
            stage.serve(List.of(() -> failure(collectors)));
        }
        return 0;
    }

    static Optional<String> failure(Collectors collectors) {
        return collectors.failure().map(failure -> "files are no longer followed: " + failure.getMessage());
    }
}
