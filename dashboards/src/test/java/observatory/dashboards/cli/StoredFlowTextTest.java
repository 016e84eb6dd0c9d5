package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class StoredFlowTextTest {
    @Test
    void theServiceIsAskedForByThePortOfWhoWasCalled() {
        assertThat(StoredFlowText.servicePort(flow("outbound", 51_000, 443))).isEqualTo(443);
        assertThat(StoredFlowText.servicePort(flow("inbound", 5_060, 40_000))).isEqualTo(5_060);
    }

    @Test
    void whoCalledStandsFirst() {
        assertThat(StoredFlowText.lines("index", "id", flow("inbound", 5_060, 40_000)))
                .anyMatch(line -> line.contains("port 40000 to the device's port 5060"));
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
