package observatory.dashboards.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import observatory.jobs.document.Indices;
import org.jspecify.annotations.Nullable;

/** Asks which data sets stand behind the digests that documents carry, today's or those of another day. */
public final class DataSets {
    private static final int MOST = 10_000;

    private DataSets() {}

    /**
     * One data set.
     *
     * @param id short name, as in votes: {@code dbip}
     * @param origin npm package or file
     * @param edition its version
     * @param date day it was made; null when not known
     * @param maxAgeDays days after which figures made with it must say that it is old; 0 when not known
     * @param licence as read in the data set itself
     * @param attribution the line its licence asks for; empty when none is asked for
     */
    public record DataSet(
            String id,
            String origin,
            String edition,
            @Nullable LocalDate date,
            long maxAgeDays,
            String licence,
            String attribution) {

        /** Its date and what that means for flows of a day, in words: too old, or made after they were seen. */
        public String dateFor(LocalDate day) {
            if (date == null) {
                return "date not stated";
            }
            long age = ChronoUnit.DAYS.between(date, day);
            if (age < 0) {
                return date + " (made " + -age + " days later)";
            }
            boolean isOld = maxAgeDays > 0 && age > maxAgeDays;
            return isOld
                    ? date + " (" + age + " days old, more than the " + maxAgeDays + " it may be)"
                    : date.toString();
        }
    }

    /**
     * The data sets of each digest, by id; digests of which nothing is on record are left out.
     *
     * @throws observatory.jobs.elastic.ElasticException if no answer could be had
     */
    public static Map<String, List<DataSet>> of(Searcher searcher, Collection<String> digests) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", MOST);
        ArrayNode wanted = body.putObject("query").putObject("terms").putArray("observatory.snapshot");
        digests.forEach(wanted::add);
        for (String field : List.of("observatory.data_set.id", "observatory.data_set.origin")) {
            body.withArrayProperty("sort").addObject().putObject(field).put("unmapped_type", "keyword");
        }
        Map<String, List<DataSet>> sets = new LinkedHashMap<>();
        for (JsonNode hit : searcher.search(Indices.SNAPSHOTS, body).at("/hits/hits")) {
            JsonNode set = hit.path("_source");
            sets.computeIfAbsent(set.path("observatory.snapshot").asText(), none -> new ArrayList<>())
                    .add(dataSet(set));
        }
        return sets;
    }

    private static DataSet dataSet(JsonNode set) {
        String date = set.path("observatory.data_set.date").asText();
        return new DataSet(
                set.path("observatory.data_set.id").asText(),
                set.path("observatory.data_set.origin").asText(),
                set.path("observatory.data_set.edition").asText(),
                date.isEmpty() ? null : LocalDate.parse(date),
                set.path("observatory.data_set.max_age_days").asLong(),
                set.path("observatory.data_set.licence").asText(),
                set.path("observatory.data_set.attribution").asText());
    }
}
