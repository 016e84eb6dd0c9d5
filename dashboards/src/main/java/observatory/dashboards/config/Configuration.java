package observatory.dashboards.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import observatory.dashboards.console.ConsoleSettings;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Exporters;
import observatory.ingest.collect.Topics;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.finding.DetectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * What {@code observatory.yaml} says, with defaults for what it leaves out.
 *
 * @param name name of this collector
 * @param sites site name to its networks
 * @param phones networks of phones, of all sites
 * @param inventory the operator's own list of devices, a CSV file; null when there is none
 * @param detection what the detections are to know; where the observation begins is known when the job starts
 * @param exporters names and sites of senders
 * @param flows where flow exporters are listened to
 * @param syslog where syslog is listened to
 * @param dnstap sockets of resolvers
 * @param files log files to follow
 * @param elastic the Elasticsearch to write to; null: one of our own
 * @param kafka the Kafka in between
 * @param console where the console is served
 * @param privacy what is kept of single persons
 * @param geo the data behind attributions
 * @param job how the job runs
 */
public record Configuration(
        String name,
        Map<String, List<String>> sites,
        List<String> phones,
        @Nullable Path inventory,
        DetectionSettings detection,
        Exporters exporters,
        CollectSettings.Flows flows,
        List<CollectSettings.Syslog> syslog,
        List<CollectSettings.Dnstap> dnstap,
        List<CollectSettings.Files> files,
        @Nullable ElasticSettings elastic,
        Kafka kafka,
        ConsoleSettings console,
        Privacy privacy,
        Geo geo,
        Job job) {

    /** The file that is looked for in the working folder when none is named. */
    public static final String DEFAULT_FILE = "observatory.yaml";

    /** Port of the Kafka of one machine, which other shippers on it write to. */
    public static final int DEFAULT_KAFKA_PORT = 9092;

    /**
     * The Kafka in between.
     *
     * @param bootstrap its addresses; null: one is started here
     * @param port port of the one that is started
     * @param partitions of our topics
     * @param replication of our topics
     */
    public record Kafka(@Nullable String bootstrap, int port, int partitions, short replication) {
        /** The same Kafka, reached at an address. */
        public Topics.Kafka at(String address) {
            return new Topics.Kafka(address, partitions, replication);
        }
    }

    /**
     * What is kept of single persons.
     *
     * @param pseudonymKey file of the key of the pseudonyms; empty: below {@code .observatory}
     * @param level how much documents tell of single devices
     * @param raw whether single flows and DNS answers are stored
     */
    public record Privacy(Optional<Path> pseudonymKey, observatory.jobs.document.Privacy level, boolean raw) {}

    /**
     * The data behind attributions, besides what the build installs. Options of a command go before it.
     *
     * @param catalogue folder of the user's own services, operators and clouds; null: below {@code .observatory}
     * @param maxmind folder of MaxMind databases; null when there are none
     * @param ranges folder of providers' range files; null when there are none
     * @param watch how often the running job looks whether data has changed
     */
    public record Geo(
            @Nullable Path catalogue,
            @Nullable Path maxmind,
            @Nullable Path ranges,
            Duration watch) {
        /** How often is looked when nothing is configured. */
        public static final Duration DEFAULT_WATCH = Duration.ofSeconds(30);
    }

    /**
     * How the job runs.
     *
     * @param parallelism tasks side by side; empty: as many as there are processors
     * @param lateness how long after an event its record may arrive
     * @param preferred exporters and sensors to be believed first, where several tell one connection
     */
    public record Job(Optional<Integer> parallelism, Duration lateness, List<String> preferred) {}

    /** What the collectors need of it. */
    public CollectSettings collect(String bootstrap, Path state) {
        return new CollectSettings(
                name,
                flows.ports().isEmpty() ? null : flows,
                files,
                syslog,
                dnstap,
                exporters,
                kafka.at(bootstrap),
                state);
    }
}
