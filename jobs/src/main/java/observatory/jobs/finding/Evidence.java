package observatory.jobs.finding;

import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.coverage.Tally;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;

/**
 * What points to a document that a finding rests on: a rollup, or the ledger of a minute. The id of the document is
 * worked out where documents are written, since only there devices have their pseudonyms.
 *
 * @param kind which document
 * @param subject a rollup's device key; a ledger's sensor
 * @param key a rollup's {@link Destination#key()}; a ledger's observer type
 * @param millis a rollup's window; a ledger's minute
 */
public record Evidence(Kind kind, String subject, String key, long millis) {
    /** More documents are not named by one finding: what repeats a thousand times is told by ten. */
    public static final int LIMIT = 10;

    /** Which document. */
    public enum Kind {
        ROLLUP,
        COVERAGE
    }

    /** The rollup itself. */
    public static Evidence of(Rollup rollup) {
        return new Evidence(
                Kind.ROLLUP, rollup.device().key(), rollup.destination().key(), rollup.windowMillis());
    }

    /** The rollup that holds a flow. */
    public static Evidence of(AttributedFlow flow) {
        return ofFlow(
                flow.named().device().key(),
                Destination.of(flow.destination()),
                flow.named().endMillis());
    }

    /** The rollup that holds a flow of a device, told by its destination and end. */
    public static Evidence ofFlow(String deviceKey, Destination destination, long endMillis) {
        return new Evidence(Kind.ROLLUP, deviceKey, destination.key(), Rollup.windowOf(endMillis));
    }

    /** The ledger of a sensor and minute. */
    public static Evidence of(Tally tally) {
        return new Evidence(Kind.COVERAGE, tally.sensor(), tally.observerType(), tally.minuteMillis());
    }
}
