package observatory.ingest.collect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * How a file begins, so that it is known again under another name and told from its successor under the same name and
 * inode.
 *
 * @param length how many bytes were looked at
 * @param sum their checksum
 */
record Fingerprint(int length, long sum) {
    /** Past the header of a Zeek log, which those of one minute have in common, into its first record. */
    static final int LONGEST = 1024;

    /** Fewer bytes tell nothing: a new log may be as short. */
    static final int TELLING = 64;

    /** The fingerprint of the first bytes of a file, of at most this many. */
    static Fingerprint of(FileChannel file, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Math.min(length, LONGEST));
        while (head.hasRemaining() && file.read(head, head.position()) > 0) {
            // The kernel may give less than was asked for.
        }
        CRC32C sum = new CRC32C();
        sum.update(head.array(), 0, head.position());
        return new Fingerprint(head.position(), sum.getValue());
    }

    /** Whether a file begins with the same bytes; it may have grown since. */
    boolean fits(FileChannel file) throws IOException {
        return of(file, length).equals(this);
    }
}
