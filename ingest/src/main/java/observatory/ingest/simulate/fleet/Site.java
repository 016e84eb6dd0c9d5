package observatory.ingest.simulate.fleet;

import java.time.ZoneId;

/**
 * One simulated site with one sensor at its uplink. Its phones live in {@code 10.<number>.32.0/22}, its servers in {@code
 * 10.<number>.0.0/24}.
 *
 * @param name name of site, sensor and folder
 * @param number second octet of its networks
 * @param region from where the pretended internet sees it: {@code eu} or {@code us}
 * @param zone its time zone: phones ring in working hours
 */
public record Site(String name, int number, String region, ZoneId zone) {
    /** The network of its phones. */
    public String phoneNetwork() {
        return "10." + number + ".32.0/22";
    }

    /** Address of the {@code index}th phone, from 0; at most 1,000 phones fit. */
    public String phoneAddress(int index) {
        int host = index + 11;
        return "10." + number + "." + (32 + host / 256) + "." + host % 256;
    }

    public String resolver() {
        return server(53);
    }

    public String dhcpServer() {
        return server(67);
    }

    public String logServer() {
        return server(14);
    }

    public String pagingGateway() {
        return server(20);
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
