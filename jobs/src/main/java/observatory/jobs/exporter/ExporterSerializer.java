package observatory.jobs.exporter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.ExporterSession;
import observatory.ingest.netflow.SessionSettings;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes an exporter as its session writes itself. On the heap an exporter so is one live object, which costs nothing per
 * datagram; while a checkpoint is written, the first datagram works on a copy.
 */
public final class ExporterSerializer extends TypeSerializerSingleton<Exporter> {
    /** The only instance; it has no state. */
    public static final ExporterSerializer INSTANCE = new ExporterSerializer();

    private static final long serialVersionUID = 1;
    /** Templates and waiting data of one exporter are bounded far below this. */
    private static final int LONGEST_SNAPSHOT = 256 << 20;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Exporter createInstance() {
        throw new UnsupportedOperationException("an exporter begins with its first datagram");
    }

    @Override
    public Exporter copy(Exporter from) {
        ExporterSession session = ExporterSession.restore(from.session().snapshot(), from.settings());
        return new Exporter(from.settings(), session, from.last());
    }

    @Override
    public Exporter copy(Exporter from, Exporter reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Exporter exporter, DataOutputView out) throws IOException {
        out.writeLong(exporter.settings().hold().toMillis());
        out.writeLong(exporter.settings().maximumSkew().toMillis());
        RawMessage last = exporter.last();
        out.writeUTF(last.format().name());
        out.writeUTF(last.sensor());
        out.writeUTF(last.site());
        out.writeUTF(last.source());
        out.writeLong(last.receivedNanos());
        byte[] snapshot = exporter.session().snapshot();
        out.writeInt(snapshot.length);
        out.write(snapshot);
    }

    @Override
    public Exporter deserialize(DataInputView in) throws IOException {
        SessionSettings settings =
                new SessionSettings(Duration.ofMillis(in.readLong()), Duration.ofMillis(in.readLong()));
        Format format = Format.valueOf(in.readUTF());
        String sensor = in.readUTF();
        String site = in.readUTF();
        String source = in.readUTF();
        RawMessage last =
                new RawMessage(format, sensor, site, source, 0, 0, in.readLong(), new byte[0], new byte[0], List.of());
        byte[] snapshot = new byte[length(in)];
        in.readFully(snapshot);
        return new Exporter(settings, ExporterSession.restore(snapshot, settings), last);
    }

    @Override
    public Exporter deserialize(Exporter reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public TypeSerializerSnapshot<Exporter> snapshotConfiguration() {
        return new Snapshot();
    }

    private static int length(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_SNAPSHOT) {
            throw new IOException("an exporter of " + length + " bytes in a checkpoint; it is damaged");
        }
        return length;
    }

    /** What Flink stores beside the state to find this serializer again. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Exporter> {
        /** Called by Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
