package observatory.dashboards.kibana;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.dashboards.panel.Content;
import observatory.dashboards.panel.Panel;
import observatory.dashboards.panel.Panels;
import observatory.dashboards.panel.Source;

/**
 * The overview as an import file for Kibana: newline-delimited JSON that 8.19 and the 9 line both read. The same panels
 * give the same bytes, and every id is fixed, so that importing again overwrites.
 *
 * @param timeFrom what the dashboard's time picker starts with, as Kibana date math or an ISO instant
 * @param timeTo likewise its end
 */
public record KibanaExport(String timeFrom, String timeTo) {
    /** Id of the overview dashboard: {@code /app/dashboards#/view/observatory-overview}. */
    public static final String OVERVIEW_ID = "observatory-overview";

    /** The overview of the last two weeks. */
    public static KibanaExport lastTwoWeeks() {
        return new KibanaExport("now-14d/d", "now");
    }

    /** Writes the import file and leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        out.write(bytes());
        out.flush();
    }

    /** Writes the import file; Kibana wants its name to end in {@code .ndjson}. */
    public void write(Path file) throws IOException {
        Files.write(file, bytes());
    }

    /** The import file. */
    public byte[] bytes() {
        StringBuilder lines = new StringBuilder();
        objects().forEach(object -> lines.append(object.line()).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    List<SavedObject> objects() {
        Dashboard overview = Overview.of(Panels.OVERVIEW, timeFrom, timeTo);
        List<SavedObject> objects = new ArrayList<>();
        Map<Source, Map<String, String>> labels = labels(Panels.OVERVIEW);
        for (Source source : Source.values()) {
            objects.add(new DataView(source).savedObject(labels.getOrDefault(source, Map.of())));
        }
        for (Tile tile : overview.tiles()) {
            if (tile.content() instanceof TileContent.Listed listed) {
                objects.add(listed.search());
            }
        }
        objects.add(overview.savedObject());
        return objects;
    }

    /** The headings that listings give to fields; a data view shows them instead of the fields' names. */
    private static Map<Source, Map<String, String>> labels(List<Panel> panels) {
        Map<Source, Map<String, String>> labels = new TreeMap<>();
        for (Panel panel : panels) {
            if (panel.content() instanceof Content.Listing listing) {
                Map<String, String> ofSource = labels.computeIfAbsent(panel.source(), source -> new LinkedHashMap<>());
                listing.columns().forEach(column -> ofSource.putIfAbsent(column.field(), column.label()));
            }
        }
        return labels;
    }
}
