package observatory.dashboards.search;

/**
 * The answer to a panel's question, and the share of the input that it was built from.
 *
 * @param panel id of the panel
 */
public record Answer(String panel, Range range, Coverage coverage, Result result) {}
