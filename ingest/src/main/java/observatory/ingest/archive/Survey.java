package observatory.ingest.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import observatory.ingest.Decoders;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.observation.Observation;

/**
 * One pass over a set of files before they are replayed: what is in them and when. With it a source can read several
 * files in the order of event time and say exactly how far it is.
 *
 * @param files in the order in which they were given
 */
public record Survey(List<FileSurvey> files) {

    public Survey {
        files = List.copyOf(files);
    }

    /**
     * Surveys the files.
     *
     * @param threads how many files are read at the same time, at least 1
     * @param compressedBytesRead counts the bytes read from disk while the survey runs, for progress
     * @throws ArchiveException when a file cannot be read
     */
    public static Survey of(List<ArchiveFile> files, int threads, LongAdder compressedBytesRead) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<FileSurvey>> running = new ArrayList<>();
            for (ArchiveFile file : files) {
                running.add(pool.submit(() -> survey(file, compressedBytesRead)));
            }
            List<FileSurvey> surveys = new ArrayList<>();
            for (Future<FileSurvey> survey : running) {
                surveys.add(survey.get());
            }
            return new Survey(surveys);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof ArchiveException known
                    ? known
                    : new IllegalStateException("survey failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("survey interrupted", interrupted);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Like {@link #of(List, int, LongAdder)} for callers that show no progress. */
    public static Survey of(List<ArchiveFile> files, int threads) {
        return of(files, threads, new LongAdder());
    }

    public long bytes() {
        return files.stream().mapToLong(FileSurvey::bytes).sum();
    }

    public long compressedBytes() {
        return files.stream().mapToLong(FileSurvey::compressedBytes).sum();
    }

    public long records() {
        return files.stream().mapToLong(FileSurvey::records).sum();
    }

    /** Earliest event time in nanoseconds since 1970, {@link FileSurvey#NO_TIME} when there is no observation. */
    public long minTimeNanos() {
        return files.stream().mapToLong(FileSurvey::minTimeNanos).min().orElse(FileSurvey.NO_TIME);
    }

    /** Latest event time in nanoseconds since 1970, {@link Long#MIN_VALUE} when there is no observation. */
    public long maxTimeNanos() {
        return files.stream().mapToLong(FileSurvey::maxTimeNanos).max().orElse(Long.MIN_VALUE);
    }

    private static FileSurvey survey(ArchiveFile file, LongAdder compressedBytesRead) {
        Decoder decoder = Decoders.forFormat(file.format());
        Columns columns = new Columns(file.framing() == Framing.DATAGRAM);
        try (BlockReader reader = file.blocks()) {
            long counted = 0;
            for (RawMessage block = reader.next(); block != null; block = reader.next()) {
                columns.add(block, decoder.decode(block));
                compressedBytesRead.add(reader.compressedBytes() - counted);
                counted = reader.compressedBytes();
            }
            compressedBytesRead.add(reader.compressedBytes() - counted);
            return columns.survey(file, reader);
        }
    }

    /** Grows as blocks are read. */
    private static final class Columns {
        private final boolean isDatagram;
        private int blocks;
        private long records;
        private long observations;
        private long minTime = FileSurvey.NO_TIME;
        private long maxTime = Long.MIN_VALUE;
        private long[] offsets = new long[16];
        private long[] firstLines = new long[16];
        private long[] minTimes = new long[16];
        private int[] counts = new int[16];

        Columns(boolean isDatagram) {
            this.isDatagram = isDatagram;
        }

        void add(RawMessage block, Decoded decoded) {
            if (blocks == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * blocks);
                firstLines = Arrays.copyOf(firstLines, 2 * blocks);
                minTimes = Arrays.copyOf(minTimes, 2 * blocks);
                counts = Arrays.copyOf(counts, 2 * blocks);
            }
            long earliest = FileSurvey.NO_TIME;
            for (Observation observation : decoded.observations()) {
                earliest = Math.min(earliest, observation.timeNanos());
                maxTime = Math.max(maxTime, observation.timeNanos());
            }
            if (earliest == FileSurvey.NO_TIME && isDatagram && block.receivedNanos() > 0) {
                // A file that is one datagram of templates comes before the data that were sent after it.
                earliest = block.receivedNanos();
            }
            offsets[blocks] = block.offset();
            firstLines[blocks] = block.firstLine();
            minTimes[blocks] = earliest;
            counts[blocks] = decoded.records();
            minTime = Math.min(minTime, earliest);
            records += decoded.records();
            observations += decoded.observations().size();
            blocks++;
        }

        FileSurvey survey(ArchiveFile file, BlockReader reader) {
            return new FileSurvey(
                    file,
                    reader.bytes(),
                    reader.compressedBytes(),
                    records,
                    observations,
                    minTime,
                    maxTime,
                    Arrays.copyOf(offsets, blocks),
                    Arrays.copyOf(firstLines, blocks),
                    Arrays.copyOf(minTimes, blocks),
                    Arrays.copyOf(counts, blocks));
        }
    }
}
