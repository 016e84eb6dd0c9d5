package observatory.ingest.dnstap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes: no exception leaves the decoder, every frame is counted once, no length is believed. */
class DnstapRobustnessTest {
    private static final int MUTATIONS = Integer.getInteger("observatory.mutations", 20_000);
    private static final Path SAMPLE = Path.of(
            System.getProperty("observatory.home", ".."),
            "ingest/src/test/resources/samples/dnstap/two-clients/dnstap.fstrm");

    @TempDir
    private Path folder;

    @Test
    void theHandshakeIsReadAsItIsWritten() throws IOException {
        FrameStream stream = new FrameStream(new ByteArrayInputStream(FrameStream.control(Frame.Kind.READY)));
        Frame ready = stream.next();
        assertThat(ready).isNotNull().extracting(Frame::kind).isEqualTo(Frame.Kind.READY);
        assertThat(FrameStream.contentTypes(Objects.requireNonNull(ready))).containsExactly(FrameStream.CONTENT_TYPE);
        assertThat(stream.next()).isNull();
    }

    @Test
    void aFrameOfFourGigabytesIsToldAndPassedOverAndNotHeld() throws IOException {
        byte[] bytes = ByteBuffer.allocate(8).putInt(-1).putInt(7).array();
        FrameStream stream = new FrameStream(new ByteArrayInputStream(bytes));

        assertThat(stream.next())
                .isNotNull()
                .extracting(Frame::kind, Frame::length)
                .containsExactly(Frame.Kind.TOO_LONG, 4_294_967_295L);
        assertThatThrownBy(stream::next).isInstanceOf(EOFException.class);
    }

    @Test
    void aFrameBeyondTheBoundIsOneRejectionAndTheNextIsRead() throws IOException {
        byte[] whole = Files.readAllBytes(SAMPLE);
        int start = FrameStream.control(Frame.Kind.START).length;
        byte[] large = FrameStream.data(new byte[FrameStream.LONGEST_FRAME + 1]);
        ByteBuffer file = ByteBuffer.allocate(whole.length + large.length);
        file.put(whole, 0, start).put(large).put(whole, start, whole.length - start);
        Decoded decoded = Decoding.file(Files.write(folder.resolve("large.fstrm"), file.array()));
        assertThat(decoded.observations()).hasSize(3);
        assertThat(decoded.rejections())
                .extracting(Rejection::reason)
                .filteredOn(Reason.TOO_LONG::equals)
                .hasSize(1);
        assertThat(decoded.records()).isEqualTo(10);
    }

    @Test
    void everyFileMayBreakOffAtAnyByte() throws IOException {
        byte[] whole = Files.readAllBytes(SAMPLE);
        int start = FrameStream.control(Frame.Kind.START).length;
        for (int length = start; length <= whole.length; length++) {
            Path file = Files.write(folder.resolve("cut.fstrm"), Arrays.copyOf(whole, length));
            Decoded fromFile = Decoding.file(file);
            Decoded alone = decode(Arrays.copyOf(whole, length));
            assertThat(fromFile.observations().size())
                    .isEqualTo(alone.observations().size());
            assertThat(fromFile.records()).isEqualTo(alone.records()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void mutatedFramesAreDecodedOrRejected() throws IOException {
        List<byte[]> frames = frames();
        Random random = new Random(20240503);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] frame = frames.get(random.nextInt(frames.size())).clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(frame, random.nextInt(8) == 0 ? random.nextInt(frame.length) + 1 : frame.length);
            assertThat(decode(FrameStream.data(cut)).records()).isEqualTo(1);
        }
    }

    @Test
    void bytesWithoutFramesAreOneRejection() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertThat(decode(bytes).records()).isLessThanOrEqualTo(bytes.length);
        }
    }

    private static List<byte[]> frames() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        FrameStream stream = new FrameStream(new ByteArrayInputStream(Files.readAllBytes(SAMPLE)));
        for (Frame frame = stream.next(); frame != null; frame = stream.next()) {
            if (!frame.isControl()) {
                frames.add(frame.payload());
            }
        }
        return frames;
    }

    private static Decoded decode(byte[] payload) {
        return new DnstapDecoder().decode(Decoding.message(Format.DNSTAP, "", payload));
    }
}
