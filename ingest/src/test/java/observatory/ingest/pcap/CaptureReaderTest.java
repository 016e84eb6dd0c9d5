package observatory.ingest.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureReaderTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void datagramsAreReadInEitherByteOrderAndPrecision(boolean isLittle, boolean isNanos) throws IOException {
        CapturedDatagram datagram = first(pcap(isLittle, isNanos, 1, ethernet(udp(HELLO))));
        assertThat(datagram.nanos()).isEqualTo(1_700_000_000_000_000_000L + (isNanos ? 500 : 500_000));
        assertThat(datagram.source()).hasToString("192.0.2.1");
        assertThat(datagram.sourcePort()).isEqualTo(4000);
        assertThat(datagram.destinationPort()).isEqualTo(2055);
        assertThat(datagram.payload()).isEqualTo(HELLO);
        assertThat(datagram.offset()).isEqualTo(24 + 16 + 14 + 20 + 8);
    }

    @Test
    void packetsMayLackEthernetOrHaveTags() throws IOException {
        assertThat(first(pcap(true, false, 101, udp(HELLO))).payload()).isEqualTo(HELLO);
        byte[] frame = ByteBuffer.allocate(18 + 33)
                .put(new byte[12])
                .putShort((short) 0x8100)
                .putShort((short) 20)
                .putShort((short) 0x0800)
                .put(udp(HELLO))
                .array();
        assertThat(first(pcap(true, false, 1, frame)).payload()).isEqualTo(HELLO);
    }

    @Test
    void laterFragmentsAndOtherProtocolsArePassedOver() throws IOException {
        byte[] fragment = udp(HELLO);
        fragment[7] = 10;
        byte[] tcp = udp(HELLO);
        tcp[9] = 6;
        CaptureReader reader = reader(pcap(true, false, 101, fragment, tcp));
        assertThat(reader.next()).isNull();
        assertThat(reader.fault()).isNull();
    }

    @Test
    void aCaptureThatBreaksOffSaysSoAfterItsWholePackets() throws IOException {
        byte[] whole = pcap(true, false, 101, udp(HELLO), udp(HELLO));
        CaptureReader reader = reader(Arrays.copyOf(whole, whole.length - 3));
        assertThat(reader.next()).isNotNull();
        assertThat(reader.next()).isNull();
        assertThat(reader.fault()).isEqualTo("the file ends in a packet");
    }

    @Test
    void aPacketOfImpossibleLengthIsNotBelieved() throws IOException {
        byte[] bytes = pcap(true, false, 101, udp(HELLO));
        Arrays.fill(bytes, 24 + 8, 24 + 12, (byte) 0x7f);
        CaptureReader reader = reader(bytes);
        assertThat(reader.next()).isNull();
        assertThat(reader.fault()).contains("2139062143 bytes long");
    }

    @Test
    void brokenCapturesEndWithoutAnException() throws IOException {
        Random random = new Random(5);
        byte[] capture = pcap(true, false, 1, ethernet(udp(HELLO)), ethernet(udp(HELLO)));
        byte[] next = {0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a};
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = i % 2 == 0 ? capture.clone() : Arrays.copyOf(next, 200);
            for (int n = random.nextInt(8); n >= 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(i % 3 == 0 ? 8 : 256);
            }
            CaptureReader reader = reader(Arrays.copyOf(broken, random.nextInt(broken.length + 1)));
            int datagrams = 0;
            while (reader.next() != null) {
                datagrams++;
            }
            assertThat(datagrams).isLessThan(20);
        }
    }

    private static CapturedDatagram first(byte[] capture) throws IOException {
        return Objects.requireNonNull(reader(capture).next());
    }

    private static CaptureReader reader(byte[] capture) {
        return new CaptureReader(new ByteArrayInputStream(capture));
    }

    private static byte[] pcap(boolean isLittle, boolean isNanos, int link, byte[]... packets) {
        int size = 24
                + List.of(packets).stream()
                        .mapToInt(packet -> 16 + packet.length)
                        .sum();
        ByteBuffer file = ByteBuffer.allocate(size).order(isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        file.putInt(isNanos ? 0xa1b23c4d : 0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        file.putInt(0).putInt(0).putInt(65_535).putInt(link);
        for (byte[] packet : packets) {
            file.putInt(1_700_000_000)
                    .putInt(500)
                    .putInt(packet.length)
                    .putInt(packet.length)
                    .put(packet);
        }
        return file.array();
    }

    private static byte[] ethernet(byte[] packet) {
        return ByteBuffer.allocate(14 + packet.length)
                .put(new byte[12])
                .putShort((short) 0x0800)
                .put(packet)
                .array();
    }

    /** From 192.0.2.1 port 4000 to 192.0.2.100 port 2055. */
    private static byte[] udp(byte[] payload) {
        return ByteBuffer.allocate(28 + payload.length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (28 + payload.length))
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .putInt(0xc000_0201)
                .putInt(0xc000_0264)
                .putShort((short) 4000)
                .putShort((short) 2055)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }
}
