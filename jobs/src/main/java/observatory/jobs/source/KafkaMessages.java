package observatory.jobs.source;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import observatory.ingest.collect.Collected;
import observatory.ingest.collect.RawRecords;
import observatory.ingest.collect.Repeats;
import observatory.ingest.collect.Topics;
import observatory.ingest.decode.RawMessage;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Raw messages as they come through Kafka, each once: offsets are in the checkpoints, and what a killed collector sent
 * twice is taken out by {@link Repeats}.
 *
 * <p>Time goes on with what is received, a partition at a time: an event is expected to be received at most
 * {@link Settings#lateness} after it happened. A partition in which nothing arrives holds nobody up after
 * {@link Settings#idleness}. When all senders are quiet, the reports that collectors send every few seconds move time on;
 * when no collector lives either, it stands still, and silence is the last thing known.
 */
public final class KafkaMessages {
    /** How long a file's writing is remembered after its last block; longer than a collector remembers its position. */
    private static final Duration STREAM_MEMORY = Duration.ofDays(8);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private KafkaMessages() {}

    /**
     * What to read, and how patiently.
     *
     * @param bootstrap Kafka's addresses, {@code host:port,host:port}
     * @param group name under which offsets are told to Kafka as well, for people who watch the lag
     * @param lateness how long after an event its record may be received
     * @param idleness how long a partition may be quiet before the others go on without it
     * @param clock the time, at which no sender is ahead
     */
    public record Settings(String bootstrap, String group, Duration lateness, Duration idleness, Clock clock)
            implements Serializable {
        /** NetFlow and Zeek write a connection down seconds after it ended; a shipper's batch takes some more. */
        public static final Duration DEFAULT_LATENESS = Duration.ofMinutes(1);

        /** Three reports of a collector. */
        public static final Duration DEFAULT_IDLENESS = Duration.ofSeconds(15);

        /** The usual patience. */
        public static Settings at(String bootstrap, Clock clock) {
            return new Settings(bootstrap, "observatory", DEFAULT_LATENESS, DEFAULT_IDLENESS, clock);
        }
    }

    /** Reads all topics of raw input, also those that are made later, from the oldest record that is still kept. */
    public static DataStream<RawMessage> from(StreamExecutionEnvironment environment, Settings settings) {
        KafkaSource<Collected> source = KafkaSource.<Collected>builder()
                .setBootstrapServers(settings.bootstrap())
                .setTopicPattern(Topics.ALL)
                .setGroupId(settings.group())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new Reading())
                .setProperty("partition.discovery.interval.ms", "30000")
                .setProperty("commit.offsets.on.checkpoint", "true")
                .setProperty("metadata.recovery.strategy", "rebootstrap")
                .setProperty("reconnect.backoff.max.ms", "1000")
                .build();
        // A sender's clock that is ahead must not carry everybody's time with it.
        Clock clock = settings.clock();
        WatermarkStrategy<Collected> time = WatermarkStrategy.<Collected>forBoundedOutOfOrderness(settings.lateness())
                .withTimestampAssigner((collected, kafka) ->
                        Math.min(collected.message().receivedNanos() / NANOS_PER_MILLI, clock.millis()))
                .withIdleness(settings.idleness());
        DataStream<Collected> collected = environment
                .fromSource(source, time, "kafka", TypeInformation.of(Collected.class))
                .uid("kafka");
        DataStream<RawMessage> once = collected
                .filter(one -> one.stream().isEmpty())
                .uid("once")
                .name("once")
                .map(Collected::message)
                .returns(RawMessage.class)
                .uid("message")
                .name("message");
        DataStream<RawMessage> unrepeated = collected
                .filter(one -> !one.stream().isEmpty())
                .uid("repeatable")
                .name("repeatable")
                .keyBy(Collected::stream)
                .process(new DropRepeats())
                .uid("drop-repeats")
                .name("drop-repeats");
        return once.union(unrepeated);
    }

    private static final class Reading implements KafkaRecordDeserializationSchema<Collected> {
        private static final long serialVersionUID = 1;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Collected> out) {
            out.collect(RawRecords.read(record));
        }

        @Override
        public TypeInformation<Collected> getProducedType() {
            return TypeInformation.of(Collected.class);
        }
    }

    /** Remembers of each writing of a file how far it has been seen. */
    static final class DropRepeats extends KeyedProcessFunction<String, Collected, RawMessage> {
        private static final long serialVersionUID = 1;

        private transient ValueState<Long> seen;

        @SuppressWarnings("NullAway.Init")
        DropRepeats() {}

        @Override
        public void open(OpenContext context) {
            ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("seen", Types.LONG);
            descriptor.enableTimeToLive(StateTtlConfig.newBuilder(STREAM_MEMORY).build());
            seen = getRuntimeContext().getState(descriptor);
        }

        @Override
        public void processElement(Collected collected, Context context, Collector<RawMessage> out) throws Exception {
            Long before = seen.value();
            long end = Repeats.end(collected.message());
            Repeats.unseen(collected.message(), before == null ? 0 : before).ifPresent(out::collect);
            if (before == null || end > before) {
                seen.update(end);
            }
        }
    }
}
