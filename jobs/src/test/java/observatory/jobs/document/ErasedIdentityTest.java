package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Set;
import observatory.jobs.attribute.Device;
import observatory.jobs.attribute.DeviceSeen;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.elastic.IndexTemplates;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.policy.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasedIdentityTest {
    private static final Device PHONE = new Device(
            "00-15-65-AA-BB-CC",
            "zurich",
            "10.9.0.7",
            "00-15-65-AA-BB-CC",
            "bobs-phone",
            "Yealink",
            null,
            null,
            null,
            "Bob",
            1_000);

    @TempDir
    private Path folder;

    private Path key;
    private Documents documents;

    @BeforeEach
    void prepare() {
        key = folder.resolve("key");
        documents = new Documents(
                Pseudonyms.ofFile(key),
                Privacy.PSEUDONYMOUS,
                PhoneNetworks.ASSUMED,
                false,
                Suppressions.NONE,
                Policy.NONE);
    }

    @Test
    void aJobThatRunsStopsToTellWhoIsErased() throws Exception {
        Document before = documents.identity(new DeviceSeen(PHONE, 2_000));
        ErasedDevices.beside(key).add(Set.of(before.id()));
        Document after = documents.identity(new DeviceSeen(PHONE, 3_000));

        assertThat(new String(before.json(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("bobs-phone");
        assertThat(new ObjectMapper().readTree(after.json()))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"@timestamp\":\"1970-01-01T00:00:03Z\",\"event.dataset\":\"observatory.identity\","
                                + "\"event.kind\":\"state\",\"device.id\":\"" + before.id()
                                + "\",\"observatory.erased\":true}"));
        assertThat(after.index() + after.id()).isEqualTo(before.index() + before.id());
    }

    @Test
    void theMarkIsNewerThanAnyIdentity() {
        Document late = documents.identity(new DeviceSeen(PHONE, 253_402_300_799_999L));

        assertThat(new Erasure(late.id(), 0).document(false).version()).isGreaterThan(late.version());
    }

    @Test
    void theDeviceItselfIsStillSeenUnderItsPseudonym() {
        Document before = documents.device(new DeviceSeen(PHONE, 2_000));
        ErasedDevices.beside(key).add(Set.of(before.id()));

        assertThat(documents.device(new DeviceSeen(PHONE, 2_000)).json()).isEqualTo(before.json());
    }

    @Test
    void everyFieldOfTheMarkIsInTheTemplateOfTheGuardedIndex() throws Exception {
        JsonNode declared =
                new ObjectMapper().readTree(IndexTemplates.json("identities")).at("/template/mappings/properties");
        JsonNode mark = new ObjectMapper()
                .readTree(new Erasure("dev-0", 0).document(true).json());

        assertThat(mark.properties())
                .hasSize(6)
                .allSatisfy(field -> assertThat(declared.has(field.getKey()))
                        .as(field.getKey())
                        .isTrue());
    }
}
