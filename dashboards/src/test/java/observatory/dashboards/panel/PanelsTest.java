package observatory.dashboards.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PanelsTest {
    @ParameterizedTest
    @MethodSource("overview")
    void everyFieldOfAPanelIsInTheTemplateOfItsSource(Panel panel) throws IOException {
        JsonNode template = template(panel.source());

        assertThat(fields(panel))
                .allSatisfy(field -> assertThat(template.has(field)).as(field).isTrue());
    }

    @Test
    void aPanelIsFoundByItsId() {
        assertThat(Panels.byId("findings")).contains(Panels.FINDINGS);
        assertThat(Panels.byId("nothing")).isEmpty();
    }

    @Test
    void anIdThatWouldNeedEscapingIsRefused() {
        assertThatThrownBy(() -> new Panel(
                        "A b", "t", "q?", "h", Source.ROLLUPS, List.of(), Chart.METRIC, Panels.FINDINGS.content()))
                .hasMessageContaining("A b");
    }

    static List<Panel> overview() {
        return Panels.OVERVIEW;
    }

    private static JsonNode template(Source source) throws IOException {
        String name = source.name().toLowerCase(Locale.ROOT) + ".json";
        try (InputStream in = PanelsTest.class.getResourceAsStream("/observatory/jobs/elastic/templates/" + name)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in, name)).at("/template/mappings/properties");
        }
    }

    private static List<String> fields(Panel panel) {
        List<String> fields = new ArrayList<>(List.of(
                panel.source().timeField(),
                panel.source().endField(),
                panel.source().siteField()));
        if (panel.source().hasDevice()) {
            fields.add(panel.source().deviceField());
        }
        panel.where().forEach(match -> fields.add(match.field()));
        switch (panel.content()) {
            case Content.Listing listing -> {
                listing.columns().forEach(column -> fields.add(column.field()));
                fields.addAll(listing.sort());
            }
            case Content.Figures figures -> {
                figures.measures().forEach(measure -> fields.addAll(fields(measure)));
                figures.breakdowns().forEach(breakdown -> fields.addAll(fields(breakdown)));
            }
        }
        return fields;
    }

    private static List<String> fields(Measure measure) {
        return switch (measure) {
            case Measure.Count count -> List.of();
            case Measure.Sum sum -> List.of(sum.field());
            case Measure.Unique unique -> List.of(unique.field());
            case Measure.Share share -> {
                List<String> fields = new ArrayList<>(share.parts());
                fields.add(share.whole());
                share.where().forEach(match -> fields.add(match.field()));
                yield fields;
            }
        };
    }

    private static List<String> fields(Breakdown breakdown) {
        return switch (breakdown) {
            case Breakdown.Time time -> List.of();
            case Breakdown.Terms terms -> terms.fields();
            case Breakdown.Place place ->
                List.of(Breakdown.Place.COUNTRY, Breakdown.Place.COUNTRIES, Breakdown.Place.STATE);
        };
    }
}
