package observatory.dashboards.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import observatory.dashboards.panel.Breakdown;
import observatory.dashboards.panel.Content;
import observatory.dashboards.panel.Match;
import observatory.dashboards.panel.Measure;
import observatory.dashboards.panel.Panel;
import observatory.dashboards.panel.Source;

/**
 * Writes the search of a panel. Rules only; {@link PanelAnswer} reads what comes back.
 *
 * <p>Aggregations are named by the ids of the measures, and {@code time}, {@code group}, {@code state}, {@code country},
 * {@code contested} for the breakdowns. No script, runtime field or licensed aggregation is used.
 */
final class PanelQuery {
    /** Above this a count of different values is an estimate; the highest that Elasticsearch allows. */
    static final int EXACT_UP_TO = 40_000;

    /** What documents say when the catalogue has no entry; those that say nothing are counted with them. */
    static final String MISSING = "unknown";

    private static final int MOST_PARTNERS = 20;
    private static final int MOST_COUNTRIES = 250;
    private static final int MOST_TERMS = 100;
    private static final String SCOPE_KIND = "observatory.scope.kind";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PanelQuery() {}

    static ObjectNode of(Panel panel, Filter filter, Range range) {
        ObjectNode body = JSON.objectNode();
        body.putObject("query").putObject("bool").set("filter", conditions(panel, filter, range));
        switch (panel.content()) {
            case Content.Figures figures ->
                body.put("size", 0)
                        .put("track_total_hits", true)
                        .set("aggs", aggregations(figures, panel.source().timeField(), range));
            case Content.Listing listing -> list(body, listing);
        }
        return body;
    }

    private static ArrayNode conditions(Panel panel, Filter filter, Range range) {
        ArrayNode all = conditions(panel.source(), filter, range);
        for (Match match : panel.where()) {
            all.add(condition(narrowed(match, filter)));
        }
        return all;
    }

    static ArrayNode conditions(Source source, Filter filter, Range range) {
        ArrayNode all = JSON.arrayNode();
        ObjectNode begins = all.addObject().putObject("range").putObject(source.timeField());
        begins.put("lt", range.to().toString());
        ObjectNode ends = source.timeField().equals(source.endField())
                ? begins
                : all.addObject().putObject("range").putObject(source.endField());
        ends.put("gte", range.from().toString());
        if (filter.site() != null) {
            all.addObject().putObject("term").put(source.siteField(), filter.site());
        }
        if (filter.device() != null && source.hasDevice()) {
            all.addObject().putObject("term").put(source.deviceField(), filter.device());
        }
        return all;
    }

    /** Endpoints are kept for each scope: the figures of a site or device are in documents of that scope alone. */
    private static Match narrowed(Match match, Filter filter) {
        if (!match.field().equals(SCOPE_KIND)) {
            return match;
        }
        return filter.device() != null
                ? Match.is(SCOPE_KIND, "device")
                : filter.site() != null ? Match.is(SCOPE_KIND, "site") : match;
    }

    private static ObjectNode condition(Match match) {
        ObjectNode condition = JSON.objectNode();
        ArrayNode values = condition.putObject("terms").putArray(match.field());
        match.values().forEach(values::add);
        return condition;
    }

    private static void list(ObjectNode body, Content.Listing listing) {
        body.put("size", listing.size()).put("track_total_hits", true).put("_source", false);
        ArrayNode fields = body.putArray("fields");
        listing.columns().stream().map(column -> column.field()).distinct().forEach(fields::add);
        ArrayNode sort = body.putArray("sort");
        for (String field : listing.sort()) {
            sort.addObject()
                    .putObject(field)
                    .put("order", "desc")
                    .put("missing", "_last")
                    .put("unmapped_type", "long");
        }
    }

    private static ObjectNode aggregations(Content.Figures figures, String timeField, Range range) {
        List<Measure> measures = figures.measures();
        ObjectNode inner = measured(measures);
        boolean overTime = time(figures).isPresent();
        if (overTime) {
            inner.set("time", overTime(measures.getFirst(), timeField, range));
        }
        ObjectNode all = inner.deepCopy();
        grouping(figures).ifPresent(breakdown -> {
            switch (breakdown) {
                case Breakdown.Place place -> byPlace(all, place, measures, inner, overTime);
                case Breakdown.Terms terms -> all.set("group", byTerms(terms, terms.fields(), measures, inner));
                case Breakdown.Time time -> throw new IllegalStateException("time is not a grouping");
            }
        });
        return all;
    }

    static Optional<Breakdown> time(Content.Figures figures) {
        return figures.breakdowns().stream()
                .filter(Breakdown.Time.class::isInstance)
                .findFirst();
    }

