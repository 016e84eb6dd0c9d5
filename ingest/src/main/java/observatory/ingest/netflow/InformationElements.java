package observatory.ingest.netflow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements we read, from {@code information-elements.csv}. */
final class InformationElements {
    /** Stands for the enterprise of NetFlow v9 scope fields, which have numbers of their own; no enterprise has it. */
    static final long V9_SCOPE = 0xffff_ffffL;

    private static final String RESOURCE = "information-elements.csv";
    private static final Map<Long, Use> USES = read();

    private InformationElements() {}

    /** The name of an element of an enterprise; 16 bits are enough for every id. */
    static long key(long enterprise, int id) {
        return enterprise << 16 | id;
    }

    /** What we make of the element with this {@link #key}; null for nothing. */
    static @Nullable Use use(long key) {
        return USES.get(key);
    }

    private static Map<Long, Use> read() {
        InputStream resource = InformationElements.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException(RESOURCE + " is missing beside its class; build the module again");
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            Map<Long, Use> uses = new HashMap<>();
            List<String> rows = lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("enterprise,"))
                    .toList();
            for (String row : rows) {
                String[] columns = row.split(",", -1);
                if (!columns[3].isEmpty()) {
                    long enterprise = columns[0].equals("v9-scope") ? V9_SCOPE : Long.parseLong(columns[0]);
                    uses.put(key(enterprise, Integer.parseInt(columns[1])), Use.named(columns[3]));
                }
            }
            return uses;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
