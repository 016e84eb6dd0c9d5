package observatory.dashboards.search;

import com.fasterxml.jackson.databind.JsonNode;

/** Runs a search. A contract of one method, so that the rules around it need no Elasticsearch. */
@FunctionalInterface
public interface Searcher {
    /**
     * @param indices index names and patterns joined by commas; those that do not exist count as empty
     * @param body the body of a search request
     * @return the response, with {@code hits} and, where asked for, {@code aggregations}
     * @throws observatory.jobs.elastic.ElasticException if no answer could be had
     */
    JsonNode search(String indices, JsonNode body);
}
