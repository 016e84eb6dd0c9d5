package observatory.dashboards.panel;

import java.util.List;

/** A figure computed over the documents of a panel: what Elasticsearch aggregates and what Lens calls a metric. */
public sealed interface Measure {
    /** Names the figure within its panel: lower-case words joined by underscores. */
    String id();

    /** What a person reads. */
    String label();

    /** How it is written. */
    Unit unit();

    /** Documents. */
    record Count(String id, String label) implements Measure {
        @Override
        public Unit unit() {
            return Unit.COUNT;
        }
    }

    /** The sum of a numeric field. */
    record Sum(String id, String label, Unit unit, String field) implements Measure {}

    /** How many different values a keyword field has; exact up to 40,000. */
    record Unique(String id, String label, String field) implements Measure {
        @Override
        public Unit unit() {
            return Unit.COUNT;
        }
    }

    /**
     * The part of a whole, 0 to 1; no figure at all when the whole is zero.
     *
     * @param parts numeric fields whose sums are added
     * @param where narrows the documents that count for the parts; empty for all
     * @param whole the numeric field whose sum over all documents divides
     */
    record Share(String id, String label, List<String> parts, List<Match> where, String whole) implements Measure {
        public Share {
            parts = List.copyOf(parts);
            where = List.copyOf(where);
        }

        @Override
        public Unit unit() {
            return Unit.SHARE;
        }
    }
}
