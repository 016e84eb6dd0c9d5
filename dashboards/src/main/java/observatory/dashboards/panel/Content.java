package observatory.dashboards.panel;

import java.util.List;

/** How a panel answers: with figures, or with a list of documents. */
public sealed interface Content {
    /**
     * Figures, told apart by nothing, one or more breakdowns (the outermost first).
     *
     * @param measures at least one; the first decides sizes and order
     */
    record Figures(List<Measure> measures, List<Breakdown> breakdowns) implements Content {
        public Figures {
            measures = List.copyOf(measures);
            breakdowns = List.copyOf(breakdowns);
            if (measures.isEmpty()) {
                throw new IllegalArgumentException("figures need a measure");
            }
        }
    }

    /**
     * Documents, newest or worst first.
     *
     * @param sort fields, each descending, the first the strongest
     * @param size rows shown at most
     */
    record Listing(List<Column> columns, List<String> sort, int size) implements Content {
        public Listing {
            columns = List.copyOf(columns);
            sort = List.copyOf(sort);
            if (columns.isEmpty() || size < 1) {
                throw new IllegalArgumentException("a listing needs a column and a size above zero");
            }
        }
    }
}
