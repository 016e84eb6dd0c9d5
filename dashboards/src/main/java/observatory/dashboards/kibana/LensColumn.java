package observatory.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import observatory.dashboards.panel.Match;
import observatory.dashboards.panel.Measure;
import observatory.dashboards.panel.Unit;

/**
 * One column of a Lens layer: a bucket that groups, or a metric.
 *
 * @param id unique in its layer; ends in {@code X} and a number if the column only serves a formula
 * @param json the column as Lens stores it
 */
record LensColumn(String id, ObjectNode json) {

    boolean isBucket() {
        return json.get("isBucketed").asBoolean();
    }

    boolean isShown() {
        return !id.matches(".*X\\d+");
    }

    /** Intervals of time, as wide as Kibana chooses. */
    static LensColumn time(String id, String label, String field) {
        ObjectNode column =
                column(label, "date", "date_histogram", true, "interval").put("sourceField", field);
        column.set(
                "params",
                Json.object()
                        .put("interval", "auto")
                        .put("includeEmptyRows", true)
                        .put("dropPartials", false));
        return new LensColumn(id, column);
    }

    /**
     * The values of keyword fields, those with the largest {@code orderBy} first.
     *
     * @param fields with more than one, a group is a combination of values
     * @param orderBy the metric that orders; one that is a formula cannot, then the values are in alphabetical order
     * @param withMissing whether documents without a value are a group of their own
     */
    static LensColumn terms(
            String id, String label, List<String> fields, int size, LensColumn orderBy, boolean withMissing) {
        ObjectNode params = Json.object();
        if (fields.size() > 1) {
            params.set("secondaryFields", Json.array(fields.subList(1, fields.size())));
        }
        boolean alphabetical = orderBy.json().get("operationType").asText().equals("formula");
        params.put("size", size)
                .set(
                        "orderBy",
                        alphabetical
                                ? Json.object().put("type", "alphabetical").put("fallback", false)
                                : Json.object().put("type", "column").put("columnId", orderBy.id()));
        params.put("orderDirection", alphabetical ? "asc" : "desc")
                .put("otherBucket", !alphabetical)
                .put("missingBucket", withMissing)
                .set("parentFormat", Json.object().put("id", fields.size() > 1 ? "multi_terms" : "terms"));
        params.set("include", Json.array(List.of()));
        params.set("exclude", Json.array(List.of()));
        params.put("includeIsRegex", false).put("excludeIsRegex", false);
        ObjectNode column = column(label, "string", "terms", true, "ordinal").put("sourceField", fields.get(0));
        column.set("params", params);
        return new LensColumn(id, column);
    }

    /** The columns that compute a measure; the first is the one to show, any others serve it. */
    static List<LensColumn> measure(Measure measure) {
        String id = measure.id();
        return switch (measure) {
            case Measure.Count count ->
                List.of(plain(id, count.label(), "count", "___records___", Unit.COUNT, List.of()));
            case Measure.Sum sum -> List.of(plain(id, sum.label(), "sum", sum.field(), sum.unit(), List.of()));
            case Measure.Unique unique ->
                List.of(plain(id, unique.label(), "unique_count", unique.field(), Unit.COUNT, List.of()));
            case Measure.Share share -> share(share);
        };
    }

    private static LensColumn plain(
            String id, String label, String operation, String field, Unit unit, List<Match> where) {
        ObjectNode params = Json.object().put("emptyAsNull", true);
        params.set("format", format(unit));
        ObjectNode column = column(label, "number", operation, false, "ratio").put("sourceField", field);
        column.set("params", params);
        return new LensColumn(id, filtered(column, where));
    }

    /**
     * A formula, with the generated columns that it is computed from. A new Kibana makes them again from the text; an
     * older one only reads them.
     */
    private static List<LensColumn> share(Measure.Share share) {
        List<LensColumn> generated = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        for (String part : share.parts()) {
            generated.add(new LensColumn(
                    share.id() + "X" + generated.size(), filtered(part(share.label(), part), share.where())));
            calls.add("sum(" + part + kqlArgument(share.where()) + ")");
        }
        LensColumn whole = new LensColumn(share.id() + "X" + generated.size(), part(share.label(), share.whole()));
        String sum = String.join(" + ", calls);
        String text = (calls.size() > 1 ? "(" + sum + ")" : sum) + " / sum(" + share.whole() + ")";
        generated.add(whole);
        LensColumn math = new LensColumn(share.id() + "X" + generated.size(), division(share.label(), text, generated));
        List<LensColumn> columns = new ArrayList<>(List.of(formula(share, text, math.id())));
        columns.addAll(generated);
        columns.add(math);
        return columns;
    }

    private static LensColumn formula(Measure.Share share, String text, String mathId) {
        ObjectNode params = Json.object().put("formula", text).put("isFormulaBroken", false);
        params.set("format", format(share.unit()));
        ObjectNode formula = column(share.label(), "number", "formula", false, "ratio");
        formula.set("params", params);
        formula.set("references", Json.array(List.of(mathId)));
        return new LensColumn(share.id(), formula);
    }

    /** The last of the operands divides the sum of the others. */
    private static ObjectNode division(String label, String text, List<LensColumn> operands) {
        List<String> ids = operands.stream().map(LensColumn::id).toList();
        ObjectNode tree = function("divide", text);
        if (ids.size() == 2) {
            tree.set("args", Json.array(ids));
        } else {
            ObjectNode sum = function("add", text.substring(1, text.indexOf(") / ")));
            sum.set("args", Json.array(ids.subList(0, ids.size() - 1)));
            tree.putArray("args").add(sum).add(ids.get(ids.size() - 1));
        }
        ObjectNode math = column("Part of " + label, "number", "math", false, "ratio");
        math.set("params", Json.object().set("tinymathAst", tree));
        math.set("references", Json.array(ids));
        return math;
    }

    private static ObjectNode function(String name, String text) {
        ObjectNode function = Json.object().put("type", "function").put("name", name);
        function.set("location", Json.object().put("min", 0).put("max", text.length()));
        return function.put("text", text);
    }

    private static ObjectNode part(String label, String field) {
        ObjectNode column =
                column("Part of " + label, "number", "sum", false, "ratio").put("sourceField", field);
        column.set("params", Json.object().put("emptyAsNull", false));
        return column;
    }

    private static ObjectNode column(String label, String dataType, String operation, boolean bucket, String scale) {
        return Json.object()
                .put("label", label)
                .put("customLabel", true)
                .put("dataType", dataType)
                .put("operationType", operation)
                .put("isBucketed", bucket)
                .put("scale", scale);
    }

    private static ObjectNode format(Unit unit) {
        ObjectNode params = Json.object().put("decimals", unit == Unit.COUNT ? 0 : 1);
        String id = switch (unit) {
            case COUNT -> "number";
            case BYTES -> "bytes";
            case SHARE -> "percent";
        };
        return Json.object().put("id", id).set("params", params);
    }

    private static ObjectNode filtered(ObjectNode column, List<Match> where) {
        if (!where.isEmpty()) {
            column.set("filter", Json.object().put("query", Kql.of(where)).put("language", "kuery"));
        }
        return column;
    }

    private static String kqlArgument(List<Match> where) {
        return where.isEmpty() ? "" : ", kql='" + Kql.of(where).replace("'", "\\'") + "'";
    }
}
