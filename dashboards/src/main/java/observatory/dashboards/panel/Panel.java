package observatory.dashboards.panel;

import java.util.List;

/**
 * One question, asked once: enough to query Elasticsearch, to draw the console's chart and to write a Kibana panel.
 *
 * @param id names the panel in addresses and saved objects: lower-case words joined by hyphens
 * @param title a heading of a few words
 * @param question what the panel answers, as a sentence with a question mark
 * @param help the words a reader may not know, explained in a sentence or two
 * @param source the indices it reads
 * @param where conditions that belong to the question; all of them hold
 * @param chart how it is drawn
 * @param content what is computed or listed
 */
public record Panel(
        String id,
        String title,
        String question,
        String help,
        Source source,
        List<Match> where,
        Chart chart,
        Content content) {
    public Panel {
        where = List.copyOf(where);
        if (!id.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("panel id '" + id + "' is not lower-case words joined by hyphens");
        }
    }
}
