package observatory.dashboards.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidencyCsvTest {
    @Test
    void everyRowHasEveryColumn() {
        List<List<String>> rows = parse(ResidencyCsv.of(Reports.hostile()));

        assertThat(rows)
                .hasSizeGreaterThan(15)
                .allSatisfy(row -> assertThat(row).hasSize(ResidencyCsv.COLUMNS.size()));
        assertThat(rows.getFirst()).isEqualTo(ResidencyCsv.COLUMNS);
    }

    @Test
    void noCellIsTakenForAFormula() {
        List<List<String>> rows = parse(ResidencyCsv.of(Reports.hostile()));

        assertThat(rows.stream().flatMap(List::stream).filter(cell -> !cell.isEmpty()))
                .noneMatch(cell -> "=+-@\t\r".indexOf(cell.charAt(0)) >= 0)
                .contains("'" + Reports.FORMULA);
    }

    @Test
    void quotesCommasAndLineBreaksAreQuoted() {
        assertThat(ResidencyCsv.cell("a \"b\", c\nd")).isEqualTo("\"a \"\"b\"\", c\nd\"");
        assertThat(ResidencyCsv.cell("plain")).isEqualTo("plain");
        assertThat(ResidencyCsv.cell("@sum")).isEqualTo("\"'@sum\"");
    }

    @Test
    void linesEndAsRfc4180Says() {
        assertThat(ResidencyCsv.of(Reports.empty()).replace("\r\n", "")).doesNotContain("\n", "\r");
    }

    /** Reads RFC 4180, by other means than the class under test. */
    static List<List<String>> parse(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (isQuoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted || (c != ',' && c != '\r' && c != '\n')) {
                cell.append(c);
            } else if (c != '\r') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            }
        }
        return rows;
    }
}
