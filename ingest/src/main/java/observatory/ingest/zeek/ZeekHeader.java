package observatory.ingest.zeek;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code #} lines of a tab-separated log have said so far. Immutable, since a block keeps the header that was
 * in force at its start while the lines in it go on.
 *
 * <pre>
 * #separator \x09
 * #set_separator  ,
 * #empty_field    (empty)
 * #unset_field    -
 * #path   conn
 * #fields ts      uid     id.orig_h ...
 * </pre>
 *
 * @param separator between columns; one byte or more
 * @param setSeparator between the elements of a set or vector
 * @param emptyField what stands for an empty value
 * @param unsetField what stands for no value
 * @param path kind of log; null before a {@code #path}
 * @param columns the field of each column, null for those that we do not read; empty before {@code #fields}
 */
record ZeekHeader(
        byte[] separator,
        byte[] setSeparator,
        byte[] emptyField,
        byte[] unsetField,
        @Nullable String path,
        List<@Nullable ZeekField> columns) {

    /** Zeek's defaults, in force before any {@code #} line. */
    static final ZeekHeader NONE =
            new ZeekHeader(bytes("\t"), bytes(","), bytes("(empty)"), bytes("-"), null, List.of());

    /** More than any log has; a bound on what one header line can make us hold. */
    private static final int MOST_COLUMNS = 4096;

    /** The header after this line, which starts with {@code #} and has no line end. */
    ZeekHeader with(byte[] line, int start, int end) {
        String text = new String(line, start, end - start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("#separator")) {
            // The one directive that ends at a space: it says what the others end at. A new header starts with it.
            byte[] separator = unescaped(text.substring("#separator".length()).strip());
            return separator.length == 0
                    ? NONE
                    : new ZeekHeader(separator, NONE.setSeparator, NONE.emptyField, NONE.unsetField, null, List.of());
        }
        String columnSeparator = new String(separator, StandardCharsets.ISO_8859_1);
        int split = text.indexOf(columnSeparator);
        String value = split < 0 ? "" : text.substring(split + columnSeparator.length());
        return switch (split < 0 ? text : text.substring(0, split)) {
            case "#set_separator" -> new ZeekHeader(separator, unescaped(value), emptyField, unsetField, path, columns);
            case "#empty_field" -> new ZeekHeader(separator, setSeparator, unescaped(value), unsetField, path, columns);
            case "#unset_field" -> new ZeekHeader(separator, setSeparator, emptyField, unescaped(value), path, columns);
            case "#path" -> new ZeekHeader(separator, setSeparator, emptyField, unsetField, utf8(value), columns);
            case "#fields" ->
                new ZeekHeader(separator, setSeparator, emptyField, unsetField, path, columns(value, columnSeparator));
            default -> this;
        };
    }

    /** The header after all these lines. */
    ZeekHeader withAll(byte[] lines) {
        ZeekHeader header = this;
        int start = 0;
        for (int i = 0; i <= lines.length; i++) {
            if (i == lines.length || lines[i] == '\n') {
                int end = i > start && lines[i - 1] == '\r' ? i - 1 : i;
                header = end > start ? header.with(lines, start, end) : header;
                start = i + 1;
            }
        }
        return header;
    }

    private static List<@Nullable ZeekField> columns(String value, String separator) {
        List<@Nullable ZeekField> columns = new ArrayList<>();
        int start = 0;
        while (columns.size() < MOST_COLUMNS) {
            int next = value.indexOf(separator, start);
            columns.add(ZeekField.named(next < 0 ? value.substring(start) : value.substring(start, next)));
            if (next < 0) {
                break;
            }
            start = next + separator.length();
        }
        return columns;
    }

    /** Resolves {@code \x09}. */
    private static byte[] unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            boolean isEscape = text.startsWith("\\x", i)
                    && i + 4 <= text.length()
                    && Character.digit(text.charAt(i + 2), 16) >= 0
                    && Character.digit(text.charAt(i + 3), 16) >= 0;
            plain.append(isEscape ? (char) Integer.parseInt(text.substring(i + 2, i + 4), 16) : text.charAt(i));
            i += isEscape ? 4 : 1;
        }
        return bytes(plain.toString());
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String latin1) {
        return new String(bytes(latin1), StandardCharsets.UTF_8);
    }
}
