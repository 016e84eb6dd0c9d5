package observatory.ingest.simulate.internet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The tables that come with the simulator: tab-separated rows, {@code #} begins a comment. */
public final class Table {
    private Table() {}

    /**
     * The rows of a table.
     *
     * @throws IllegalStateException when the table is not part of this build
     */
    public static List<String> rows(String table) {
        try (InputStream bytes = Table.class.getResourceAsStream("/observatory/ingest/simulate/" + table)) {
            if (bytes == null) {
                throw new IllegalStateException(table + " is missing from the class path");
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(table, e);
        }
    }
}
