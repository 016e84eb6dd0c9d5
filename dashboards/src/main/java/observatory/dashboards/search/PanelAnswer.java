package observatory.dashboards.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import observatory.dashboards.panel.Breakdown;
import observatory.dashboards.panel.Content;
import observatory.dashboards.panel.Measure;
import observatory.dashboards.panel.Panel;

/** Reads the response to a {@link PanelQuery}. A response without aggregations is that of indices that do not exist. */
final class PanelAnswer {
    private final List<Measure> measures;
    private final List<Instant> times;

    private PanelAnswer(List<Measure> measures, List<Instant> times) {
        this.measures = measures;
        this.times = times;
    }

    static Result of(Panel panel, Range range, JsonNode response) {
        return switch (panel.content()) {
            case Content.Listing listing -> rows(response.path("hits"));
            case Content.Figures figures -> {
                boolean overTime = PanelQuery.time(figures).isPresent();
                List<Instant> times = overTime ? range.times() : List.of();
                PanelAnswer answer = new PanelAnswer(figures.measures(), times);
                yield answer.figures(figures, range, response);
            }
        };
    }

    private static Result rows(JsonNode hits) {
        List<Map<String, List<Object>>> rows = new ArrayList<>();
        for (JsonNode hit : hits.path("hits")) {
            Map<String, List<Object>> row = new LinkedHashMap<>();
            hit.path("fields").properties().forEach(field -> {
                List<Object> values = new ArrayList<>();
                field.getValue().forEach(value -> values.add(value.isNumber() ? value.numberValue() : value.asText()));
                row.put(field.getKey(), values);
            });
            rows.add(row);
        }
        return new Result.Rows(rows, hits.path("total").path("value").asLong());
    }

    private Result figures(Content.Figures figures, Range range, JsonNode response) {
        JsonNode all = response.path("aggregations");
        long documents = response.path("hits").path("total").path("value").asLong();
        Map<String, Double> totals = all.isMissingNode() ? Map.of() : values(all, documents);
        List<Result.Group> groups = PanelQuery.grouping(figures)
                .map(breakdown -> groups(breakdown, all, documents))
                .orElse(List.of());
        return new Result.Figures(
                totals, groups, contested(all.path("contested")), times, times.isEmpty() ? null : range.step());
    }

    private List<Result.Group> groups(Breakdown breakdown, JsonNode all, long documents) {
        return switch (breakdown) {
            case Breakdown.Place place -> byPlace(all);
            case Breakdown.Terms terms -> byTerms(terms, all, documents);
            case Breakdown.Time time -> List.of();
        };
    }

    private List<Result.Group> byPlace(JsonNode all) {
        Map<String, JsonNode> states = new HashMap<>();
        all.path("state")
                .path("buckets")
                .forEach(bucket -> states.put(bucket.path("key").asText(), bucket));
        List<Result.Group> groups = new ArrayList<>();
        for (JsonNode bucket : all.path("country").path("country").path("buckets")) {
            groups.add(group(bucket.path("key").asText(), Breakdown.Place.AGREED, bucket));
        }
        JsonNode agreed = states.get(Breakdown.Place.AGREED);
        if (agreed != null) {
            addRest(groups, "other agreed", group(Breakdown.Place.AGREED, "other", agreed));
        }
        for (String state : Breakdown.Place.DOUBTFUL) {
            JsonNode bucket = states.get(state);
            if (bucket != null) {
                groups.add(group(state, state, bucket));
            }
        }
        return groups;
    }

    private List<Result.Group> byTerms(Breakdown.Terms terms, JsonNode all, long documents) {
        List<Result.Group> found = new ArrayList<>();
        collect(all.path("group"), List.of(), terms, found);
        found.sort(Comparator.comparing(this::size).reversed());
        List<Result.Group> groups = new ArrayList<>();
        found.stream()
                .filter(group -> group.kind().equals("named"))
                .limit(terms.size())
                .forEach(groups::add);
        List<Result.Group> missing =
                found.stream().filter(group -> group.kind().equals("missing")).toList();
        if (all.isObject()) {
            List<Result.Group> counted = new ArrayList<>(groups);
            counted.addAll(missing);
            int before = counted.size();
            addRest(counted, "other", new Result.Group("", "other", values(all, documents), series(all)));
            groups.addAll(counted.subList(before, counted.size()));
        }
        groups.addAll(missing);
        return groups;
    }

