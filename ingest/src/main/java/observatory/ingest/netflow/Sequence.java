package observatory.ingest.netflow;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the sequence numbers of one stream of datagrams show: losses, restarts, late comers. A rule with its state; all
 * arithmetic is modulo 2^32.
 *
 * <p>Standards say what is counted, exporters do otherwise: some v9 exporters count flows instead of datagrams, some IPFIX
 * exporters count the records of this message already. Hence the step is learnt, and only a number that fits no step is a
 * loss.
 */
final class Sequence {
    /** What an exporter adds to the number from one datagram to the next. */
    enum Step {
        /** One (RFC 3954, sFlow v5). */
        DATAGRAM,
        /** The data records of the datagram before (NetFlow v5, RFC 7011). */
        RECORDS_BEFORE,
        /** The data records of this datagram (softflowd as IPFIX exporter). */
        RECORDS_NOW,
        /** The count in the v9 header of the datagram before, which includes templates. */
        HEADER_COUNT;

        private static final Step[] ALL = values();
    }

    static final int UNKNOWN = -1;

    /** Uptime and clock may drift apart by this much, in milliseconds, before the exporter counts as begun anew. */
    private static final long LARGEST_DRIFT = 60_000;

    /** What a step can earn by explaining numbers; it is given up for one that earned no less. */
    private static final int HIGHEST_SCORE = 8;

    private static final int PENALTY = 2;

    /** No exporter counts faster. A jump that would need more is another count, not a loss of billions. */
    private static final long MOST_PER_SECOND = 1_000_000;

    /** Exporters send in bursts, and their clocks tell seconds. */
    private static final long BURST_SECONDS = 60;

    /** So many gaps are remembered, to know late comers when they come. */
    private static final int HOLES = 8;

    private final boolean isLearning;
    private Step step;
    private final byte[] scores = new byte[Step.ALL.length];
    private boolean hasStarted;
    private long last;
    private int lastRecords;
    private int lastHeaderCount;
    private long lastExportMillis;
    private long lastUptimeMillis;
    private final long[] holeFrom = new long[HOLES];
    private final long[] holeLength = new long[HOLES];
    private final long[] holeLeft = new long[HOLES];
    private int nextHole;

    /**
     * @param step what the standard says
     * @param isLearning whether exporters are known that do otherwise
     */
    Sequence(Step step, boolean isLearning) {
        this.step = step;
        this.isLearning = isLearning;
    }

    Step step() {
        return step;
    }

    /**
     * Takes the next datagram.
     *
     * @param sequence its number, 0..2^32-1
     * @param records its data records, {@link #UNKNOWN} when a template is missing
     * @param headerCount the count in its header, {@link #UNKNOWN} when there is none
     * @param exportMillis the exporter's clock
     * @param uptimeMillis the exporter's uptime modulo 2^32, {@link #UNKNOWN} when not stated
     * @param counts where losses and restarts are added
     */
    void next(long sequence, int records, int headerCount, long exportMillis, long uptimeMillis, StatusCounts counts) {
        if (hasStarted && isLate(sequence, records, headerCount, exportMillis, uptimeMillis, counts)) {
            return;
        }
        hasStarted = true;
        last = sequence;
        lastRecords = records;
        lastHeaderCount = headerCount;
        lastExportMillis = exportMillis;
        lastUptimeMillis = uptimeMillis;
    }

    /** Whether the number continues this stream without anything missing. */
    boolean isContinuedBy(long sequence) {
        int size = sizeOf(step, UNKNOWN);
        return hasStarted && size != UNKNOWN && (int) (sequence - last) == size;
    }

    private boolean isLate(
            long sequence, int records, int headerCount, long exportMillis, long uptimeMillis, StatusCounts counts) {
        int size = sizeOf(step, records);
        if (size == UNKNOWN) {
            return false;
        }
        int difference = (int) (sequence - last) - size;
        if (difference != 0 && isRestart(exportMillis, uptimeMillis)) {
            restart(counts);
            return false;
        }
        if (isExplained(sequence, records, difference == 0)) {
            return false;
        }
        if (difference > 0 && !isPossible(difference, exportMillis)) {
            restart(counts);
            return false;
        }
        if (difference > 0) {
            counts.lost += difference;
            counts.gaps++;
            addHole(last + size & 0xffff_ffffL, difference);
            return false;
        }
        int hole = hole(sequence);
        if (hole < 0) {
            restart(counts);
            return false;
        }
        long came = Math.min(holeLeft[hole], step == Step.DATAGRAM ? 1 : Math.max(records, 1));
        holeLeft[hole] -= came;
        counts.lost -= came;
        counts.outOfOrder++;
        return true;
    }

