package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import observatory.geo.place.Place;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.Suppression;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.policy.Destinations;
import observatory.jobs.finding.policy.Devices;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.policy.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressedFindingTest {
    @TempDir
    private Path folder;

    @Test
    void aFindingThatIsKnownSaysWhoHoldsItBack() throws IOException {
        JsonNode held = written(suppression("x.com"));

        assertThat(held.path("observatory.finding.state").asText()).isEqualTo("suppressed");
        assertThat(held.path("observatory.suppression.id").asText()).isEqualTo("lab");
        assertThat(held.path("observatory.suppression.owner").asText()).isEqualTo("voice-team");
    }

    @Test
    void anotherFindingIsOpen() throws IOException {
        JsonNode open = written(suppression("y.com"));

        assertThat(open.path("observatory.finding.state").asText()).isEqualTo("open");
        assertThat(open.has("observatory.suppression.id")).isFalse();
    }

    @Test
    void aDeviceIsSuppressedByItsPseudonym() throws IOException {
        String pseudonym = Pseudonyms.ofFile(folder.resolve("key")).of("phone");

        assertThat(written(new Suppression("lab", "a", "b", Long.MAX_VALUE, null, pseudonym, null, null))
                        .path("observatory.finding.state")
                        .asText())
                .isEqualTo("suppressed");
    }

    @Test
    void aRollupNamesTheRulesThatCannotSay() throws IOException {
        Destinations swiss = new Destinations(List.of("CH"), List.of(), List.of(), List.of(), List.of());
        Destinations german = new Destinations(List.of("DE"), List.of(), List.of(), List.of(), List.of());
        Policy policy = new Policy(List.of(rule("swiss", swiss), rule("german", german)));
        Documents documents = new Documents(
                Pseudonyms.ofFile(folder.resolve("key")),
                Privacy.PSEUDONYMOUS,
                PhoneNetworks.ASSUMED,
                false,
                Suppressions.NONE,
                policy);

        // The place of the sample is disputed between CN and DE.
        assertThat(Samples.destination("x.com").placeState()).isEqualTo(Place.State.DISPUTED);
        JsonNode rollup = new ObjectMapper()
                .readTree(documents
                        .rollup(Samples.rollup(Samples.device("phone", 0), "x.com", 0))
                        .json());

        assertThat(rollup.path("observatory.policy.violated").get(0).asText()).isEqualTo("swiss");
        assertThat(rollup.path("observatory.policy.undecided").get(0).asText()).isEqualTo("german");
    }

    private static Rule rule(String id, Destinations allowed) {
        return new Rule(id, "o", "why", 0, Long.MAX_VALUE, Devices.ALL, Destinations.ALL, Rule.Mode.ALLOW, allowed);
    }

    private JsonNode written(Suppression suppression) throws IOException {
        Finding finding = Finding.of(Finding.Kind.NEW_ENDPOINT, Samples.device("phone", 0), "x.com|device|phone")
                .destination(Samples.destination("x.com"))
                .between(0, 10)
                .more(1, 2, 3)
                .end();
        Suppressions suppressions = new Suppressions(List.of(suppression));
        Documents documents = new Documents(
                Pseudonyms.ofFile(folder.resolve("key")),
                Privacy.PSEUDONYMOUS,
                PhoneNetworks.ASSUMED,
                false,
                suppressions,
                Policy.NONE);
        return new ObjectMapper().readTree(documents.finding(finding).json());
    }

    private static Suppression suppression(String endpoint) {
        return new Suppression("lab", "voice-team", "known", 1_000, endpoint, null, null, null);
    }
}
