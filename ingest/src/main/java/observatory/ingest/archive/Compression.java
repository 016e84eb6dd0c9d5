package observatory.ingest.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How a file is compressed, told by its first bytes. */
public enum Compression {
    /** Plain bytes. */
    NONE,
    /** RFC 1952; also several members one after the other. */
    GZIP,
    /** RFC 8878; also several frames one after the other. */
    ZSTD;

    private static final int BUFFER = 64 * 1024;

    static Compression of(byte[] head) {
        if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
            return GZIP;
        }
        boolean isZstd = head.length >= 4
                && head[0] == 0x28
                && head[1] == (byte) 0xb5
                && head[2] == 0x2f
                && head[3] == (byte) 0xfd;
        return isZstd ? ZSTD : NONE;
    }

    InputStream open(InputStream raw) throws IOException {
        return switch (this) {
            case NONE -> raw;
            case GZIP -> new GZIPInputStream(raw, BUFFER);
            case ZSTD -> new ZstdInputStream(raw);
        };
    }
}
