package observatory.ingest.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.SensorStatus;
import org.junit.jupiter.api.Test;

class CollectorStatusDecoderTest {
    @Test
    void whatIsWrittenIsRead() {
        CollectorStatus status = new CollectorStatus(
                "hq", "udp:2055", "core-zh", "zurich", 1_700_000_000L, 1_700_000_005L, 9, 900, 2, 3);

        assertThat(decode(status.toLine()).observations())
                .containsExactly(new SensorStatus("core-zh", "zurich", "collector", 1_700_000_000L, 9, 5));
    }

    @Test
    void aStatusOfNobodyIsRejected() {
        Decoded decoded = decode("{\"from\":1}\n{\"sensor\":\"a\",\"from\":-1}\nx\n".getBytes(StandardCharsets.UTF_8));

        assertThat(decoded.rejections())
                .extracting(rejection -> rejection.reason())
                .containsExactly(Reason.MISSING_FIELD, Reason.BAD_VALUE, Reason.MALFORMED);
    }

    private static Decoded decode(byte[] lines) {
        return new CollectorStatusDecoder()
                .decode(new RawMessage(
                        Format.COLLECTOR_STATUS, "hq", "hq", "hq", 1, 0, 0, new byte[0], lines, List.of()));
    }
}
