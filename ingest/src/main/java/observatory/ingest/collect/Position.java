package observatory.ingest.collect;

import java.util.Base64;

/**
 * How far one writing of a file is in Kafka.
 *
 * @param stream name of this writing, made when it was first met; what Kafka records carry
 * @param path where it was first met
 * @param inode device and inode, as the system tells them
 * @param fingerprint how it begins
 * @param offset bytes that are in Kafka
 * @param line number of the next line, from 1
 * @param header what the next block needs to be understood
 * @param seenMillis when it was last seen, milliseconds since 1970
 */
record Position(
        String stream,
        String path,
        String inode,
        Fingerprint fingerprint,
        long offset,
        long line,
        byte[] header,
        long seenMillis) {

    Position at(long newOffset, long newLine, byte[] newHeader) {
        return new Position(stream, path, inode, fingerprint, newOffset, newLine, newHeader, seenMillis);
    }

    Position seen(String newPath, String newInode, Fingerprint newFingerprint, long millis) {
        return new Position(stream, newPath, newInode, newFingerprint, offset, line, header, millis);
    }

    String headerText() {
        return Base64.getEncoder().encodeToString(header);
    }
}
