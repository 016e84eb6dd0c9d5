package observatory.dashboards.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {
    @Test
    void aPartNeverReadsAsTheWholeOrAsNothing() {
        assertThat(List.of(
                        Wording.share(0),
                        Wording.share(0.00001),
                        Wording.share(0.5),
                        Wording.share(0.99999),
                        Wording.share(1)))
                .containsExactly("0.0 %", "< 0.1 %", "50.0 %", "> 99.9 %", "100.0 %");
    }

    @Test
    void bytesHaveThreeDigitsAndDecimalUnits() {
        assertThat(List.of(
                        Wording.bytes(0),
                        Wording.bytes(999),
                        Wording.bytes(1_000),
                        Wording.bytes(65_432),
                        Wording.bytes(999_600)))
                .containsExactly("0 B", "999 B", "1.00 kB", "65.4 kB", "1.00 MB");
        assertThat(Wording.bytes(Long.MAX_VALUE)).isEqualTo("9.22 EB");
    }

    @Test
    void aCountryHasItsNameAndCodeAndAStrangerItsCode() {
        assertThat(Wording.country("DE")).isEqualTo("Germany (DE)");
        assertThat(Wording.country("not a country")).isEqualTo("not a country");
        assertThat(Wording.country(null)).isEqualTo("cannot be decided");
    }

    @Test
    void placesSayWhatCannotBeDecided() {
        assertThat(Wording.place("agreed", List.of("IE"))).isEqualTo("Ireland (IE)");
        assertThat(Wording.place("disputed", List.of("CN", "SG")))
                .isEqualTo("Cannot be decided: China (CN) or Singapore (SG)");
        assertThat(Wording.place("anycast", List.of())).startsWith("Cannot be decided");
        assertThat(Wording.place("", List.of())).isEqualTo("Cannot be decided: no evidence");
    }
}
