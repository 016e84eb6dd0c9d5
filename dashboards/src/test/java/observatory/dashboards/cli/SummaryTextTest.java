package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
    @Test
    void everyFigureOfARunIsTold() throws Exception {
        List<String> lines = SummaryText.lines(json("""
                {"read": {"records": 1500, "bytes": 2000000}, "elapsed_ms": 2500,
                 "rejected": {"bad-value": 2, "unused-kind": 8},
                 "flows": {"stored": 1000, "duplicate": 3, "late": 0, "filtered": 0},
                 "bytes": {"out": 3000000, "in": 5000},
                 "names": {"sni": 500, "own_dns": 499, "none": 1,
                           "bytes": {"sni": 2404000, "own_dns": 601000, "none": 0},
                           "states": {"fresh": {"flows": 990, "bytes": 3005000}, "stale": {"flows": 9, "bytes": 0},
                                      "none": {"flows": 1, "bytes": 0}},
                           "precision": {"right": {"flows": 450, "bytes": 1}, "shared": {"flows": 50, "bytes": 3}},
                           "hidden_dns": {"device_days": 2, "all": {"flows": 40, "bytes": 5000},
                                          "nameless": {"flows": 1, "bytes": 50}}},
                 "places": {"agreed": {"DE": {"flows": 600, "bytes": 700}, "US": {"flows": 1, "bytes": 100}},
                            "disputed": {"DE+SG": {"flows": 10, "bytes": 100}},
                            "anycast": {"flows": 5, "bytes": 100}, "unknown": {"flows": 0, "bytes": 0}},
                 "services": {"Yealink/RPS": {"flows": 30, "bytes": 1}, "unknown/unknown": {"flows": 10, "bytes": 9}},
                 "findings": {"new_endpoint": 2}, "balanced": true,
                 "coverage": {"north": {"minutes": 90, "silent_minutes": 0}, "south": {"minutes": 90, "silent_minutes": 10}}}
                """));

        assertThat(lines)
                .containsExactly(
                        "Read      1,500 records (2.00 MB) in 2.5 s; rejected: unused-kind 8, bad-value 2",
                        "Flows     1,000 stored, duplicate 3; 3.00 MB out, 5000 B in",
                        "Names     TLS name 50.0 % (80.0 %), own DNS answer 49.9 % (20.0 %), no name 0.1 % (0.0 %)"
                                + " of flows (bytes)",
                        "          fresh 99.0 % (100.0 %), stale 0.9 % (0.0 %), none 0.1 % (0.0 %) of flows (bytes)",
                        "          DNS alone, held against 500 TLS names: right 90.0 % (25.0 %), among several 10.0 %"
                                + " (75.0 %) of flows (bytes)",
                        "          hidden DNS on 2 device days: 40 flows (5000 B) of these devices, 1 (50 B) without a name",
                        "Places    agreed: DE 70.0 %, US 10.0 %",
                        "          disputed: DE+SG 10.0 %",
                        "          anycast 10.0 % (of bytes)",
                        "Services  Yealink/RPS 75.0 %, unknown/unknown 25.0 % of flows",
                        "Findings  new_endpoint 2",
                        "Coverage  north 100.0 %, south 90.0 % (silent for 10 min)");
    }

    @Test
    void aLedgerThatDoesNotBalanceIsSaidAloud() throws Exception {
        assertThat(SummaryText.lines(json("{\"balanced\": false}")))
                .last()
                .asString()
                .contains("DOES NOT BALANCE");
    }

    @Test
    void almostAllIsNotAll() throws Exception {
        List<String> lines =
                SummaryText.lines(json("{\"coverage\": {\"south\": {\"minutes\": 99999, \"silent_minutes\": 1}}}"));

        assertThat(lines).anyMatch(line -> line.contains("> 99.9 %"));
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
