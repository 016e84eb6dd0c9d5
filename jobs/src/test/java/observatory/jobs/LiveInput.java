package observatory.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import observatory.ingest.Decoders;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.observation.Observation;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Files of Zeek as a shipper would send them while they are written: line by line, each delayed by chance and so in any
 * order, with a watermark that trails what was received by the longest delay.
 */
final class LiveInput {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Time is told now and then, as it is from Kafka. */
    private static final int LINES_A_WATERMARK = 20;

    private static final Map<String, LiveInput> INPUTS = new ConcurrentHashMap<>();

    private final String name;
    private final List<RawMessage> lines;
    private final Duration lateness;
    private volatile boolean failed;

    private LiveInput(String name, List<RawMessage> lines, Duration lateness) {
        this.name = name;
        this.lines = lines;
        this.lateness = lateness;
    }

    /** What is in a folder of logs, each line received by less than a bound after it tells of something. */
    static LiveInput of(Path folder, Duration lateness, long seed) throws IOException {
        Random random = new Random(seed);
        Survey survey = Survey.of(
                Archive.of(List.of(folder), new ArchiveSettings(null, null, null))
                        .files(),
                1);
        List<RawMessage> lines = new ArrayList<>();
        survey.files().forEach(file -> read(file.file(), lateness.toNanos(), random, lines));
        lines.sort(Comparator.comparingLong(RawMessage::receivedNanos));
        LiveInput input = new LiveInput(folder + " " + seed, lines, lateness);
        INPUTS.put(input.name, input);
        return input;
    }

    private static void read(ArchiveFile file, long latenessNanos, Random random, List<RawMessage> lines) {
        Decoder decoder = Decoders.forFormat(file.format());
        try (BlockReader blocks = file.blocks()) {
            for (RawMessage block = blocks.next(); block != null; block = blocks.next()) {
                for (RawMessage line : cut(block)) {
                    for (Observation told : decoder.decode(line).observations()) {
                        lines.add(line.receivedAt(told.timeNanos() + random.nextLong(latenessNanos)));
                    }
                }
            }
        }
    }

    private static List<RawMessage> cut(RawMessage block) {
        List<RawMessage> lines = new ArrayList<>();
        byte[] bytes = block.payload();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(new RawMessage(
                        block.format(),
                        block.sensor(),
                        block.site(),
                        block.source(),
                        block.firstLine() + lines.size(),
                        block.offset() + from,
                        0,
                        block.header(),
                        Arrays.copyOfRange(bytes, from, i + 1),
                        List.of()));
                from = i + 1;
            }
        }
        return lines;
    }

    /** The lines as the beginning of a job, which ends with the last of them. */
    DataStream<RawMessage> from(StreamExecutionEnvironment environment) {
        return from(environment, Integer.MAX_VALUE);
    }

    /** The same, for a job that fails once it is halfway and goes on from its latest checkpoint in a folder. */
    DataStream<RawMessage> failing(StreamExecutionEnvironment environment, Path checkpoints) {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        environment.configure(settings);
        return from(environment, lines.size() / 2);
    }

    private DataStream<RawMessage> from(StreamExecutionEnvironment environment, int failsFrom) {
        long byMillis = lateness.toMillis();
        return environment
                .fromSource(new NumberSequenceSource(0, lines.size() - 1L), WatermarkStrategy.noWatermarks(), "numbers")
                .setParallelism(1)
                .uid("numbers")
                .map(new Sent(name, failsFrom))
                .returns(TypeInformation.of(RawMessage.class))
                .setParallelism(1)
                .uid("sent")
                .assignTimestampsAndWatermarks(WatermarkStrategy.forGenerator(context -> new Trailing(byMillis))
                        .withTimestampAssigner(
                                (RawMessage line, long unknown) -> line.receivedNanos() / NANOS_PER_MILLI))
                .setParallelism(1)
                .uid("time");
    }

    /** Whether the job was made to fail on the way. */
    boolean hasFailed() {
        return failed;
    }

    private static final class Trailing implements WatermarkGenerator<RawMessage> {
        private final long byMillis;
        private long latest = Long.MIN_VALUE;
        private int lines;

        Trailing(long byMillis) {
            this.byMillis = byMillis;
        }

        @Override
        public void onEvent(RawMessage line, long millis, WatermarkOutput output) {
            latest = Math.max(latest, millis);
            if (++lines % LINES_A_WATERMARK == 0) {
                output.emitWatermark(new Watermark(latest - byMillis - 1));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    /** Line by number; fails once, at the first number from {@code failsFrom} on at which there is a checkpoint to go on from. */
    private static final class Sent extends RichMapFunction<Long, RawMessage> implements CheckpointListener {
        private static final long serialVersionUID = 1;

        private final String name;
        private final int failsFrom;
        private transient boolean hasCheckpoint;

        Sent(String name, int failsFrom) {
            this.name = name;
            this.failsFrom = failsFrom;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            hasCheckpoint = true;
        }

        @Override
        public RawMessage map(Long number) {
            LiveInput input = Objects.requireNonNull(INPUTS.get(name));
            if (number >= failsFrom && hasCheckpoint && !input.failed) {
                input.failed = true;
                throw new IllegalStateException("fails in the middle, as it is to");
            }
            return input.lines.get(number.intValue());
        }
    }
}
