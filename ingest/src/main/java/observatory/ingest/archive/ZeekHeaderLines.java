package observatory.ingest.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code #} lines in force at some place of a tab-separated Zeek log: the last of each kind since the last
 * {@code #separator}, which begins a new header (logs that were concatenated).
 */
public final class ZeekHeaderLines {
    private static final String[] DIRECTIVES = {
        "#separator", "#set_separator", "#empty_field", "#unset_field", "#path", "#fields"
    };

    private final Map<String, byte[]> lines = new LinkedHashMap<>();
    private byte[] bytes = new byte[0];

    /** Takes note of a line that starts with {@code #}; those without meaning for decoding are ignored. */
    public void add(byte[] line) {
        for (String directive : DIRECTIVES) {
            if (isDirective(line, directive)) {
                if (directive.equals("#separator")) {
                    lines.clear();
                }
                lines.put(directive, line);
                bytes = joined();
            }
        }
    }

    /** The lines with their line ends. The array is the same as long as no line was added; nobody changes it. */
    public byte[] bytes() {
        return bytes;
    }

    private byte[] joined() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        lines.values().forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static boolean isDirective(byte[] line, String directive) {
        int length = directive.length();
        // What follows the word is the separator, whichever that is; #path is not #paths.
        return line.length > length
                && Arrays.equals(line, 0, length, directive.getBytes(StandardCharsets.US_ASCII), 0, length)
                && !Character.isLetterOrDigit(line[length])
                && line[length] != '_';
    }
}
