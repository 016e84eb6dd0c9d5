package observatory.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import observatory.ingest.collect.Collected;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.jobs.order.Arrivals;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DropRepeatsTest {
    @Test
    void linesThatWereSentAgainInOtherBlocksPassOnceThoughItRestarts() throws Exception {
        Arrivals<Collected> sent = Arrivals.inOneGo(
                List.of(block("a", 0, "1\n2\n"), block("b", 0, "x\n"), block("a", 2, "2\n3\n"), block("a", 0, "1\n")));
        for (int restarts = 0; restarts < 4; restarts++) {
            List<RawMessage> passed = sent.restarting(restarts)
                    .through(() -> new KeyedProcessOperator<>(new KafkaMessages.DropRepeats()), Collected::stream)
                    .events();

            assertThat(passed.stream().map(DropRepeatsTest::text).collect(Collectors.joining()))
                    .isEqualTo("1\n2\nx\n3\n");
        }
    }

    @Test
    void aWritingIsForgottenDaysAfterItsLastBlock() throws Exception {
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new KafkaMessages.DropRepeats()), Collected::stream, Types.STRING)) {
            harness.open();
            harness.setStateTtlProcessingTime(0);
            harness.processElement(block("old", 0, "1\n"), 0);
            harness.setStateTtlProcessingTime(Duration.ofDays(9).toMillis());
            for (int i = 0; i < 1_000; i++) {
                harness.processElement(block("new", 2L * i, "1\n"), 0);
            }
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        }
    }

    private static Collected block(String stream, long offset, String lines) {
        return new Collected(
                new RawMessage(
                        Format.ZEEK_JSON,
                        "core",
                        "zurich",
                        stream,
                        0,
                        offset,
                        0,
                        new byte[0],
                        lines.getBytes(StandardCharsets.UTF_8),
                        List.of()),
                stream);
    }

    private static String text(RawMessage message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }
}
