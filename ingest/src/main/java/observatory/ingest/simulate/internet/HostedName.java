package observatory.ingest.simulate.internet;

import java.util.ArrayList;
import java.util.List;

/**
 * One name of the pretended internet, as a row of {@code names.tsv} states it.
 *
 * @param name name that a phone asks for
 * @param region {@code eu}, {@code us}, or {@code *} when the answer is the same everywhere
 * @param chain CNAME targets in order; empty for none
 * @param lifetime seconds an address answer lives
 * @param chainLifetime seconds a CNAME answer lives
 * @param answers addresses in one answer
 * @param rotation seconds after which another part of the pool is given; 0 for never
 * @param pool every address the name ever has
 */
public record HostedName(
        String name,
        String region,
        List<String> chain,
        long lifetime,
        long chainLifetime,
        int answers,
        long rotation,
        List<String> pool) {

    private static final int COLUMNS = 8;

    public HostedName {
        chain = List.copyOf(chain);
        pool = List.copyOf(pool);
        if (lifetime < 1 || answers < 1 || pool.size() < answers) {
            throw new IllegalArgumentException(name + ": lifetime " + lifetime + ", " + answers
                    + " answers from a pool of " + pool.size() + " addresses");
        }
    }

    /** A name that answers the same everywhere, with one address out of a pool that changes every six hours. */
    public static HostedName of(String name, List<String> chain, List<String> pool) {
        return new HostedName(name, "*", chain, 120, 300, 1, 21_600, pool);
    }

    static HostedName parse(String row) {
        String[] cell = row.split("\t", -1);
        if (cell.length != COLUMNS) {
            throw new IllegalArgumentException("wanted " + COLUMNS + " columns, found " + cell.length + ": " + row);
        }
        return new HostedName(
                cell[0],
                cell[1],
                cell[2].isEmpty() ? List.of() : List.of(cell[2].split(",")),
                Long.parseLong(cell[3]),
                Long.parseLong(cell[4]),
                Integer.parseInt(cell[5]),
                Long.parseLong(cell[6]),
                addresses(cell[7]));
    }

    /** {@code 192.0.2.7,192.0.2.10-12}: a list of addresses and ranges of the last octet. */
    private static List<String> addresses(String text) {
        List<String> pool = new ArrayList<>();
        for (String part : text.split(",")) {
            int dot = part.lastIndexOf('.');
            String[] octets = part.substring(dot + 1).split("-");
            int first = Integer.parseInt(octets[0]);
            int last = Integer.parseInt(octets[octets.length - 1]);
            for (int octet = first; octet <= last; octet++) {
                pool.add(part.substring(0, dot + 1) + octet);
            }
        }
        return pool;
    }
}
