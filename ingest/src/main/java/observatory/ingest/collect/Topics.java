package observatory.ingest.collect;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The Kafka topics of raw input. Two are ours: datagrams, which are many and can be lost when it gets tight, and logs,
 * which never are; so neither waits behind the other. All that other shippers write is one topic a format.
 */
public final class Topics {
    /** Datagrams of flow exporters, one a record. */
    public static final String DATAGRAMS = "observatory.raw.datagrams";

    /** Blocks of log lines, dnstap frames, and what collectors tell about themselves. */
    public static final String LOGS = "observatory.raw.logs";

    /** Before the name of a format: {@code observatory.raw.zeek-json} holds raw lines that others shipped. */
    public static final String PREFIX = "observatory.raw.";

    /** All topics that the job reads. */
    public static final Pattern ALL = Pattern.compile("observatory\\.raw\\.[a-z0-9-]+");

    /** No block is larger: 64 KiB, a last line of 1 MiB, its header, and room. */
    public static final int LARGEST_RECORD = 4 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Topics() {}

    /** Topic, sensor and so on of a Kafka that is used, and how. */
    public record Kafka(String bootstrap, int partitions, short replication) {
        /** Partitions of our topics when none are stated. */
        public static final int DEFAULT_PARTITIONS = 4;

        /** One broker. */
        public static Kafka at(String bootstrap) {
            return new Kafka(bootstrap, DEFAULT_PARTITIONS, (short) 1);
        }
    }

    /**
     * Makes our two topics where they are missing; topics that exist are left as they are.
     *
     * @throws CollectException when no broker answers, or it refuses
     */
    public static void ensure(Kafka kafka) {
        Properties properties = new Properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis() / 2));
        try (Admin admin = Admin.create(properties)) {
            Set<String> existing = admin.listTopics().names().get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
            List<NewTopic> missing = List.of(DATAGRAMS, LOGS).stream()
                    .filter(topic -> !existing.contains(topic))
                    .map(topic -> new NewTopic(topic, kafka.partitions(), kafka.replication()).configs(settings()))
                    .toList();
            if (!missing.isEmpty()) {
                admin.createTopics(missing).all().get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof org.apache.kafka.common.errors.TopicExistsException) {
                return; // made by another collector in the same moment
            }
            throw new CollectException(
                    "Kafka at " + kafka.bootstrap() + " does not let its topics be made: " + words(cause), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("interrupted while waiting for Kafka at " + kafka.bootstrap(), e);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw new CollectException("Kafka at " + kafka.bootstrap() + " cannot be used: " + words(e), e);
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("max.message.bytes", Integer.toString(LARGEST_RECORD));
        return settings;
    }

    private static String words(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
