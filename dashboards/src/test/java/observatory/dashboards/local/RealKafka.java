package observatory.dashboards.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import observatory.ingest.collect.Collected;
import observatory.ingest.collect.RawRecords;
import observatory.ingest.collect.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** One real broker for all tests of this module: starting it takes longer than using it. */
final class RealKafka {
    private static @Nullable KafkaProcess shared;

    private RealKafka() {}

    /** The broker; it is stopped when the JVM ends. */
    static synchronized KafkaProcess shared() {
        if (shared != null) {
            return shared;
        }
        try {
            shared = KafkaProcess.start(setup(Files.createTempDirectory("observatory-kafka")));
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KafkaProcess.Setup setup(Path folder) {
        Path home = Path.of(System.getProperty("observatory.home"));
        return KafkaProcess.Setup.in(home, folder.resolve("data"), folder.resolve("logs"));
    }

    /** Where our topics end now, to read only what comes after. */
    static Map<TopicPartition, Long> ends(KafkaProcess kafka) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            return consumer.endOffsets(partitions(consumer));
        }
    }

    /** Reads on from there until enough has come, or nothing has for half a minute. */
    static List<Collected> read(
            KafkaProcess kafka, Map<TopicPartition, Long> from, Predicate<List<Collected>> isEnough) {
        List<Collected> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
            long quietSince = System.nanoTime();
            while (!isEnough.test(read)
                    && System.nanoTime() - quietSince < Duration.ofSeconds(30).toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    read.add(RawRecords.read(record));
                    quietSince = System.nanoTime();
                }
            }
        }
        return read;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        return List.of(Topics.DATAGRAMS, Topics.LOGS).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaProcess kafka) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return new KafkaConsumer<>(properties);
    }
}
