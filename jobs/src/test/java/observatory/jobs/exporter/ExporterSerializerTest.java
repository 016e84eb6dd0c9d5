package observatory.jobs.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.SessionSettings;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ExporterSerializerTest {
    private static final long NOON = 1_700_000_000L;

    @Test
    void anExporterGoesOnAfterACheckpointWhereItWas() throws IOException {
        Exporter exporter = new Exporter(SessionSettings.LIVE, datagram(1));
        exporter.session().decode(datagram(1));

        Exporter restored = read(write(exporter));

        // The sequence goes on by one record a datagram: 2 follows 1, and 5 shows that 3 and 4 are missing.
        assertThat(restored.session().decode(datagram(2)).observations()).hasSize(1);
        assertThat(restored.session().decode(datagram(5)).observations())
                .anyMatch(seen -> seen.toString().contains("lost=2"));
        assertThat(restored.settings()).isEqualTo(SessionSettings.LIVE);
        assertThat(restored.last().sensor()).isEqualTo("core");
    }

    @Test
    void whatGoesOnDoesNotChangeWhatTheCheckpointHolds() throws IOException {
        Exporter exporter = new Exporter(SessionSettings.LIVE, datagram(1));
        exporter.session().decode(datagram(1));
        Exporter copy = ExporterSerializer.INSTANCE.copy(exporter);
        byte[] before = write(exporter);

        copy.session().decode(datagram(2));

        assertThat(write(exporter)).isEqualTo(before);
        assertThat(write(copy)).isNotEqualTo(before);
    }

    @Test
    void aDamagedCheckpointSaysSo() throws IOException {
        byte[] whole = write(new Exporter(SessionSettings.LIVE, datagram(1)));

        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 10))).isInstanceOf(IOException.class);
    }

    private static byte[] write(Exporter exporter) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        ExporterSerializer.INSTANCE.serialize(exporter, out);
        return out.getCopyOfBuffer();
    }

    private static Exporter read(byte[] bytes) throws IOException {
        return ExporterSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }

    /** A NetFlow v5 datagram of one flow, with a sequence number. */
    private static RawMessage datagram(int sequence) {
        byte[] bytes = new byte[24 + 48];
        put(bytes, 0, 2, 5);
        put(bytes, 2, 2, 1);
        put(bytes, 4, 4, 1_000_000 + sequence * 1000L);
        put(bytes, 8, 4, NOON + sequence);
        put(bytes, 16, 4, sequence);
        put(bytes, 24, 4, 0x0a000007);
        put(bytes, 28, 4, 0xcb007109L);
        put(bytes, 40, 4, 3);
        put(bytes, 44, 4, 500);
        put(bytes, 48, 4, 1_000_000);
        put(bytes, 52, 4, 1_000_000);
        bytes[24 + 38] = 6;
        return new RawMessage(
                Format.NETFLOW5,
                "core",
                "zurich",
                "10.0.0.1:2055",
                0,
                0,
                (NOON + sequence) * 1_000_000_000L,
                new byte[0],
                bytes,
                List.of());
    }

    private static void put(byte[] bytes, int at, int length, long value) {
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (length - 1 - i));
        }
    }
}
