package observatory.jobs.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.decode.RawMessage;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads the next block of the plan at each poll. A file is open from its first block to its last. */
final class ArchiveReader implements SourceReader<RawMessage, ArchiveSource.Position> {
    private final ArchivePlan plan;
    private final SourceReaderContext context;
    private final Map<Integer, BlockReader> open = new HashMap<>();
    private CompletableFuture<Void> news = new CompletableFuture<>();
    private int @Nullable [] read;
    private long told = Long.MIN_VALUE;
    private boolean noMoreSplits;

    ArchiveReader(ArchivePlan plan, SourceReaderContext context) {
        this.plan = plan;
        this.context = context;
    }

    @Override
    public void start() {
        context.sendSplitRequest();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RawMessage> output) {
        int[] position = read;
        int number = position == null ? -1 : plan.next(position);
        if (position == null || number < 0) {
            return awaitNews();
        }
        BlockReader file = open.computeIfAbsent(number, this::openAtPosition);
        RawMessage block = file.next();
        if (block == null) {
            throw new IllegalStateException(plan.files().get(number).file().path()
                    + " has become shorter since it was surveyed; replay it again when it is no longer written");
        }
        // A capture knows when each datagram came; logs do not, and get the time that is still unread.
        boolean knowsTime = block.receivedNanos() != 0;
        output.collect(
                knowsTime ? block : block.receivedAt(plan.files().get(number).earliest(position[number])));
        position[number]++;
        if (position[number] == plan.files().get(number).blocks()) {
            open.remove(number);
            file.close();
        }
        tellTime(position, output);
        return InputStatus.MORE_AVAILABLE;
    }

    /** A reader may not end before it was told that no split follows: the word would find nobody, and fail the job. */
    private InputStatus awaitNews() {
        if (noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        news = new CompletableFuture<>();
        return InputStatus.NOTHING_AVAILABLE;
    }

    private BlockReader openAtPosition(int number) {
        BlockReader reader = plan.files().get(number).file().blocks();
        int[] position = read;
        if (position != null && position[number] > 0) {
            reader.skipTo(position[number]);
        }
        return reader;
    }

    private void tellTime(int[] position, ReaderOutput<RawMessage> output) {
        long passed = plan.passedMillis(position);
        if (passed > told && passed != Long.MAX_VALUE) {
            told = passed;
            output.emitWatermark(new Watermark(passed));
        }
    }

    @Override
    public List<ArchiveSource.Position> snapshotState(long checkpointId) {
        return read == null ? List.of() : List.of(new ArchiveSource.Position(read.clone()));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return news;
    }

    @Override
    public void addSplits(List<ArchiveSource.Position> splits) {
        read = splits.getFirst().blocksRead().clone();
        news.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        news.complete(null);
    }

    @Override
    public void close() {
        open.values().forEach(BlockReader::close);
        open.clear();
    }
}