    static Optional<Breakdown> grouping(Content.Figures figures) {
        return figures.breakdowns().stream()
                .filter(breakdown -> !(breakdown instanceof Breakdown.Time))
                .findFirst();
    }

    private static ObjectNode overTime(Measure measure, String field, Range range) {
        ObjectNode time = JSON.objectNode();
        time.putObject("date_histogram")
                .put("field", field)
                .put("fixed_interval", range.step().toSeconds() + "s")
                .put("min_doc_count", 1);
        time.set("aggs", measured(List.of(measure)));
        return time;
    }

    private static void byPlace(
            ObjectNode all, Breakdown.Place place, List<Measure> measures, ObjectNode inner, boolean overTime) {
        ObjectNode state = JSON.objectNode();
        state.putObject("terms")
                .put("field", Breakdown.Place.STATE)
                .put("size", 10)
                .put("missing", "unknown");
        state.set("aggs", inner);
        all.set("state", state);
        ObjectNode country = JSON.objectNode();
        country.putObject("filter").putObject("term").put(Breakdown.Place.STATE, Breakdown.Place.AGREED);
        country.putObject("aggs").set("country", terms(Breakdown.Place.COUNTRY, place.size(), measures, inner));
        all.set("country", country);
        if (!overTime) {
            all.set("contested", contested(measures));
        }
    }

    private static ObjectNode contested(List<Measure> measures) {
        ObjectNode inner = measured(measures);
        ObjectNode with = inner.putObject("with").putObject("terms");
        with.put("field", Breakdown.Place.COUNTRIES).put("size", MOST_PARTNERS);
        ObjectNode contested = JSON.objectNode();
        contested.putObject("filter").putObject("term").put(Breakdown.Place.STATE, "disputed");
        contested.putObject("aggs").set("country", terms(Breakdown.Place.COUNTRIES, MOST_COUNTRIES, measures, inner));
        return contested;
    }

    private static ObjectNode byTerms(
            Breakdown.Terms terms, List<String> fields, List<Measure> measures, ObjectNode inner) {
        ObjectNode below = inner;
        if (fields.size() > 1) {
            below = inner.deepCopy();
            below.set("group", byTerms(terms, fields.subList(1, fields.size()), measures, inner));
        }
        // With more than one field the largest combinations are picked later, so each level must bring enough.
        int size = terms.fields().size() > 1 ? Math.max(MOST_TERMS, terms.size()) : terms.size();
        ObjectNode group = terms(fields.getFirst(), size, measures, below);
        ((ObjectNode) group.get("terms")).put("missing", MISSING);
        return group;
    }

    private static ObjectNode terms(String field, int size, List<Measure> measures, ObjectNode inner) {
        ObjectNode group = JSON.objectNode();
        ObjectNode terms = group.putObject("terms");
        terms.put("field", field).put("size", size).put("shard_size", 10 * size + 100);
        Measure first = measures.getFirst();
        boolean ordered = first instanceof Measure.Sum || first instanceof Measure.Unique;
        terms.putObject("order").put(ordered ? first.id() : "_count", "desc");
        group.set("aggs", inner.deepCopy());
        return group;
    }

    private static ObjectNode measured(List<Measure> measures) {
        ObjectNode all = JSON.objectNode();
        for (Measure measure : measures) {
            switch (measure) {
                case Measure.Count count -> {}
                case Measure.Sum sum -> all.set(sum.id(), sum(sum.field()));
                case Measure.Unique unique ->
                    all.putObject(unique.id())
                            .putObject("cardinality")
                            .put("field", unique.field())
                            .put("precision_threshold", EXACT_UP_TO);
                case Measure.Share share -> {
                    all.set(share.id() + "-parts", parts(share));
                    all.set(share.id() + "-whole", sum(share.whole()));
                }
            }
        }
        return all;
    }

    private static ObjectNode parts(Measure.Share share) {
        ObjectNode parts = JSON.objectNode();
        ArrayNode where = parts.putObject("filter").putObject("bool").putArray("filter");
        share.where().forEach(match -> where.add(condition(match)));
        ObjectNode sums = parts.putObject("aggs");
        for (int i = 0; i < share.parts().size(); i++) {
            sums.set(Integer.toString(i), sum(share.parts().get(i)));
        }
        return parts;
    }

    private static ObjectNode sum(String field) {
        ObjectNode sum = JSON.objectNode();
        sum.putObject("sum").put("field", field);
        return sum;
    }

    /** A date of an aggregation, which comes as milliseconds since the epoch. */
    static Instant instant(double millis) {
        return Instant.ofEpochMilli((long) millis);
    }
}
