package observatory.dashboards.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import observatory.ingest.decode.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a format as people write it: {@code zeek-tsv}. */
final class FormatName implements ITypeConverter<Format> {
    @Override
    public Format convert(String value) {
        String name = value.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(Format.values())
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + value + "' is no format; there are " + String.join(", ", new Names())));
    }

    /** The name of a format on the command line. */
    static String of(Format format) {
        return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All names, for help texts. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Format.values()).map(FormatName::of).iterator();
        }
    }
}
