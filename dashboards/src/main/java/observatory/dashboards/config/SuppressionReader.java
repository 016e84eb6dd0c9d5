package observatory.dashboards.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import observatory.jobs.finding.Suppression;
import observatory.jobs.finding.Suppressions;

/** Reads and checks a list of suppressions, {@code suppressions.yaml}. */
public final class SuppressionReader {
    private SuppressionReader() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException for a file that is missing or has faults
     */
    public static Suppressions read(Path path) {
        Section root = Section.read(path, Schema.named(Schema.SUPPRESSIONS), "docker/suppressions.yaml");
        List<Suppression> list = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section section : root.sections("suppressions")) {
            if (!ids.add(section.required("id"))) {
                throw section.fault("id", "two suppressions are called '" + section.required("id") + "'");
            }
            list.add(suppression(section));
        }
        return new Suppressions(list);
    }

    private static Suppression suppression(Section section) {
        try {
            return new Suppression(
                    section.required("id"),
                    section.required("owner"),
                    section.required("reason"),
                    section.day("expires").orElseThrow().toEpochMilli(),
                    section.text("endpoint").orElse(null),
                    section.text("device").orElse(null),
                    section.text("cohort").orElse(null),
                    section.text("kind").orElse(null));
        } catch (IllegalArgumentException e) {
            throw section.fault("id", String.valueOf(e.getMessage()));
        }
    }
}
