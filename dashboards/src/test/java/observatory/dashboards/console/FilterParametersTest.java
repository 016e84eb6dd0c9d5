package observatory.dashboards.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import observatory.dashboards.search.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParametersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-09T00:00Z",
                "2026-11-09",
                "2026-11-09T00:00",
                "2026-11-09T00:00:00Z",
                "2026-11-09T01:00+01:00",
                "2026-11-08T19:00-05:00"
            })
    void aMomentIsReadHoweverItIsWritten(String text) {
        assertThat(read("from", text).from()).isEqualTo(Instant.parse("2026-11-09T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", "T", "2026-11-09T25:00Z", "now-1d"})
    void whatIsNoMomentIsNamed(String text) {
        assertThatThrownBy(() -> read("to", text)).hasMessageContaining("'to' is '" + text + "'");
    }

    @Test
    void emptyMeansNotNarrowed() {
        assertThat(read("site", " ")).isEqualTo(Filter.NONE);
        assertThat(read("device", " p-1 ").device()).isEqualTo("p-1");
    }

    @Test
    void aNameLongerThanAnyIndexHoldsIsRefused() {
        assertThatThrownBy(() -> read("site", "x".repeat(257))).hasMessageContaining("256");
    }

    private static Filter read(String name, String value) {
        return FilterParameters.read(Map.of(name, value)::get);
    }
}
