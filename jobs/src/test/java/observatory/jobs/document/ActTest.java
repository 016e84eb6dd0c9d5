package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import observatory.jobs.elastic.IndexTemplates;
import org.junit.jupiter.api.Test;

class ActTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void everyFieldOfAnActIsInTheTemplateOfTheAuditIndex() throws Exception {
        JsonNode declared =
                new ObjectMapper().readTree(IndexTemplates.json("audit")).at("/template/mappings/properties");
        Set<String> fields = new TreeSet<>();

        new ObjectMapper().readTree(reveal(NOON).document().json()).fieldNames().forEachRemaining(fields::add);

        assertThat(fields).hasSize(9);
        assertThat(fields)
                .allSatisfy(field -> assertThat(declared.has(field)).as(field).isTrue());
    }

    @Test
    void theSameActAtAnotherTimeIsAnotherDocument() {
        assertThat(reveal(NOON).document().id())
                .isEqualTo(reveal(NOON).document().id());
        assertThat(reveal(NOON.plusNanos(1_000)).document().id())
                .isNotEqualTo(reveal(NOON).document().id());
    }

    @Test
    void anActThatNobodyDidIsRefused() {
        assertThatThrownBy(() -> new Act(NOON, "reveal", Act.Outcome.SUCCESS, " ", "", "", List.of()))
                .hasMessageContaining("somebody who did it");
    }

    private static Act reveal(Instant at) {
        return new Act(at, "reveal", Act.Outcome.UNKNOWN, "ann", "theft report 12", "dev-0a", List.of("to a terminal"));
    }
}