    private double size(Result.Group group) {
        return group.values().getOrDefault(measures.getFirst().id(), 0.0);
    }

    /** Walks the tree of terms to its leaves; a leaf's name is the values on the way to it. */
    private void collect(JsonNode level, List<String> above, Breakdown.Terms terms, List<Result.Group> found) {
        for (JsonNode bucket : level.path("buckets")) {
            List<String> path = new ArrayList<>(above);
            path.add(bucket.path("key").asText());
            if (bucket.has("group")) {
                collect(bucket.path("group"), path, terms, found);
                continue;
            }
            List<String> values = path.stream()
                    .filter(value -> !value.equals(PanelQuery.MISSING) && !value.isBlank())
                    .distinct()
                    .toList();
            found.add(
                    values.isEmpty()
                            ? group(terms.missing(), "missing", bucket)
                            : group(String.join(" · ", values), "named", bucket));
        }
    }

    private List<Result.Contested> contested(JsonNode contested) {
        List<Result.Contested> countries = new ArrayList<>();
        for (JsonNode bucket : contested.path("country").path("buckets")) {
            String country = bucket.path("key").asText();
            TreeSet<String> with = new TreeSet<>();
            bucket.path("with")
                    .path("buckets")
                    .forEach(other -> with.add(other.path("key").asText()));
            with.remove(country);
            countries.add(new Result.Contested(country, List.copyOf(with), values(bucket)));
        }
        return countries;
    }

    private Result.Group group(String name, String kind, JsonNode bucket) {
        return new Result.Group(name, kind, values(bucket), series(bucket));
    }

    /** Adds what the groups leave of the whole, in those measures that can be subtracted; nothing if nothing is left. */
    private void addRest(List<Result.Group> groups, String name, Result.Group whole) {
        Map<String, Double> values = new HashMap<>();
        for (Measure measure : measures) {
            if (measure instanceof Measure.Sum || measure instanceof Measure.Count) {
                double named = groups.stream()
                        .mapToDouble(group -> group.values().getOrDefault(measure.id(), 0.0))
                        .sum();
                values.put(measure.id(), whole.values().getOrDefault(measure.id(), 0.0) - named);
            }
        }
        List<Double> series = new ArrayList<>(whole.series());
        for (Result.Group group : groups) {
            for (int i = 0; i < series.size(); i++) {
                series.set(i, series.get(i) - group.series().get(i));
            }
        }
        if (values.values().stream().anyMatch(value -> value > 0)) {
            groups.add(new Result.Group(name, "other", values, series));
        }
    }

    private Map<String, Double> values(JsonNode bucket) {
        return values(bucket, bucket.path("doc_count").asLong());
    }

    private Map<String, Double> values(JsonNode bucket, long documents) {
        Map<String, Double> values = new HashMap<>();
        for (Measure measure : measures) {
            Double value = value(measure, bucket, documents);
            if (!value.isNaN()) {
                values.put(measure.id(), value);
            }
        }
        return values;
    }

    private static double value(Measure measure, JsonNode bucket, long documents) {
        return switch (measure) {
            case Measure.Count count -> documents;
            case Measure.Sum sum -> bucket.path(sum.id()).path("value").asDouble();
            case Measure.Unique unique -> bucket.path(unique.id()).path("value").asDouble();
            case Measure.Share share -> {
                double whole = bucket.path(share.id() + "-whole").path("value").asDouble();
                double parts = 0;
                for (int i = 0; i < share.parts().size(); i++) {
                    parts += bucket.path(share.id() + "-parts")
                            .path(Integer.toString(i))
                            .path("value")
                            .asDouble();
                }
                // Zero of zero is no figure.
                yield whole == 0 ? Double.NaN : parts / whole;
            }
        };
    }

    private List<Double> series(JsonNode bucket) {
        if (times.isEmpty()) {
            return List.of();
        }
        Map<Instant, Double> found = new HashMap<>();
        for (JsonNode interval : bucket.path("time").path("buckets")) {
            double value = value(
                    measures.getFirst(), interval, interval.path("doc_count").asLong());
            found.put(PanelQuery.instant(interval.path("key").asDouble()), value);
        }
        return times.stream()
                .map(time -> Objects.requireNonNull(found.getOrDefault(time, 0.0)))
                .toList();
    }
}
