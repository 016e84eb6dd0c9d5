package observatory.dashboards.search;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a panel's question came to. A figure that cannot be had is absent from its map, never zero. */
public sealed interface Result {
    /**
     * Figures by measure, in all and by group.
     *
     * @param totals by id of the measure, over all documents
     * @param groups the largest named ones first, then what they left over; empty without a breakdown
     * @param contested by country, what may or may not belong to it; only for a breakdown by place without time
     * @param times starts of the intervals of every series; empty without a breakdown by time
     * @param step width of an interval; null without a breakdown by time
     */
    record Figures(
            Map<String, Double> totals,
            List<Group> groups,
            List<Contested> contested,
            List<Instant> times,
            @Nullable Duration step)
            implements Result {
        public Figures {
            totals = Map.copyOf(totals);
            groups = List.copyOf(groups);
            contested = List.copyOf(contested);
            times = List.copyOf(times);
        }
    }

    /**
     * One group of a breakdown.
     *
     * @param name the value, a country code, or the name of the rest
     * @param kind {@code agreed}, {@code disputed}, {@code anycast}, {@code unknown}, {@code local} for places;
     *     {@code named}, {@code missing} otherwise; {@code other} for what the named ones left over
     * @param values by id of the measure
     * @param series the first measure by interval; empty without a breakdown by time
     */
    record Group(String name, String kind, Map<String, Double> values, List<Double> series) {
        public Group {
            values = Map.copyOf(values);
            series = List.copyOf(series);
        }
    }

    /**
     * A country that is one of several possible places. The same traffic appears under each of them: these figures may
     * not be added.
     *
     * @param country ISO 3166-1 alpha-2
     * @param with the other countries voted for, by code
     * @param values by id of the measure
     */
    record Contested(String country, List<String> with, Map<String, Double> values) {
        public Contested {
            with = List.copyOf(with);
            values = Map.copyOf(values);
        }
    }

    /**
     * Documents.
     *
     * @param rows by field of the column; a field without a value is absent; values are texts and numbers as stored
     * @param total how many documents match, of which {@code rows} are the first
     */
    record Rows(List<Map<String, List<Object>>> rows, long total) implements Result {
        public Rows {
            rows = List.copyOf(rows);
        }
    }
}
