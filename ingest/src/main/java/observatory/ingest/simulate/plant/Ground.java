package observatory.ingest.simulate.plant;

import java.util.ArrayList;
import java.util.List;
import observatory.ingest.simulate.internet.Table;

/**
 * Where something can be planted, as a row of {@code grounds.tsv} states it.
 *
 * @param use what it is good for
 * @param what country, cloud, operator or name
 * @param where first octets, a range of the third, a whole address, or a name
 */
record Ground(String use, String what, String where) {
    private static final int HOSTS = 250;

    /** All rows for one use. */
    static List<Ground> of(String use) {
        return Table.rows("grounds.tsv").stream()
                .map(row -> row.split("\t", -1))
                .map(cell -> new Ground(cell[0], cell[1], cell[2]))
                .filter(ground -> ground.use().equals(use))
                .toList();
    }

    /** The {@code index}th group of four addresses in it; groups repeat when the ground is used up. */
    List<String> addresses(int index) {
        String[] octets = where.split("\\.");
        if (octets.length == 4) {
            return List.of(where);
        }
        String[] third = octets[2].split("-");
        int first = Integer.parseInt(third[0]);
        int networks = Integer.parseInt(third[third.length - 1]) - first + 1;
        List<String> addresses = new ArrayList<>();
        for (int host = 0; host < 4; host++) {
            int at = index * 4 + host;
            addresses.add(octets[0] + "." + octets[1] + "." + (first + at / HOSTS % networks) + "." + (2 + at % HOSTS));
        }
        return addresses;
    }
}
