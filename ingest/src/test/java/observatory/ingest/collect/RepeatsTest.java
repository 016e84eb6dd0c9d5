package observatory.ingest.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    @Test
    void aNewBlockPassesAsItIs() {
        RawMessage block = block(Format.ZEEK_JSON, 3, 20, "c\n");

        assertThat(Repeats.unseen(block, 20)).containsSame(block);
        assertThat(Repeats.end(block)).isEqualTo(22);
    }

    @Test
    void aBlockThatWasSeenIsDropped() {
        assertThat(Repeats.unseen(block(Format.ZEEK_JSON, 1, 0, "a\nbb\n"), 5)).isEmpty();
    }

    @Test
    void aBlockThatWasSeenInPartIsCutAtTheLine() {
        RawMessage rest = Repeats.unseen(block(Format.ZEEK_JSON, 10, 100, "a\nbb\nccc\n"), 105)
                .orElseThrow();

        assertThat(text(rest.payload())).isEqualTo("ccc\n");
        assertThat(rest.firstLine()).isEqualTo(12);
        assertThat(rest.offset()).isEqualTo(105);
    }

    @Test
    void headerLinesThatAreCutOffStayInForce() {
        RawMessage block = block(Format.ZEEK_TSV, 1, 0, "#fields\ta\n1\n#fields\tb\n2\n");

        RawMessage rest = Repeats.unseen(block, 22).orElseThrow();

        assertThat(text(rest.header())).isEqualTo("#path\tconn\n#fields\ta\n#fields\tb\n");
        assertThat(text(rest.payload())).isEqualTo("2\n");
    }

    @Test
    void aLineThatWasTooLongIsToldOnce() {
        Rejection tooLong = new Rejection("s", "f", 2, 50, Reason.TOO_LONG, "", "");
        RawMessage block =
                new RawMessage(Format.ZEEK_JSON, "s", "s", "f", 2, 50, 0, new byte[0], new byte[0], List.of(tooLong));

        assertThat(Repeats.unseen(block, 50)).contains(block);
        assertThat(Repeats.unseen(block, Repeats.end(block))).isEmpty();
    }

    private static RawMessage block(Format format, long line, long offset, String lines) {
        byte[] header = format == Format.ZEEK_TSV ? "#path\tconn\n".getBytes(StandardCharsets.UTF_8) : new byte[0];
        return new RawMessage(
                format, "s", "s", "f", line, offset, 0, header, lines.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
