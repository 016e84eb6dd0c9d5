package observatory.jobs.attribute;

import observatory.ingest.decode.Rejection;

/**
 * A rejection and when it is filed: a record that cannot be read tells no time, so it is that of the record before it.
 *
 * @param rejection what was rejected and why
 * @param millis milliseconds since 1970
 */
public record TimedRejection(Rejection rejection, long millis) {}
