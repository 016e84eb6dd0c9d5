package observatory.ingest.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameConnectionTest {
    private static final String CONTENT = "00000001 00000016 70726f746f6275663a646e737461702e446e73746170";
    private static final String READY = "00000000 00000022 00000004 " + CONTENT;
    private static final String ACCEPT = "00000000 00000022 00000001 " + CONTENT;
    private static final String START = "00000000 00000022 00000002 " + CONTENT;
    private static final String STOP = "00000000 00000004 00000003";
    private static final String FINISH = "00000000 00000004 00000005";

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    @Test
    void aResolverThatAsksIsAnswered() throws IOException {
        FrameConnection stream = stream(READY + START + "00000002 abcd" + "00000001 ef" + STOP);

        assertThat(stream.next()).isEqualTo(hex("abcd"));
        assertThat(stream.next()).isEqualTo(hex("ef"));
        assertThat(stream.next()).isNull();
        assertThat(answers.toByteArray()).isEqualTo(hex(ACCEPT + FINISH));
    }

    @Test
    void aResolverThatOnlyWritesIsNot() throws IOException {
        FrameConnection stream = stream(START + "00000002 abcd" + STOP);

        assertThat(stream.next()).isEqualTo(hex("abcd"));
        assertThat(stream.next()).isNull();
        assertThat(answers.size()).isZero();
    }

    @Test
    void dataBeforeTheStartAreRefused() {
        assertThatThrownBy(() -> stream("00000002 abcd").next()).hasMessageContaining("before START");
    }

    @Test
    void framesBeyondTheBoundAreRefusedUnread() {
        assertThatThrownBy(() -> stream(START + "7fffffff").next()).hasMessageContaining("2147483647 bytes");
        assertThatThrownBy(() -> stream(START + "ffffffff").next()).hasMessageContaining("4294967295 bytes");
        assertThatThrownBy(() -> stream("00000000 00001000").next()).hasMessageContaining("4096 bytes");
    }

    @Test
    void anotherContentIsRefused() {
        assertThatThrownBy(() -> stream("00000000 0000000d 00000002 00000001 00000001 78")
                        .next())
                .hasMessageContaining("something else");
    }

    @Test
    void aStreamThatBreaksOffSaysSo() {
        assertThatThrownBy(() -> stream(START + "00000004 abcd").next()).isInstanceOf(EOFException.class);
    }

    @Test
    void garbageEndsInAnOrderlyWay() {
        Random random = new Random(1);
        byte[] start = hex(START);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(64)];
            random.nextBytes(garbage);
            byte[] wire = ByteBuffer.allocate(start.length + garbage.length)
                    .put(start)
                    .put(garbage)
                    .array();
            FrameConnection stream = new FrameConnection(new ByteArrayInputStream(wire), answers);
            assertThatThrownBy(() -> {
                        while (stream.next() != null) {
                            assertThat(wire).isNotEmpty();
                        }
                        throw new IOException("ended in order");
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private FrameConnection stream(String wire) {
        return new FrameConnection(new ByteArrayInputStream(hex(wire)), answers);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
