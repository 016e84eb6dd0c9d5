package observatory.jobs.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.FileSurvey;
import observatory.ingest.archive.Survey;

/**
 * In which order the blocks of an archive are read, and how far event time has come after each: pure arithmetic over a
 * {@link Survey}. Files are read side by side, always the one that is furthest behind, so that state stays small however
 * the files were cut and named; the watermark is exact, so that nothing is ever late.
 *
 * @param files the files, sorted by path, so that the order in which they were named does not matter
 */
public record ArchivePlan(List<File> files) implements Serializable {

    public ArchivePlan {
        files = List.copyOf(files);
    }

    /** The plan for surveyed files. */
    public static ArchivePlan of(Survey survey) {
        Map<String, Long> sensorStarts = new HashMap<>();
        for (FileSurvey file : survey.files()) {
            sensorStarts.merge(file.file().sensor(), file.minTimeNanos(), Math::min);
        }
        List<File> files = new ArrayList<>();
        for (FileSurvey file : survey.files()) {
            long start = sensorStarts.getOrDefault(file.file().sensor(), FileSurvey.NO_TIME);
            files.add(
                    new File(file.file(), earliestFrom(file.blockMinTimes(), start == FileSurvey.NO_TIME ? 0 : start)));
        }
        files.sort(Comparator.comparing(file -> file.file().path()));
        return new ArchivePlan(files);
    }

    /**
     * The earliest event time in each block or any later one of its file. Blocks that no event follows, since all they
     * hold is rejected, count as being of the time before them, or of the beginning of their sensor.
     */
    private static long[] earliestFrom(long[] earliestIn, long sensorStart) {
        long[] earliest = new long[earliestIn.length];
        long least = FileSurvey.NO_TIME;
        for (int i = earliestIn.length - 1; i >= 0; i--) {
            least = Math.min(least, earliestIn[i]);
            earliest[i] = least;
        }
        for (int i = 0; i < earliest.length; i++) {
            if (earliest[i] == FileSurvey.NO_TIME) {
                earliest[i] = i == 0 ? sensorStart : earliest[i - 1];
            }
        }
        return earliest;
    }

    /** Number of the file to read next, given how many blocks of each were read; -1 when all are read to their end. */
    int next(int[] read) {
        int next = -1;
        long least = 0;
        for (int i = 0; i < read.length; i++) {
            File file = files.get(i);
            if (read[i] < file.blocks() && (next < 0 || file.earliest(read[i]) < least)) {
                next = i;
                least = file.earliest(read[i]);
            }
        }
        return next;
    }

    /** The time, milliseconds since 1970, that all events still unread lie after; {@code Long.MAX_VALUE} when there are none. */
    long passedMillis(int[] read) {
        int next = next(read);
        return next < 0 ? Long.MAX_VALUE : Math.floorDiv(files.get(next).earliest(read[next]), 1_000_000L) - 1;
    }

    /**
     * One file.
     *
     * @param file where it is and how it is written
     * @param earliestFrom earliest event time in each block or any later one, nanoseconds since 1970
     */
    public record File(ArchiveFile file, long[] earliestFrom) implements Serializable {
        int blocks() {
            return earliestFrom.length;
        }

        long earliest(int block) {
            return earliestFrom[block];
        }
    }
}
