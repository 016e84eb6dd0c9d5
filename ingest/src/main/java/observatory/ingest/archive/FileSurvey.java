package observatory.ingest.archive;

import observatory.ingest.decode.RawMessage;

/**
 * What is in one file, block by block, found by decoding it once. Arrays of the same length, one element a block; plain
 * data that can be stored and sent.
 *
 * @param file the file
 * @param bytes size uncompressed
 * @param compressedBytes size on disk
 * @param records records read: observations and rejections
 * @param observations records that were understood
 * @param minTimeNanos earliest event time, {@link #NO_TIME} when there is no observation
 * @param maxTimeNanos latest event time, {@link Long#MIN_VALUE} when there is no observation
 * @param blockOffsets position of each block in the uncompressed file
 * @param blockFirstLines number of each block's first line, from 1
 * @param blockMinTimes earliest event time in each block, {@link #NO_TIME} for a block without observation
 * @param blockRecords records in each block
 */
public record FileSurvey(
        ArchiveFile file,
        long bytes,
        long compressedBytes,
        long records,
        long observations,
        long minTimeNanos,
        long maxTimeNanos,
        long[] blockOffsets,
        long[] blockFirstLines,
        long[] blockMinTimes,
        int[] blockRecords) {

    /** Stands for the event time of a block that has none; later than all. */
    public static final long NO_TIME = Long.MAX_VALUE;

    /** Number of blocks; {@link RawMessage}s that a {@link BlockReader} of the file will give. */
    public int blocks() {
        return blockOffsets.length;
    }
}
