package observatory.dashboards.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import observatory.dashboards.config.Configuration;
import observatory.dashboards.finding.Findings;
import observatory.dashboards.local.Folders;
import observatory.dashboards.local.Listed;
import observatory.dashboards.local.LocalServices;
import observatory.geo.snapshot.GeoSources;
import observatory.ingest.collect.Collectors;
import observatory.ingest.collect.Topics;
import observatory.ingest.netflow.SessionSettings;
import observatory.jobs.JobConfig;
import observatory.jobs.Live;
import observatory.jobs.LiveSettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.source.KafkaMessages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The live product on one machine. */
@Command(
        name = "up",
        description = {
            "Collects, attributes, stores and shows, live, as observatory.yaml says: Kafka, Elasticsearch, collectors, job"
                    + " and console in one command.",
            "Ctrl-C stops everything in order; started again, it goes on where it was."
        })
final class UpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Mixin
    private GeoOptions geo;

    UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = config.read();
        Listed listed = listed(configuration);
        Files.createDirectories(GeoSources.maxmind(surroundings.home())); // so that what is put there later is noticed
        Files.createDirectories(GeoSources.ranges(surroundings.home()));
        GeoAccess tables = geo.under(surroundings.home(), configuration.geo());
        Folders folders = surroundings.folders();
        try (LocalServices services = LocalServices.untilProcessEnds()) {
            Stage stage = new Stage(surroundings, services, spec.commandLine().getErr());
            stage.checkPort(configuration.console());
            stage.sayStateOf(tables);
            stage.sayFaultsOf(listed);
            GeoNews news = new GeoNews(tables, stage::say);
            String given = configuration.kafka().bootstrap();
            String bootstrap = given == null ? stage.kafka(configuration.kafka().port()) : given;
            Topics.ensure(configuration.kafka().at(bootstrap));
            ElasticSettings chosen = configuration.elastic();
            ElasticSettings elastic = chosen == null ? stage.elasticsearch(folders.elasticData()) : chosen;
            stage.say("Starting the job ...");
            LiveSettings settings = settings(configuration, bootstrap, elastic, tables, listed.inventory(), folders);
            Live live = services.start("job", () -> Live.start(settings));
            Collectors collectors = stage.collectors(configuration.collect(bootstrap, folders.collect()));
            stage.console(configuration.console(), elastic);
            ElasticClient client = services.start("findings' client", () -> ElasticClient.to(elastic));
            SettleFindings settling = new SettleFindings(
                    new Findings(client, surroundings.clock()),
                    configuration.detection().suppressions(),
                    surroundings.clock());
            stage.serve(List.of(live::failure, () -> CollectCommand.failure(collectors), news::tell, settling));
        }
        return 0;
    }

    private static Listed listed(Configuration configuration) {
        Path inventory = configuration.inventory();
        return inventory == null ? Listed.NOTHING : Listed.read(inventory);
    }

    private LiveSettings settings(
            Configuration configuration,
            String bootstrap,
            ElasticSettings elastic,
            GeoAccess tables,
            Inventory inventory,
            Folders folders) {
        Path key = configuration.privacy().pseudonymKey().orElse(folders.pseudonymKey());
        JobConfig job = new JobConfig(
                tables,
                new PhoneNetworks(configuration.phones()),
                new Sites(configuration.sites()),
                inventory,
                new Witnesses(true, configuration.job().preferred()),
                SessionSettings.LIVE,
                key.toString(),
                configuration.privacy().level(),
                false,
                configuration.privacy().raw(),
                configuration.job().lateness(),
                Long.MAX_VALUE,
                configuration.detection().startingAt(Live.beginning(folders.live(), surroundings.clock())));
        return new LiveSettings(
                new KafkaMessages.Settings(
                        bootstrap,
                        "observatory",
                        configuration.job().lateness(),
                        KafkaMessages.Settings.DEFAULT_IDLENESS,
                        surroundings.clock()),
                job,
                elastic,
                configuration.job().parallelism().orElse(Runtime.getRuntime().availableProcessors()),
                folders.live(),
                LiveSettings.DEFAULT_INTERVAL,
                configuration.geo().watch());
    }
}
