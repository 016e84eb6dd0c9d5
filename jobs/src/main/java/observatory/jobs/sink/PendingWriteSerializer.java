package observatory.jobs.sink;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;

/**
 * What a checkpoint keeps of documents not yet written.
 *
 * <pre>
 * int  length  index in UTF-8
 * int  length  id in UTF-8
 * long version
 * byte 1 when it stands in for a refused document, else 0
 * int  length  source
 * </pre>
 */
final class PendingWriteSerializer extends AsyncSinkWriterStateSerializer<PendingWrite> {

    private static final int VERSION = 1;

    @Override
    protected void serializeRequestToStream(PendingWrite write, DataOutputStream out) throws IOException {
        writeBytes(write.index().getBytes(StandardCharsets.UTF_8), out);
        writeBytes(write.id().getBytes(StandardCharsets.UTF_8), out);
        out.writeLong(write.version());
        out.writeByte(write.rejection() ? 1 : 0);
        writeBytes(write.json(), out);
    }

    @Override
    protected PendingWrite deserializeRequestFromStream(long size, DataInputStream in) throws IOException {
        String index = new String(readBytes(in), StandardCharsets.UTF_8);
        String id = new String(readBytes(in), StandardCharsets.UTF_8);
        long version = in.readLong();
        boolean rejection = in.readByte() != 0;
        return new PendingWrite(index, id, version, readBytes(in), rejection);
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException(
                    "the state of the sink ends early: " + length + " bytes announced, " + bytes.length + " found");
        }
        return bytes;
    }
}