    private boolean isPossible(long missing, long exportMillis) {
        long seconds = Math.max(0, exportMillis - lastExportMillis) / 1000 + BURST_SECONDS;
        return missing / MOST_PER_SECOND <= seconds;
    }

    /** Whether the step explains the number, or gives way to one that does. A single coincidence moves no proven step. */
    private boolean isExplained(long sequence, int records, boolean byStep) {
        if (!isLearning) {
            return byStep;
        }
        Step better = null;
        for (Step other : Step.ALL) {
            boolean isBetter = !byStep
                    && fits(other, sequence, records)
                    && scores[other.ordinal()] >= scores[step.ordinal()]
                    && (better == null || scores[other.ordinal()] > scores[better.ordinal()]);
            better = isBetter ? other : better;
        }
        for (Step candidate : Step.ALL) {
            int earned = scores[candidate.ordinal()] + (fits(candidate, sequence, records) ? 1 : -PENALTY);
            scores[candidate.ordinal()] = (byte) Math.clamp(earned, 0, HIGHEST_SCORE);
        }
        step = better == null ? step : better;
        return byStep || better != null;
    }

    private boolean fits(Step candidate, long sequence, int records) {
        int size = sizeOf(candidate, records);
        return size != UNKNOWN && (int) (sequence - last) == size;
    }

    private void restart(StatusCounts counts) {
        counts.restarts++;
        Arrays.fill(holeLeft, 0);
    }

    private int sizeOf(Step candidate, int records) {
        return switch (candidate) {
            case DATAGRAM -> 1;
            case RECORDS_BEFORE -> lastRecords;
            case RECORDS_NOW -> records;
            case HEADER_COUNT -> lastHeaderCount;
        };
    }

    /**
     * Whether it was started since its last datagram: its uptime went another way than its clock, and is not longer than
     * that is ago. An uptime that never moves tells nothing, and one that jumps within itself is no restart (routers where
     * several processors export).
     */
    private boolean isRestart(long exportMillis, long uptimeMillis) {
        if (uptimeMillis == UNKNOWN || lastUptimeMillis == UNKNOWN || uptimeMillis == lastUptimeMillis) {
            return false;
        }
        long byClock = exportMillis - lastExportMillis;
        long byUptime = (int) (uptimeMillis - lastUptimeMillis);
        boolean isShort = uptimeMillis <= Math.max(byClock, 0) + LARGEST_DRIFT;
        return isShort && Math.abs((int) byClock - byUptime) > LARGEST_DRIFT;
    }

    private void addHole(long from, long length) {
        holeFrom[nextHole] = from;
        holeLength[nextHole] = length;
        holeLeft[nextHole] = length;
        nextHole = (nextHole + 1) % HOLES;
    }

    private int hole(long sequence) {
        for (int i = 0; i < HOLES; i++) {
            long into = sequence - holeFrom[i] & 0xffff_ffffL;
            if (holeLeft[i] > 0 && into < holeLength[i]) {
                return i;
            }
        }
        return -1;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(step.ordinal());
        out.write(scores);
        out.writeBoolean(hasStarted);
        out.writeInt((int) last);
        out.writeInt(lastRecords);
        out.writeInt(lastHeaderCount);
        out.writeLong(lastExportMillis);
        out.writeLong(lastUptimeMillis);
        for (int i = 0; i < HOLES; i++) {
            out.writeInt((int) holeFrom[i]);
            out.writeLong(holeLength[i]);
            out.writeLong(holeLeft[i]);
        }
        out.writeByte(nextHole);
    }

    void read(DataInputStream in) throws IOException {
        step = Step.ALL[Math.floorMod(in.readByte(), Step.ALL.length)];
        in.readFully(scores);
        hasStarted = in.readBoolean();
        last = in.readInt() & 0xffff_ffffL;
        lastRecords = in.readInt();
        lastHeaderCount = in.readInt();
        lastExportMillis = in.readLong();
        lastUptimeMillis = in.readLong();
        for (int i = 0; i < HOLES; i++) {
            holeFrom[i] = in.readInt() & 0xffff_ffffL;
            holeLength[i] = in.readLong();
            holeLeft[i] = in.readLong();
        }
        nextHole = Math.floorMod(in.readByte(), HOLES);
    }
}
