package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.elastic.IndexTemplates;
import org.junit.jupiter.api.Test;

class SnapshotSetsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final GeoSnapshot SNAPSHOT = GeoAccess.under(
                    Path.of(Objects.requireNonNullElse(System.getProperty("observatory.home"), "..")))
            .snapshot();

    @Test
    void everyDataSetIsToldUnderTheDigestThatDocumentsCarry() throws IOException {
        List<Document> documents = SnapshotSets.documents(SNAPSHOT);

        assertThat(documents).hasSizeGreaterThan(3).extracting(Document::id).doesNotHaveDuplicates();
        for (Document document : documents) {
            JsonNode set = JSON.readTree(document.json());
            assertThat(set.path("observatory.snapshot").asText()).isEqualTo(SNAPSHOT.digest());
            assertThat(set.path("observatory.data_set.licence").asText()).isNotEmpty();
        }
    }

    @Test
    void askedAgainItIsTheSame() {
        assertThat(SnapshotSets.documents(SNAPSHOT))
                .extracting(Document::id)
                .isEqualTo(SnapshotSets.documents(SNAPSHOT).stream()
                        .map(Document::id)
                        .toList());
    }

    @Test
    void everyFieldIsInTheTemplate() throws IOException {
        JsonNode declared = JSON.readTree(IndexTemplates.json("snapshots")).at("/template/mappings/properties");
        Set<String> fields = new TreeSet<>();
        for (Document document : SnapshotSets.documents(SNAPSHOT)) {
            JSON.readTree(document.json()).fieldNames().forEachRemaining(fields::add);
        }
        assertThat(fields)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(declared.has(field)).as(field).isTrue());
    }
}
