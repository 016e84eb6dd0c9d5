package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import observatory.geo.party.Service;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.policy.Policy;
import org.junit.jupiter.api.Test;

class ServiceSourceTest {
    @Test
    void aDocumentSaysHowSureAServiceIsAndWhereThatWasRead() throws IOException {
        JsonNode known = told(Samples.service(Service.Purpose.SIGNALLING));

        assertThat(known.path("observatory.service.grade").asText()).isEqualTo("A");
        assertThat(known.path("observatory.service.source").asText()).isEqualTo("here");
        assertThat(told(Service.UNKNOWN).has("observatory.service.source")).isFalse();
    }

    private static JsonNode told(Service service) throws IOException {
        Documents documents = new Documents(
                Pseudonyms.of(new byte[Pseudonyms.KEY_BYTES]),
                Privacy.PSEUDONYMOUS,
                PhoneNetworks.ASSUMED,
                false,
                Suppressions.NONE,
                Policy.NONE);
        Finding finding = Finding.of(Finding.Kind.NEW_ENDPOINT, Samples.device("phone", 0), "x.com|device|phone")
                .destination(Samples.destination("x.com", service))
                .between(0, 10)
                .end();
        return new ObjectMapper().readTree(documents.finding(finding).json());
    }
}
