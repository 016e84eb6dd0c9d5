package observatory.geo.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The data packages that npm has installed, with the integrity hashes it checked them against. */
final class NpmPackages {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code 2.3.2026061719}: the last number is a day and an hour. */
    private static final Pattern DATED = Pattern.compile("(20[0-9]{2})([01][0-9])([0-3][0-9])[0-9]{2}$");

    private final Path folder;
    private final JsonNode installed;

    private NpmPackages(Path folder, JsonNode installed) {
        this.folder = folder;
        this.installed = installed;
    }

    /**
     * An installed package.
     *
     * @param folder where its files are
     * @param version its version
     * @param integrity hash of what was unpacked; the version alone when npm left none
     */
    record Installed(Path folder, String version, String integrity) {

        /** The day in the version, for packages that are numbered by day. */
        @Nullable
        LocalDate date() {
            Matcher matcher = DATED.matcher(version);
            try {
                return matcher.find()
                        ? LocalDate.of(
                                Integer.parseInt(matcher.group(1)),
                                Integer.parseInt(matcher.group(2)),
                                Integer.parseInt(matcher.group(3)))
                        : null;
            } catch (DateTimeException noSuchDay) {
                return null;
            }
        }
    }

    static NpmPackages in(Path folder) {
        return new NpmPackages(folder, readOrEmpty(folder.resolve(".package-lock.json")));
    }

    Optional<Installed> find(String name) {
        Path at = folder.resolve(name);
        String version = readOrEmpty(at.resolve("package.json")).path("version").asText();
        if (version.isEmpty()) {
            return Optional.empty();
        }
        String integrity = installed
                .path("packages")
                .path("node_modules/" + name)
                .path("integrity")
                .asText();
        return Optional.of(new Installed(at, version, integrity.isEmpty() ? version : integrity));
    }

    private static JsonNode readOrEmpty(Path file) {
        try {
            return Files.isRegularFile(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
        } catch (IOException unreadable) {
            return JSON.createObjectNode();
        }
    }
}
