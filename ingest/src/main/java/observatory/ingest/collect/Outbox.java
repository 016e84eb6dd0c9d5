package observatory.ingest.collect;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The way to Kafka: acknowledged by all replicas, idempotent, so that a broker that restarts makes no record twice, and in
 * order. What waits is bounded in bytes. Two ways differ in what happens when the bound is met:
 *
 * <ul>
 *   <li>{@link #datagrams}: the record is dropped at once and its sender is told, since an exporter cannot be made to wait;
 *   <li>{@link #logs}: whoever sends waits, and a record is tried for ever, since files and connections can wait.
 * </ul>
 */
final class Outbox implements AutoCloseable {
    /** What may wait for Kafka on each way: half a minute of 1,000 full datagrams a second. */
    static final long BUFFER_BYTES = 64L * 1024 * 1024;

    /** How long a datagram is tried: a broker's restart takes less. */
    private static final Duration DATAGRAM_PATIENCE = Duration.ofMinutes(5);

    private static final Duration FLUSH = Duration.ofSeconds(10);

    private final KafkaProducer<byte[], byte[]> producer;

    private Outbox(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Told of the end of one record. Called from the producer's own thread: has to be quick. */
    interface Sent {
        /** The record is in Kafka for good, or was dropped. */
        void ended(boolean stored);
    }

    /** For what must not wait. */
    static Outbox datagrams(Topics.Kafka kafka) {
        Properties properties = common(kafka);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(DATAGRAM_PATIENCE.toMillis()));
        // What is known of the partitions is kept while no broker answers: without it records cannot wait for its
        // return.
        properties.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        Outbox outbox = open(kafka, properties);
        // Without this the first records would be dropped, since looking up the topic's partitions takes a while.
        outbox.awaitTopic(kafka, Topics.DATAGRAMS);
        outbox.awaitTopic(kafka, Topics.LOGS);
        return outbox;
    }

    /** For what must not be lost. */
    static Outbox logs(Topics.Kafka kafka) {
        Properties properties = common(kafka);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        return open(kafka, properties);
    }

    private static Properties common(Topics.Kafka kafka) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The thread that reads the socket also compresses; zstd would take it several times as long.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_RECORD);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        properties.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1000);
        return properties;
    }

    private static Outbox open(Topics.Kafka kafka, Properties properties) {
        try {
            return new Outbox(new KafkaProducer<>(properties));
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CollectException("Kafka at " + kafka.bootstrap() + " cannot be used: " + cause.getMessage(), e);
        }
    }

    private void awaitTopic(Topics.Kafka kafka, String topic) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                if (!producer.partitionsFor(topic).isEmpty()) {
                    return;
                }
            } catch (org.apache.kafka.common.errors.TimeoutException notYet) {
                if (System.nanoTime() > end) {
                    throw new CollectException(
                            "Kafka at " + kafka.bootstrap() + " does not tell of its topic " + topic, notYet);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("interrupted while waiting for Kafka", e);
        }
    }

    /** Hands a record over; {@code sent} is told once what became of it, also when this way is closed meanwhile. */
    void send(ProducerRecord<byte[], byte[]> record, Sent sent) {
        try {
            producer.send(record, (metadata, failure) -> sent.ended(failure == null));
        } catch (KafkaException | IllegalStateException closed) {
            sent.ended(false);
        }
    }

    /** Sends what waits, for ten seconds at most. */
    @Override
    public void close() {
        producer.close(FLUSH);
    }
}
