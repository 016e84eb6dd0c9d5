package observatory.ingest.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SyslogFramesTest {
    private final SyslogFrames frames = new SyslogFrames();

    @Test
    void messagesWithALengthAreCutByIt() {
        assertThat(lines("6 <30>a\n8 <30>b\ncc")).isEqualTo("<30>a \n<30>b cc\n");
        assertThat(frames.count()).isEqualTo(2);
    }

    @Test
    void messagesWithALineFeedAreCutThere() {
        assertThat(lines("<30>Jan  1 00:00:00 h d[1]: q\n<30>next\n"))
                .isEqualTo("<30>Jan  1 00:00:00 h d[1]: q\n<30>next\n");
    }

    @Test
    void aDateIsNoLength() {
        assertThat(lines("2024 is the year\n2024-01-01T00:00:00Z host\n"))
                .isEqualTo("2024 is the year\n2024-01-01T00:00:00Z host\n");
    }

    @Test
    void bothMayComeOnOneConnectionInAnyPieces() {
        String wire = "7 <30>one<30>two\n9 <30>three<30>four\n";
        byte[] bytes = wire.getBytes(StandardCharsets.US_ASCII);
        for (byte b : bytes) {
            frames.add(new byte[] {b}, 0, 1);
        }

        assertThat(text(frames.take())).isEqualTo("<30>one\n<30>two\n<30>three\n<30>four\n");
    }

    @Test
    void aLineThatIsTooLongCostsOnlyItself() {
        assertThat(lines("x".repeat(SyslogFrames.LONGEST + 10) + "\n<30>next\n"))
                .isEqualTo("<30>next\n");
        assertThat(frames.unusable()).isEqualTo(1);
    }

    @Test
    void aLengthThatIsTooLargeCostsOnlyItself() {
        assertThat(lines("70000 <" + "x".repeat(69_999) + "7 <30>one")).isEqualTo("<30>one\n");
        assertThat(frames.unusable()).isEqualTo(1);
    }

    @Test
    void whatTheConnectionLeavesOpenIsAMessageOrCounted() {
        lines("<30>no end");
        frames.end();
        assertThat(text(frames.take())).isEqualTo("<30>no end\n");

        lines("50 <30>cut off");
        frames.end();
        assertThat(frames.unusable()).isEqualTo(1);
    }

    @Test
    void garbageIsHeldWithinBounds() {
        Random random = new Random(1);
        byte[] garbage = new byte[1 << 20];
        random.nextBytes(garbage);
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = garbage[i] == '\n' || garbage[i] == 0 ? (byte) '<' : garbage[i];
        }

        for (int round = 0; round < 8; round++) {
            frames.add(garbage, 0, garbage.length);
        }

        assertThat(frames.size()).isLessThan(8 << 20);
        assertThat(frames.unusable()).isPositive();
    }

    private String lines(String wire) {
        byte[] bytes = wire.getBytes(StandardCharsets.US_ASCII);
        frames.add(bytes, 0, bytes.length);
        return text(frames.take());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
