package observatory.dashboards.panel;

/**
 * The family of indices that a panel reads, and the fields by which the page's filters narrow it.
 *
 * <p>The contract of each is the template of the same name in the package {@code observatory.jobs.elastic}.
 */
public enum Source {
    /** Device x endpoint x service x place x five minutes. */
    ROLLUPS("observatory-rollups-*", "@timestamp", "@timestamp"),
    /** One attributed flow each; kept for less time than the rollups. */
    FLOWS("observatory-flows-*", "@timestamp", "@timestamp"),
    /** An endpoint per scope; dated by when the scope first saw it. */
    ENDPOINTS("observatory-endpoints", "observatory.first_seen", "observatory.first_seen"),
    /** A finding with the interval in which it was seen. */
    FINDINGS("observatory-findings", "event.start", "event.end"),
    /** What a sensor, exporter or resolver delivered, by minute. */
    COVERAGE("observatory-coverage-*", "@timestamp", "@timestamp");

    private final String pattern;
    private final String startField;
    private final String endField;

    Source(String pattern, String startField, String endField) {
        this.pattern = pattern;
        this.startField = startField;
        this.endField = endField;
    }

    /** The index pattern, as Elasticsearch and a Kibana data view take it. */
    public String pattern() {
        return pattern;
    }

    /** The date field by which a document is placed in time; the time field of the data view. */
    public String timeField() {
        return startField;
    }

    /** The date field at which the document's interval ends; the time field again when it is a moment. */
    public String endField() {
        return endField;
    }

    /** The keyword field with the site; every source has it. */
    public String siteField() {
        return "observatory.site";
    }

    /** The keyword field with the device's pseudonym. */
    public String deviceField() {
        return "device.id";
    }

    /** Whether documents tell devices apart: a sensor's ledger does not. */
    public boolean hasDevice() {
        return this != COVERAGE;
    }
}
