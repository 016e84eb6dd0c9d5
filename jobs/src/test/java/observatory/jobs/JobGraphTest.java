package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.SessionSettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.document.Privacy;
import observatory.jobs.finding.DetectionSettings;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class JobGraphTest {
    /** The totals name every finding there was: what never ends would keep them for ever. */
    @Test
    void onlyWhatEndsIsSummedUp() throws Exception {
        assertThat(operators(1_000)).contains("rollup", "naming-loss", "sum-up");
        assertThat(operators(Long.MAX_VALUE)).contains("rollup").doesNotContain("naming-loss", "sum-up");
    }

    private static List<String> operators(long endMillis) throws Exception {
        try (StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment()) {
            DataStream<RawMessage> messages = environment
                    .fromSequence(0, 0)
                    .flatMap((Long nothing, Collector<RawMessage> out) -> {})
                    .returns(RawMessage.class);
            ObservatoryJob.define(messages, config(endMillis)).sinkTo(new DiscardingSink<>());
            return environment.getStreamGraph().getStreamNodes().stream()
                    .map(StreamNode::getOperatorName)
                    .toList();
        }
    }

    private static JobConfig config(long endMillis) {
        return new JobConfig(
                GeoAccess.under(Path.of("no tables are needed")),
                PhoneNetworks.ASSUMED,
                Sites.BY_SENSOR,
                Inventory.NONE,
                Witnesses.EQUAL,
                SessionSettings.LIVE,
                "no key is needed",
                Privacy.PSEUDONYMOUS,
                false,
                true,
                Duration.ofMinutes(1),
                endMillis,
                DetectionSettings.assumed(0));
    }
}
