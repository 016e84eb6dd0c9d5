package observatory.geo.update;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import observatory.geo.place.RangeFeed;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the files in which cloud providers publish their address blocks, from their addresses or from files, checks that
 * they are what they should be, and puts them in the place of the former ones.
 */
public final class RangesUpdate {
    /** Where providers publish. Azure's address changes every week and has to be given. */
    public static final Map<String, String> FEEDS = Map.of(
            "aws", "https://ip-ranges.amazonaws.com/ip-ranges.json",
            "gcp", "https://www.gstatic.com/ipranges/cloud.json",
            "oracle", "https://docs.oracle.com/en-us/iaas/tools/public_ip_ranges.json");

    /** The providers whose files are understood. */
    public static final List<String> PROVIDERS = List.of("aws", "azure", "gcp", "oracle");

    /** The largest, Azure's, has about 5 MB. */
    private static final long LARGEST = 64L << 20;

    private static final Pattern DAY = Pattern.compile("20[0-9]{6}");

    private final Download download = new Download();
    private final Path folder;

    /** @param folder where the files go; made when missing */
    public RangesUpdate(Path folder) {
        this.folder = folder;
    }

    /**
     * Fetches each; a failure of one does not keep the others.
     *
     * @param feeds provider to URL or path of a file
     */
    public List<Updated> run(Map<String, String> feeds) throws InterruptedException {
        List<Updated> done = new ArrayList<>();
        for (Map.Entry<String, String> feed : new TreeMap<>(feeds).entrySet()) {
            try {
                done.add(run(feed.getKey(), feed.getValue()));
            } catch (IOException failed) {
                done.add(Updated.failed(feed.getKey(), failed));
            }
        }
        return done;
    }

    private Updated run(String provider, String from) throws IOException, InterruptedException {
        if (!PROVIDERS.contains(provider)) {
            throw new IOException("no provider whose ranges are understood; known are " + String.join(", ", PROVIDERS));
        }
        // Azure tells the day of its file by its name alone.
        Matcher day = DAY.matcher(from.substring(from.lastIndexOf('/') + 1));
        Path file = folder.resolve(provider + (day.find() ? "-" + day.group() : "") + ".json");
        Path temporary = Replacing.temporary(folder);
        try {
            Optional<Instant> changed = fetch(from, Replacing.timeOf(file), temporary);
            if (changed.isEmpty()) {
                return new Updated(provider, Updated.Outcome.UNCHANGED, "nothing newer than what is here");
            }
            RangeFeed read = read(provider, from, temporary);
            if (Files.isRegularFile(file) && Files.mismatch(file, temporary) < 0) {
                return new Updated(provider, Updated.Outcome.UNCHANGED, "edition " + read.edition());
            }
            Replacing.put(temporary, file, changed.get());
            removeFormer(provider, file);
            return new Updated(
                    provider,
                    Updated.Outcome.UPDATED,
                    "edition " + read.edition() + ", " + read.blocks().size() + " blocks");
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Optional<Instant> fetch(String from, @Nullable Instant here, Path into)
            throws IOException, InterruptedException {
        if (!from.matches("https?://.*")) {
            Path file = Path.of(from);
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                throw new IOException(file + " is no file of at most " + LARGEST + " bytes");
            }
            Files.copy(file, into, StandardCopyOption.REPLACE_EXISTING);
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        }
        try {
            return download.fetch(new Download.Order(new URI(from), null, here, LARGEST), into);
        } catch (URISyntaxException notAnAddress) {
            throw new IOException("'" + from + "' is no address", notAnAddress);
        }
    }

    private static RangeFeed read(String provider, String from, Path file) throws IOException {
        RangeFeed read;
        try {
            read = RangeFeed.read(file);
        } catch (IOException unusable) {
            throw new IOException("what " + from + " gives is no range file of a known provider", unusable);
        }
        if (!read.provider().equals(provider) || read.blocks().isEmpty()) {
            throw new IOException("what " + from + " gives is the file of " + read.provider() + " with "
                    + read.blocks().size() + " blocks");
        }
        return read;
    }

    /** Another edition under another name would be read as well, and its regions with it. */
    private void removeFormer(String provider, Path current) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!file.equals(current) && name.matches(provider + "(-20[0-9]{6})?\\.json")) {
                    Files.delete(file);
                }
            }
        }
    }
}
