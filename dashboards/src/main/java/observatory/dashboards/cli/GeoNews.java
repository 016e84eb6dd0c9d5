package observatory.dashboards.cli;

import java.util.Optional;
import java.util.function.Consumer;
import observatory.jobs.attribute.GeoAccess;

/** Tells on the terminal of a running job when its geo data is changed, or cannot be. */
final class GeoNews {
    private final GeoAccess geo;
    private final Consumer<String> say;
    private String digest;
    private String trouble = "";

    GeoNews(GeoAccess geo, Consumer<String> say) {
        this.geo = geo;
        this.say = say;
        this.digest = geo.snapshot().digest();
    }

    /** Looks, and tells what is new; never a reason to stop. */
    Optional<String> tell() {
        String now = geo.snapshot().digest();
        String wrong = geo.trouble();
        if (!now.equals(digest)) {
            say.accept("Geo data: attributing by snapshot " + now + " instead of " + digest);
        }
        if (!wrong.equals(trouble) && !wrong.isEmpty()) {
            say.accept("Geo data: what was changed is not used, snapshot " + now + " stays: " + wrong);
        }
        digest = now;
        trouble = wrong;
        return Optional.empty();
    }
}
