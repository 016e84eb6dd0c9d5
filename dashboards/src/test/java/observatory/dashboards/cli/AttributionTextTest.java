package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.Attribution.Evidence;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.geo.party.Network;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.place.Place;
import org.junit.jupiter.api.Test;

class AttributionTextTest {
    private static final Attribution DISPUTED = new Attribution(
            "yealink.com",
            "yealink.com",
            new DestinationName(
                    "rps.yealink.com", null, NameSource.SNI, NameState.FRESH, 0, List.of("rps.yealink.com")),
            new Service("Yealink", "RPS", Service.Purpose.PROVISIONING, "Yealink", "A", "vendor manual"),
            new Party("Yealink", Party.Role.THIRD),
            new Network(45102, "Alibaba", "47.88.0.0/14", "alibaba"),
            new Place(
                    Place.State.DISPUTED,
                    List.of("DE", "SG"),
                    Place.Step.NO_AGREEMENT,
                    null,
                    List.of(new Place.Vote("dbip", "DE"), new Place.Vote("geo-whois", "SG"))),
            List.of("CN"),
            List.of("CN", "SG"),
            List.of(new Evidence("place", "dbip says DE, geo-whois says SG", "dbip 2026-11")),
            "0123abcd");

    @Test
    void thePersonReadsAnswersAndThenReasons() {
        assertThat(AttributionText.lines(DISPUTED, true))
                .containsExactly(
                        "Endpoint        yealink.com",
                        "Name            rps.yealink.com",
                        "Service         Yealink/RPS, provisioning, run by Yealink (grade A)",
                        "Host network    AS45102, Alibaba, 47.88.0.0/14, cloud alibaba",
                        "Place           disputed: DE or SG (decided by no agreement)",
                        "Jurisdiction    operator: CN; host: CN, SG",
                        "",
                        "Why",
                        "  place         dbip says DE, geo-whois says SG [dbip 2026-11]",
                        "",
                        "Data            0123abcd");
    }

    @Test
    void theProgramReadsTheSame() {
        var tree = AttributionText.tree(DISPUTED);

        assertThat(tree.at("/place/countries")).hasToString("[\"DE\",\"SG\"]");
        assertThat(tree.at("/place/votes/1/country").asText()).isEqualTo("SG");
        assertThat(tree.at("/jurisdiction/host")).hasToString("[\"CN\",\"SG\"]");
        assertThat(tree.at("/evidence/0/part").asText()).isEqualTo("place");
        assertThat(tree.at("/name/source").asText()).isEqualTo("given");
    }
}
