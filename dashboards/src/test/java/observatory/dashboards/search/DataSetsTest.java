package observatory.dashboards.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDate;
import java.util.List;
import observatory.dashboards.search.DataSets.DataSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataSetsTest {
    private static final LocalDate MADE = LocalDate.of(2026, 11, 1);

    @Test
    void aDateSaysWhatItMeansForTheDayOfTheFlows() {
        assertThat(dataSet(MADE, 45).dateFor(MADE.plusDays(45))).isEqualTo("2026-11-01");
        assertThat(dataSet(MADE, 45).dateFor(MADE.plusDays(46)))
                .isEqualTo("2026-11-01 (46 days old, more than the 45 it may be)");
        assertThat(dataSet(MADE, 45).dateFor(MADE.minusDays(3))).isEqualTo("2026-11-01 (made 3 days later)");
        assertThat(dataSet(MADE, 0).dateFor(MADE.plusDays(999))).isEqualTo("2026-11-01");
        assertThat(dataSet(null, 45).dateFor(MADE)).isEqualTo("date not stated");
    }

    @Test
    void nothingOnRecordIsNothing() {
        assertThat(DataSets.of((indices, body) -> JsonNodeFactory.instance.objectNode(), List.of("aaaa")))
                .isEmpty();
    }

    private static DataSet dataSet(@Nullable LocalDate date, long maxAgeDays) {
        return new DataSet("dbip", "npm", "2026-11", date, maxAgeDays, "CC BY 4.0", "");
    }
}
