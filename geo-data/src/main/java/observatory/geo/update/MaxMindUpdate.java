package observatory.geo.update;

import com.maxmind.geoip2.DatabaseReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fetches MaxMind's databases by its documented protocol: {@code /geoip/databases/EDITION/download?suffix=tar.gz} with account
 * id and licence key as HTTP basic authentication, a redirect to the file, and {@code suffix=tar.gz.sha256} for its checksum.
 * What is not newer than what is here is not fetched again.
 */
public final class MaxMindUpdate {
    /** Where MaxMind serves its databases. */
    public static final URI MAXMIND = URI.create("https://download.maxmind.com");

    /** What is fetched when nothing else is asked for; free of charge, under MaxMind's terms. */
    public static final List<String> EDITIONS = List.of("GeoLite2-Country", "GeoLite2-ASN");

    /** The largest, Enterprise, has less than half of this. */
    private static final long LARGEST = 1L << 30;

    private static final long CHECKSUM = 1_000;

    private final Download download = new Download();
    private final URI base;
    private final Credentials credentials;
    private final Path folder;

    /**
     * @param base {@link #MAXMIND}, or a mirror that speaks like it
     * @param credentials by what it knows us
     * @param folder where databases go; made when missing
     */
    public MaxMindUpdate(URI base, Credentials credentials, Path folder) {
        this.base = base;
        this.credentials = credentials;
        this.folder = folder;
    }

    /** Fetches editions, one after the other; a failure of one does not keep the others. */
    public List<Updated> run(List<String> editions) throws InterruptedException {
        List<Updated> done = new ArrayList<>();
        for (String edition : editions) {
            done.add(run(edition));
        }
        return done;
    }

    private Updated run(String edition) throws InterruptedException {
        if (!edition.matches("[A-Za-z0-9-]{3,60}")) {
            return new Updated(edition, Updated.Outcome.FAILED, "no name of an edition; one is GeoLite2-Country");
        }
        try {
            Path archive = Replacing.temporary(folder);
            Path database = Replacing.temporary(folder);
            try {
                return run(edition, archive, database);
            } finally {
                Files.deleteIfExists(archive);
                Files.deleteIfExists(database);
            }
        } catch (Download.StatusException refused) {
            return new Updated(edition, Updated.Outcome.FAILED, words(refused));
        } catch (IOException failed) {
            return Updated.failed(edition, failed);
        }
    }

    private Updated run(String edition, Path archive, Path database) throws IOException, InterruptedException {
        Path file = folder.resolve(edition + ".mmdb");
        Instant here = Replacing.timeOf(file);
        Optional<Instant> changed = download.fetch(
                new Download.Order(uri(edition, ""), credentials.authorization(), here, LARGEST), archive);
        if (changed.isEmpty() || (here != null && changed.get().equals(here))) {
            return new Updated(edition, Updated.Outcome.UNCHANGED, "nothing newer than " + day(file));
        }
        check(edition, archive);
        TarGz.unpack(archive, edition + ".mmdb", database, LARGEST);
        String edited = edition(database);
        Replacing.put(database, file, changed.get());
        return new Updated(edition, Updated.Outcome.UPDATED, edited);
    }

    private void check(String edition, Path archive) throws IOException, InterruptedException {
        Path told = Replacing.temporary(folder);
        try {
            download.fetch(
                    new Download.Order(uri(edition, ".sha256"), credentials.authorization(), null, CHECKSUM), told);
            String wanted = Files.readString(told).strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
            String found = sha256(archive);
            if (!wanted.equals(found)) {
                throw new IOException("the checksum of the archive is " + found + ", MaxMind tells " + wanted
                        + "; it was damaged under way or replaced meanwhile, try again");
            }
        } finally {
            Files.deleteIfExists(told);
        }
    }

    private URI uri(String edition, String ending) {
        return base.resolve("/geoip/databases/" + edition + "/download?suffix=tar.gz" + ending);
    }

    private static String words(Download.StatusException refused) {
        return switch (refused.status()) {
            case 401 -> "MaxMind does not know this account id with this licence key";
            case 403, 404 -> "MaxMind does not let this account have this edition, or has none of this name";
            case 429 -> "MaxMind's daily limit of downloads is reached; try again tomorrow";
            default -> String.valueOf(refused.getMessage());
        };
    }

    /** Opens the database, so that a damaged one never takes the place of a good one. */
    private static String edition(Path database) throws IOException {
        try (DatabaseReader reader = new DatabaseReader.Builder(database.toFile()).build()) {
            return reader.metadata().databaseType() + " of "
                    + LocalDate.ofInstant(reader.metadata().buildTime(), ZoneOffset.UTC);
        } catch (IOException | RuntimeException damaged) {
            throw new IOException("the file in the archive is no database: " + damaged.getMessage(), damaged);
        }
    }

    private static String day(Path file) throws IOException {
        Instant time = Replacing.timeOf(file);
        return time == null
                ? "what is here"
                : LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
