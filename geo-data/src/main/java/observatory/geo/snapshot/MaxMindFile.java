package observatory.geo.snapshot;

import com.maxmind.db.Metadata;
import com.maxmind.geoip2.DatabaseReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * A MaxMind database in the operator's folder. GeoIP2's reader opens it once, to check that it is whole and of a known type;
 * its answers are then taken from flat tables, because GeoIP2's own model costs a hundred times as much a look-up.
 *
 * @param file where it is
 * @param kind what it is used for
 * @param built day it was built
 * @param dataSet its edition and licence
 */
record MaxMindFile(Path file, Kind kind, LocalDate built, DataSet dataSet) {
    /** MaxMind asks its users to delete GeoLite2 data within 30 days of a newer edition. */
    private static final int MAX_AGE_DAYS = 30;

    /** What a database is used for. */
    enum Kind {
        COUNTRY,
        NETWORK,
        ANONYMOUS
    }

    /**
     * Opens a file.
     *
     * @throws IOException when it is damaged or of a type that has no use here
     */
    static MaxMindFile open(Path file) throws IOException {
        Metadata metadata;
        try (DatabaseReader reader = new DatabaseReader.Builder(file.toFile()).build()) {
            metadata = reader.metadata();
        } catch (RuntimeException unknownType) {
            throw new IOException(unknownType.getMessage(), unknownType);
        }
        String type = metadata.databaseType();
        LocalDate built = LocalDate.ofInstant(metadata.buildTime(), ZoneOffset.UTC);
        Kind kind = kind(type);
        return new MaxMindFile(file, kind, built, dataSet(kind, file, type, built));
    }

    /** The one built later; of two of one day the first. */
    MaxMindFile newer(MaxMindFile other) {
        return other.built.isAfter(built) ? other : this;
    }

    private static Kind kind(String type) throws IOException {
        return switch (type.substring(type.indexOf('-') + 1).toLowerCase(Locale.ROOT)) {
            case "country", "city", "enterprise" -> Kind.COUNTRY;
            case "asn", "isp" -> Kind.NETWORK;
            case "anonymous-ip" -> Kind.ANONYMOUS;
            default -> throw new IOException("a database of type " + type + " has no use here");
        };
    }

    private static DataSet dataSet(Kind kind, Path file, String type, LocalDate built) {
        boolean lite = type.startsWith("GeoLite2");
        String id = switch (kind) {
            case COUNTRY -> "maxmind";
            case NETWORK -> "maxmind-asn";
            case ANONYMOUS -> "maxmind-anonymous";
        };
        String role = switch (kind) {
            case COUNTRY -> "place";
            case NETWORK -> "network";
            case ANONYMOUS -> "anonymous";
        };
        return new DataSet(
                id,
                role,
                file.getFileName().toString(),
                type,
                built,
                lite ? "GeoLite2 End User License Agreement" : "MaxMind End User License Agreement",
                lite ? "This product includes GeoLite2 Data created by MaxMind" : "GeoIP2 data by MaxMind",
                "https://www.maxmind.com",
                MAX_AGE_DAYS,
                "",
                true);
    }
}
