package observatory.ingest.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts one line of CSV (RFC 4180, without line breaks in fields) into its fields. Separated by comma, semicolon or tab;
 * a field may be quoted, with quotes in it doubled. Used again for every line.
 */
final class CsvLine {
    /** Columns read; more are counted and not held: stops a line of a million commas. */
    static final int COLUMN_LIMIT = 256;

    private byte[] bytes = new byte[0];
    private final int[] starts = new int[COLUMN_LIMIT];
    private final int[] ends = new int[COLUMN_LIMIT];
    private int columns;

    /** Reads {@code bytes[from, to)} and returns how many columns it has, those beyond the bound included. */
    int read(byte[] line, int from, int to, byte separator) {
        bytes = line;
        columns = 0;
        int start = from;
        boolean isQuoted = false;
        for (int i = from; i <= to; i++) {
            if (i < to && line[i] == '"') {
                isQuoted = !isQuoted;
            } else if (i == to || (line[i] == separator && !isQuoted)) {
                if (columns < COLUMN_LIMIT) {
                    starts[columns] = start;
                    ends[columns] = i;
                }
                columns++;
                start = i + 1;
            }
        }
        return columns;
    }

    int columns() {
        return columns;
    }

    /** The text of a column without quotes and the spaces around; empty when the line has no such column. */
    String text(int column) {
        if (column < 0 || column >= Math.min(columns, COLUMN_LIMIT)) {
            return "";
        }
        int from = starts[column];
        int to = ends[column];
        String text = new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8).strip();
        boolean isQuoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"").strip()
                : text;
    }

    /** The separator that a header line most likely means. */
    static byte separatorOf(byte[] header, int from, int to) {
        byte best = ',';
        int most = -1;
        for (byte candidate : new byte[] {',', ';', '\t'}) {
            int count = 0;
            for (int i = from; i < to; i++) {
                count += header[i] == candidate ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }
}
