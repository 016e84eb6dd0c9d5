package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import observatory.dashboards.search.DataSets.DataSet;
import org.junit.jupiter.api.Test;

class StoredFlowTextTest {
    @Test
    void theServiceIsAskedForByThePortOfWhoWasCalled() {
        assertThat(StoredFlowText.servicePort(flow("outbound", 51_000, 443))).isEqualTo(443);
        assertThat(StoredFlowText.servicePort(flow("inbound", 5_060, 40_000))).isEqualTo(5_060);
    }

    @Test
    void whoCalledStandsFirst() {
        assertThat(StoredFlowText.lines("index", "id", flow("inbound", 5_060, 40_000), List.of()))
                .anyMatch(line -> line.contains("port 40000 to the device's port 5060"));
    }

    @Test
    void whatSaysWhatTheServiceIsAndTheDataOfTheFlowAreNamed() {
        ObjectNode flow = flow("outbound", 51_000, 443)
                .put("observatory.service.vendor", "Yealink")
                .put("observatory.service.grade", "B")
                .put("observatory.service.source", "LYD-FAQ")
                .put("observatory.snapshot", "aaaa");
        DataSet old = new DataSet("dbip", "npm dbip", "2.3", LocalDate.of(2026, 6, 1), 100, "CC BY 4.0", "");

        assertThat(StoredFlowText.lines("index", "id", flow, List.of(old)))
                .anyMatch(line -> line.endsWith("grade B [LYD-FAQ]"))
                .anyMatch(line -> line.endsWith("snapshot aaaa"))
                .anyMatch(line ->
                        line.endsWith(" dbip (npm dbip) 2.3, 2026-06-01 (154 days old, more than the 100 it may be)"));
        assertThat(StoredFlowText.lines("index", "id", flow, List.of()))
                .anyMatch(line -> line.endsWith("snapshot aaaa; its data sets are not on record"));
    }

    private static ObjectNode flow(String direction, int devicePort, int peerPort) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("network.direction", direction)
                .put("source.port", devicePort)
                .put("destination.port", peerPort)
                .put("destination.ip", "198.51.100.7")
                .put("network.transport", "udp")
                .put("@timestamp", "2026-11-02T00:00:00Z")
                .put("event.start", "2026-11-02T00:00:00Z")
                .put("event.end", "2026-11-02T00:00:01Z");
    }
}
