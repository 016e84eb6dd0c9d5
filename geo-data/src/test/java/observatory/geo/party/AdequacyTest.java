package observatory.geo.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import observatory.geo.InstalledData;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdequacyTest {
    private static final Adequacy ADEQUACY =
            Adequacy.read(CatalogueFile.read(InstalledData.catalogue().resolve("adequacy.yaml")));

    @ParameterizedTest
    @CsvSource({
        "DE, 2026-11-23, within the European Economic Area",
        "JP, 2026-11-23, found adequate by decision 2019/419",
        "JP, 2019-01-22, no adequacy decision is known",
        "US, 2026-11-23, certified under the EU-US Data Privacy Framework alone",
        "US, 2023-07-09, no adequacy decision is known",
        "GB, 2031-12-27, until 2031-12-27",
        "GB, 2031-12-28, no adequacy decision is known",
        "CN, 2026-11-23, no adequacy decision is known",
    })
    void aDecisionHoldsForItsDaysOnly(String country, LocalDate day, String words) {
        assertThat(ADEQUACY.reasons(List.of(country), day))
                .singleElement()
                .extracting(Reason::statement)
                .asString()
                .startsWith(country + ": ")
                .contains(words);
    }
}
