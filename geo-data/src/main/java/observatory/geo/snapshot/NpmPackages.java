package observatory.geo.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The data packages that npm has installed, with the integrity hashes it checked them against. */
final class NpmPackages {
    /** {@code 2.3.2026061719}: the last number is a day and an hour. */
    private static final Pattern DATED = Pattern.compile("(20[0-9]{2})([01][0-9])([0-3][0-9])[0-9]{2}$");

    private final Path folder;
    private final Map<String, String> installed;

    private NpmPackages(Path folder, Map<String, String> installed) {
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
        return new NpmPackages(folder, texts(folder.resolve(".package-lock.json")));
    }

    Optional<Installed> find(String name) {
        Path at = folder.resolve(name);
        String version = texts(at.resolve("package.json")).get("/version");
        if (version == null) {
            return Optional.empty();
        }
        String integrity = installed.get("/packages/node_modules/" + name + "/integrity");
        return Optional.of(new Installed(at, version, integrity == null ? version : integrity));
    }

    /** All texts of a JSON file by the path of their keys; none when the file is absent or damaged. */
    private static Map<String, String> texts(Path file) {
        Map<String, String> texts = new HashMap<>();
        if (!Files.isRegularFile(file)) {
            return texts;
        }
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            Deque<String> paths = new ArrayDeque<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                String path = paths.isEmpty() ? "" : paths.peek() + "/" + json.currentName();
                if (token.isStructStart()) {
                    paths.push(path);
                } else if (token.isStructEnd()) {
                    paths.pop();
                } else if (token == JsonToken.VALUE_STRING) {
                    texts.put(path, json.getText());
                }
            }
        } catch (IOException damaged) {
            texts.clear();
        }
        return texts;
    }
}
