package observatory.dashboards.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import observatory.ingest.Decoders;
import observatory.ingest.ObservationJson;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.Observation;

/**
 * Decodes the blocks of files on several threads and writes the results in the order of the input. At most a few blocks
 * are held, however large the files are.
 */
final class Decoding implements AutoCloseable {
    private final OutputStream observations;
    private final OutputStream rejections;
    private final int threads;
    private final ExecutorService workers;
    private final Deque<Future<Lines>> pending = new ArrayDeque<>();

    /** Datagrams are decoded in their order by one decoder, because it remembers what they said before. */
    private final Decoder datagrams = Decoders.forFormat(Format.IPFIX);

    /** Decoders keep buffers and belong to one thread each. */
    private final ThreadLocal<Map<Format, Decoder>> decoders =
            ThreadLocal.withInitial(() -> new EnumMap<>(Format.class));

    Decoding(OutputStream observations, OutputStream rejections, int threads) {
        this.observations = observations;
        this.rejections = rejections;
        this.threads = threads;
        this.workers = Executors.newFixedThreadPool(threads);
    }

    /** Decodes one file; its last results may be written by {@link #finish}. */
    void decode(ArchiveFile file) throws IOException, InterruptedException {
        try (BlockReader blocks = file.blocks()) {
            for (RawMessage block = blocks.next(); block != null; block = blocks.next()) {
                RawMessage next = block;
                pending.add(
                        next.format().isDatagram()
                                ? CompletableFuture.completedFuture(lines(datagrams.decode(next), next))
                                : workers.submit(() -> lines(next)));
                if (pending.size() > 2 * threads) {
                    writeFirst();
                }
            }
        }
    }

    /** Writes what is still under way, and what was held back until the end. */
    void finish() throws IOException, InterruptedException {
        Decoded rest = new Decoded(List.of(), datagrams.end());
        pending.add(CompletableFuture.completedFuture(lines(rest, 0)));
        while (!pending.isEmpty()) {
            writeFirst();
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private Lines lines(RawMessage block) throws IOException {
        Decoded decoded = decoders.get()
                .computeIfAbsent(block.format(), Decoders::forFormat)
                .decode(block);
        return lines(decoded, block);
    }

    private static Lines lines(Decoded decoded, RawMessage block) throws IOException {
        return lines(decoded, 4 * block.payload().length);
    }

    private static Lines lines(Decoded decoded, int expectedBytes) throws IOException {
        ByteArrayOutputStream good = new ByteArrayOutputStream(expectedBytes);
        try (ObservationJson json = new ObservationJson(good)) {
            for (Observation observation : decoded.observations()) {
                json.write(observation);
            }
        }
        ByteArrayOutputStream bad = new ByteArrayOutputStream(0);
        try (ObservationJson json = new ObservationJson(bad)) {
            for (Rejection rejection : decoded.rejections()) {
                json.write(rejection);
            }
        }
        return new Lines(good, bad);
    }

    private void writeFirst() throws IOException, InterruptedException {
        try {
            Lines lines = pending.remove().get();
            lines.observations().writeTo(observations);
            lines.rejections().writeTo(rejections);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private record Lines(ByteArrayOutputStream observations, ByteArrayOutputStream rejections) {}
}
