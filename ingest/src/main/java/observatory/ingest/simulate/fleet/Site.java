package observatory.ingest.simulate.fleet;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One simulated site with one sensor at its uplink. Its phones live in {@code 10.<number>.32.0/22}, its servers in {@code
 * 10.<number>.0.0/24}.
 *
 * @param name name of site, sensor and folder
 * @param number second octet of its networks
 * @param region from where the pretended internet sees it: {@code eu} or {@code us}
 * @param zone its time zone: phones ring in working hours
 * @param holidays days on which nobody works there
 */
public record Site(String name, int number, String region, ZoneId zone, Set<LocalDate> holidays) {
    public Site {
        holidays = Set.copyOf(holidays);
    }

    /** A site without holidays. */
    Site(String name, int number, String region, ZoneId zone) {
        this(name, number, region, zone, Set.of());
    }

    /** The same with one more holiday. */
    public Site closedOn(LocalDate day) {
        return new Site(
                name,
                number,
                region,
                zone,
                Stream.concat(holidays.stream(), Stream.of(day)).collect(Collectors.toUnmodifiableSet()));
    }

    /** The network of its phones. */
    public String phoneNetwork() {
        return "10." + number + ".32.0/22";
    }

    /** Address of the {@code index}th phone, from 0; at most 1,010 phones fit. */
    public String phoneAddress(int index) {
        int host = index + 11;
        return "10." + number + "." + (32 + host / 256) + "." + host % 256;
    }

    public String resolver() {
        return server(53);
    }

    /** The resolver that phones ask when the first does not answer. */
    public String secondResolver() {
        return server(54);
    }

    public String dhcpServer() {
        return server(67);
    }

    /** The old server from which phones could get their settings. */
    public String provisioner() {
        return server(69);
    }

    public String logServer() {
        return server(14);
    }

    public String pagingGateway() {
        return server(20);
    }

    /** A machine of the people who look after the phones. */
    public String workplace(int host) {
        return "10." + number + ".8." + host;
    }

    public String gateway() {
        return "10." + number + ".32.1";
    }

    /** Domain of its hosts; {@code .example} is nobody's. */
    public String domain() {
        return name + ".example";
    }

    private String server(int host) {
        return "10." + number + ".0." + host;
    }
}
