package observatory.jobs.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.RawMessage;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of an {@link ArchivePlan} block by block and tells event time exactly. One reader reads them all, since
 * only so is their order kept; what costs, decoding, comes after it and runs in parallel. The whole archive is one split,
 * whose position is the number of blocks read of each file.
 */
public final class ArchiveSource implements Source<RawMessage, ArchiveSource.Position, ArchiveSource.Assigned> {
    private static final long serialVersionUID = 1;

    private final ArchivePlan plan;

    private ArchiveSource(ArchivePlan plan) {
        this.plan = plan;
    }

    /** Reads archives to their end, as the first step of a job. */
    public static SingleOutputStreamOperator<RawMessage> from(StreamExecutionEnvironment environment, Survey survey) {
        return environment
                .fromSource(
                        new ArchiveSource(ArchivePlan.of(survey)),
                        WatermarkStrategy.noWatermarks(), // it tells event time itself
                        "archive",
                        TypeInformation.of(RawMessage.class))
                .setParallelism(1)
                .uid("archive");
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RawMessage, Position> createReader(SourceReaderContext context) {
        return new ArchiveReader(plan, context);
    }

    @Override
    public SplitEnumerator<Position, Assigned> createEnumerator(SplitEnumeratorContext<Position> context) {
        return new Enumerator(context, new Position(new int[plan.files().size()]));
    }

    @Override
    public SplitEnumerator<Position, Assigned> restoreEnumerator(
            SplitEnumeratorContext<Position> context, Assigned checkpoint) {
        return new Enumerator(context, checkpoint.waiting());
    }

    @Override
    public SimpleVersionedSerializer<Position> getSplitSerializer() {
        return new PositionSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Assigned> getEnumeratorCheckpointSerializer() {
        return new AssignedSerializer();
    }

    /**
     * How far each file has been read.
     *
     * @param blocksRead one number a file, in the order of the plan
     */
    public record Position(int[] blocksRead) implements SourceSplit {
        @Override
        public String splitId() {
            return "archive";
        }
    }

    /**
     * What the enumerator remembers.
     *
     * @param waiting the split while no reader has it; null once one has
     */
    public record Assigned(@Nullable Position waiting) {}

    /** Gives the one split to the first reader that asks. */
    private static final class Enumerator implements SplitEnumerator<Position, Assigned> {
        private final SplitEnumeratorContext<Position> context;
        private @Nullable Position waiting;

        Enumerator(SplitEnumeratorContext<Position> context, @Nullable Position waiting) {
            this.context = context;
            this.waiting = waiting;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addReader(int subtask) {
            if (waiting != null && context.registeredReaders().containsKey(subtask)) {
                context.assignSplit(waiting, subtask);
                waiting = null;
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public void addSplitsBack(List<Position> splits, int subtask) {
            waiting = splits.isEmpty() ? waiting : splits.getFirst();
        }

        @Override
        public Assigned snapshotState(long checkpointId) {
            return new Assigned(waiting);
        }

        @Override
        public void close() {}
    }

    private static final class PositionSerializer implements SimpleVersionedSerializer<Position> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Position position) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(position.blocksRead().length);
            for (int blocks : position.blocksRead()) {
                out.writeInt(blocks);
            }
            return bytes.toByteArray();
        }

        @Override
        public Position deserialize(int version, byte[] serialized) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            int[] blocks = new int[in.readInt()];
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = in.readInt();
            }
            return new Position(blocks);
        }
    }

    private static final class AssignedSerializer implements SimpleVersionedSerializer<Assigned> {
        private final PositionSerializer positions = new PositionSerializer();

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Assigned assigned) throws IOException {
            Position waiting = assigned.waiting();
            return waiting == null ? new byte[0] : positions.serialize(waiting);
        }

        @Override
        public Assigned deserialize(int version, byte[] serialized) throws IOException {
            return new Assigned(serialized.length == 0 ? null : positions.deserialize(version, serialized));
        }
    }
}
