package observatory.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One record that could not be used, and why.
 *
 * @param sensor exporter, sensor or resolver it came from
 * @param source file path or peer address
 * @param line line number from 1; 0 where the input has no lines
 * @param offset position of the record's first byte in the (uncompressed) source
 * @param reason the class of the fault, for counting
 * @param detail what was found and what was wanted, in one sentence
 * @param sample the first bytes of the record as text, at most {@link #SAMPLE_LIMIT} characters, unprintable bytes escaped
 */
public record Rejection(
        String sensor, String source, long line, long offset, Reason reason, String detail, String sample) {

    /** A sample never grows beyond this, so that a 1 GB line cannot fill the index. */
    public static final int SAMPLE_LIMIT = 200;

    /** The first bytes of a record as text that is safe to print: control characters escaped, bounded in length. */
    public static String sample(byte[] record) {
        int length = Math.min(record.length, SAMPLE_LIMIT);
        String text = new String(record, 0, length, StandardCharsets.UTF_8);
        StringBuilder safe = new StringBuilder(length);
        for (int i = 0; i < text.length() && safe.length() < SAMPLE_LIMIT; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                safe.append(String.format("\\x%02x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.length() > SAMPLE_LIMIT ? safe.substring(0, SAMPLE_LIMIT) : safe.toString();
    }

    /** Why a record was rejected. The set is closed; counters and dashboards are built from it. */
    public enum Reason {
        /** Not the syntax of the format: broken JSON, wrong column count, no header. */
        MALFORMED,
        /** A value that cannot be what its field says: an address that is none, a time that is no number. */
        BAD_VALUE,
        /** A field without which the record means nothing is absent. */
        MISSING_FIELD,
        /**
         * Well-formed, of a kind that Observatory makes no use of. The detail is the observer type and the kind:
         * {@code suricata fileinfo}, {@code zeek weird}.
         */
        UNUSED_KIND,
        /** Longer than the bound on one record. */
        TOO_LONG,
        /** The file ends in the middle of a record, or its compression is broken. */
        TRUNCATED,
        /** A data set whose template did not arrive in time. One rejection a set; the detail says how many bytes. */
        NO_TEMPLATE,
        /** A datagram of a protocol or version that nobody here reads. */
        UNSUPPORTED_VERSION,
        /** More than a named bound allows, such as templates of one exporter; the detail names the bound. */
        BOUND_EXCEEDED,
        /** Elasticsearch refused the document made from it, finally. */
        REFUSED;

        /** The name used in counters, documents and {@code --summary}: {@code bad-value}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
