package observatory.geo.catalogue;

/**
 * Why something is concluded.
 *
 * @param statement what is concluded from what, in words an auditor understands
 * @param source data set, catalogue entry or log that says so, with its edition
 */
public record Reason(String statement, String source) {}
