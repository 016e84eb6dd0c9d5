package observatory.jobs.attribute;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import observatory.geo.party.DeviceMaker;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.geo.snapshot.GeoSources;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables of addresses, names and parties are. They are large, so that a process holds them once, whoever asks;
 * what it holds can be changed under way, see {@link GeoChange}.
 *
 * @param home the project's home folder, see {@link GeoSources#under}
 * @param catalogue folder with the user's own reviewed files; null: the one below the home folder, if it is there
 * @param maxmind folder with the operator's own MaxMind databases; null when there are none
 * @param ranges folder with the operator's copies of providers' range files; null when there are none
 */
public record GeoAccess(
        String home,
        @Nullable String catalogue,
        @Nullable String maxmind,
        @Nullable String ranges) implements Makers, Serializable {
    private static final Map<GeoAccess, HeldSnapshot> HELD = new ConcurrentHashMap<>();

    /** The tables below the project's home alone. */
    public static GeoAccess under(Path home) {
        return new GeoAccess(home.toAbsolutePath().toString(), null, null, null);
    }

    /** All tables, as of now. */
    public GeoSnapshot snapshot() {
        return held().current();
    }

    /** Why the data as it lies on disk now is not used by this process; empty when it is. */
    public String trouble() {
        return held().trouble();
    }

    /** What this process holds. */
    HeldSnapshot held() {
        return HELD.computeIfAbsent(this, access -> new HeldSnapshot(access.sources()));
    }

    @Override
    public @Nullable String makerNamed(String word) {
        return snapshot().makers().named(word).orElse(null);
    }

    @Override
    public @Nullable String makerOf(String mac) {
        return snapshot().makers().of(mac).map(DeviceMaker::name).orElse(null);
    }

    /** Where everything is. */
    public GeoSources sources() {
        GeoSources sources = GeoSources.under(Path.of(home));
        sources = catalogue == null ? sources : sources.withOwn(Path.of(catalogue));
        sources = maxmind == null ? sources : sources.withMaxmind(Path.of(maxmind));
        return ranges == null ? sources : sources.withRanges(Path.of(ranges));
    }
}
