package observatory.ingest.simulate.fleet;

/**
 * One model of phone, as a row of {@code models.tsv} states it.
 *
 * @param maker who makes it
 * @param model model name
 * @param product how it names itself in DHCP option 60
 * @param prefix first three bytes of its MAC, {@code 80-5E-C0}
 * @param weight how many of 60 phones are of this model
 * @param hostPrefix how its host name begins
 * @param firmware version at the start
 * @param nextFirmware version an update brings
 */
public record PhoneModel(
        String maker,
        String model,
        String product,
        String prefix,
        int weight,
        String hostPrefix,
        String firmware,
        String nextFirmware) {

    private static final int COLUMNS = 8;

    static PhoneModel parse(String row) {
        String[] cell = row.split("\t", -1);
        if (cell.length != COLUMNS) {
            throw new IllegalArgumentException("wanted " + COLUMNS + " columns, found " + cell.length + ": " + row);
        }
        return new PhoneModel(cell[0], cell[1], cell[2], cell[3], Integer.parseInt(cell[4]), cell[5], cell[6], cell[7]);
    }
}
