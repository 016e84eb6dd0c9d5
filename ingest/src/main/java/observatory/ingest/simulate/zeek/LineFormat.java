package observatory.ingest.simulate.zeek;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How lines look in a file. Every text the simulator writes is plain ASCII without quotes, tabs or commas, so nothing
 * has to be escaped; {@link #plain} insists.
 */
enum LineFormat {
    /** Tab-separated with a header. */
    TSV {
        @Override
        String header(LogKind kind, long opened, String remark) {
            StringBuilder fields = new StringBuilder();
            StringBuilder types = new StringBuilder();
            for (Column column : kind.columns()) {
                fields.append('\t').append(column.name());
                types.append('\t').append(column.type().label());
            }
            return "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t" + kind.path()
                    + "\n#simulated\t" + remark + "\n#open\t" + stamp(opened) + "\n#fields" + fields + "\n#types"
                    + types
                    + "\n";
        }

        @Override
        String footer(long closed) {
            return "#close\t" + stamp(closed) + "\n";
        }

        @Override
        void append(StringBuilder out, Line line) {
            for (int i = 0; i < line.values().size(); i++) {
                if (i > 0) {
                    out.append('\t');
                }
                Object value = line.values().get(i);
                if (value == null) {
                    out.append('-');
                } else {
                    cell(out, line.kind().columns().get(i).type(), value);
                }
            }
            out.append('\n');
        }

        private static void cell(StringBuilder out, Column.Type type, Object value) {
            if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    out.append(i > 0 ? "," : "");
                    scalar(out, list.get(i), type == Column.Type.INTERVALS);
                }
                out.append(list.isEmpty() ? "(empty)" : "");
            } else if (value instanceof Boolean truth) {
                out.append(truth ? 'T' : 'F');
            } else {
                scalar(out, value, isTime(type));
            }
        }

        private static void scalar(StringBuilder out, Object value, boolean time) {
            if (time) {
                seconds(out, (Long) value);
            } else {
                out.append(plain(value));
            }
        }
    },
    /** One JSON object a line; unset columns are left out. */
    JSON {
        @Override
        String header(LogKind kind, long opened, String remark) {
            return "";
        }

        @Override
        String footer(long closed) {
            return "";
        }

        @Override
        void append(StringBuilder out, Line line) {
            char before = '{';
            for (int i = 0; i < line.values().size(); i++) {
                Object value = line.values().get(i);
                if (value != null) {
                    Column column = line.kind().columns().get(i);
                    out.append(before).append('"').append(column.name()).append("\":");
                    cell(out, column.type(), value);
                    before = ',';
                }
            }
            out.append("}\n");
        }

        private static void cell(StringBuilder out, Column.Type type, Object value) {
            if (value instanceof List<?> list) {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    out.append(i > 0 ? "," : "");
                    scalar(out, list.get(i), type == Column.Type.INTERVALS);
                }
                out.append(']');
            } else {
                scalar(out, value, isTime(type));
            }
        }

        private static void scalar(StringBuilder out, Object value, boolean time) {
            if (time) {
                seconds(out, (Long) value);
            } else if (value instanceof String text) {
                out.append('"').append(plain(text)).append('"');
            } else {
                out.append(value);
            }
        }
    };

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final long SECOND = 1_000_000;

    /** What comes before the first line of a file. */
    abstract String header(LogKind kind, long opened, String remark);

    /** What comes after the last. */
    abstract String footer(long closed);

    /** Appends a line with its line feed. */
    abstract void append(StringBuilder out, Line line);

    static boolean isTime(Column.Type type) {
        return type == Column.Type.TIME || type == Column.Type.INTERVAL;
    }

    /** Microseconds as seconds with six decimals. */
    static void seconds(StringBuilder out, long micros) {
        out.append(micros / SECOND).append('.');
        long fraction = micros % SECOND;
        for (long digit = SECOND / 10; digit > fraction && digit > 1; digit /= 10) {
            out.append('0');
        }
        out.append(fraction);
    }

    static String stamp(long micros) {
        return STAMP.format(Instant.ofEpochSecond(micros / SECOND));
    }

    private static Object plain(@Nullable Object value) {
        if (value instanceof String text) {
            for (int i = 0; i < text.length(); i++) {
                char letter = text.charAt(i);
                if (letter < ' ' || letter > '~' || letter == '"' || letter == '\\' || letter == ',') {
                    throw new IllegalArgumentException("not plain: " + text);
                }
            }
            return text;
        }
        return String.valueOf(value);
    }
}
