package observatory.jobs.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

class PendingWriteSerializerTest {

    private final PendingWriteSerializer serializer = new PendingWriteSerializer();

    @Test
    void whatWaitsSurvivesACheckpoint() throws IOException {
        PendingWrite evolving =
                new PendingWrite("observatory-findings", "Zürich", 7, "{\"a\":1}".getBytes(UTF_8), false);
        PendingWrite rejection = new PendingWrite("i", "x".repeat(100_000), -1, new byte[0], true);
        List<RequestEntryWrapper<PendingWrite>> waiting =
                List.of(new RequestEntryWrapper<>(evolving, 10), new RequestEntryWrapper<>(rejection, 20));

        BufferedRequestState<PendingWrite> read =
                serializer.deserialize(1, serializer.serialize(new BufferedRequestState<>(waiting)));

        assertThat(read.getBufferedRequestEntries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(waiting);
    }

    @Test
    void stateThatEndsEarlyIsAnError() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PendingWrite write = new PendingWrite("i", "x", -1, new byte[100], false);
        serializer.serializeRequestToStream(write, new DataOutputStream(bytes));
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), 60);

        assertThatThrownBy(() ->
                        serializer.deserializeRequestFromStream(60, new DataInputStream(new ByteArrayInputStream(cut))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("100 bytes announced");
    }
}
