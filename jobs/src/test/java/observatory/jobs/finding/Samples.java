package observatory.jobs.finding;

import java.util.List;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Naming;
import observatory.jobs.rollup.Rollup;

/** Facts with values in sight, for tests of rules. */
public final class Samples {
    public static final long DAY = 86_400_000L;

    private Samples() {}

    public static Device device(String key, long firstSeenMillis) {
        return new Device(
                key, "zurich", "10.0.0.9", null, null, "Yealink", "T54W", "96.86", null, null, firstSeenMillis);
    }

    public static Destination destination(String endpoint) {
        return destination(endpoint, Service.UNKNOWN);
    }

    public static Service service(Service.Purpose purpose) {
        return new Service("Vendor", "Product", purpose, "", "A", "here");
    }

    public static Destination destination(String endpoint, Service service) {
        return new Destination(
                endpoint,
                endpoint.equals("local") ? null : endpoint,
                service,
                Party.of(endpoint.equals("local") ? Party.Role.LOCAL : Party.Role.THIRD),
                45102,
                "Alibaba",
                "alibaba",
                null,
                endpoint.equals("local") ? Place.State.LOCAL : Place.State.DISPUTED,
                List.of("CN", "DE"),
                Place.Step.NO_AGREEMENT,
                List.of(),
                List.of("CN"),
                "digest");
    }

    public static Rollup rollup(Device device, String endpoint, long millis) {
        return rollup(device, endpoint, millis, Naming.NOTHING);
    }

    public static Rollup rollup(Device device, String endpoint, long millis, Naming naming) {
        return new Rollup(
                device.key() + endpoint + millis,
                millis,
                device,
                destination(endpoint),
                millis,
                millis + 1_000,
                1,
                500,
                900,
                5,
                6,
                0,
                500,
                900,
                naming,
                0);
    }
}
