package observatory.ingest.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.text.Slice;
import observatory.ingest.text.Timestamp;
import observatory.ingest.text.WallClock;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an inventory of devices: CSV with a header line that names the columns in any order, separated by comma,
 * semicolon or tab:
 *
 * <pre>
 * MAC;Model;Firmware;Site;Group;Owner
 * 00:15:65:aa:bb:cc;SIP-T54W;96.86.0.100;berlin;reception;Jane Doe
 * </pre>
 *
 * <p>Read are mac, ip, hostname, model, firmware, site, group, owner and date, also under the names that phone systems
 * export; other columns are passed over. A row without a site is of the site of the message; without a date, as old as
 * its file. A row needs a MAC or an address. The header line comes with every block.
 */
public final class InventoryDecoder extends IdentityDecoder {
    private enum Column {
        MAC,
        ADDRESS,
        HOST,
        MODEL,
        FIRMWARE,
        SITE,
        GROUP,
        OWNER,
        DATE
    }

    private static final Map<String, Column> NAMES = Map.ofEntries(
            Map.entry("mac", Column.MAC),
            Map.entry("macaddress", Column.MAC),
            Map.entry("macaddr", Column.MAC),
            Map.entry("hwaddr", Column.MAC),
            Map.entry("ip", Column.ADDRESS),
            Map.entry("ipaddress", Column.ADDRESS),
            Map.entry("address", Column.ADDRESS),
            Map.entry("hostname", Column.HOST),
            Map.entry("host", Column.HOST),
            Map.entry("devicename", Column.HOST),
            Map.entry("name", Column.HOST),
            Map.entry("model", Column.MODEL),
            Map.entry("devicemodel", Column.MODEL),
            Map.entry("product", Column.MODEL),
            Map.entry("firmware", Column.FIRMWARE),
            Map.entry("firmwareversion", Column.FIRMWARE),
            Map.entry("version", Column.FIRMWARE),
            Map.entry("site", Column.SITE),
            Map.entry("location", Column.SITE),
            Map.entry("group", Column.GROUP),
            Map.entry("department", Column.GROUP),
            Map.entry("owner", Column.OWNER),
            Map.entry("user", Column.OWNER),
            Map.entry("date", Column.DATE),
            Map.entry("lastseen", Column.DATE));

    private final CsvLine csv = new CsvLine();
    private final int[] places = new int[Column.values().length];
    private byte separator = ',';
    private boolean hasHeader;

    public InventoryDecoder() {
        super(Format.INVENTORY);
    }

    /** Whether a line is the header of an inventory: a MAC and something that tells what the device is or whose. */
    static boolean isHeader(byte[] bytes, int from, int to) {
        InventoryDecoder decoder = new InventoryDecoder();
        decoder.readHeader(bytes, from, to);
        boolean tells = false;
        for (Column column : new Column[] {Column.MODEL, Column.FIRMWARE, Column.GROUP, Column.OWNER, Column.SITE}) {
            tells |= decoder.places[column.ordinal()] >= 0;
        }
        return decoder.places[Column.MAC.ordinal()] >= 0 && tells;
    }

    @Override
    void begin(RawMessage message) {
        hasHeader = false;
        byte[] header = WallClock.linesAfterStated(message);
        if (header.length > 0) {
            readHeader(header, 0, header.length);
        }
    }

    private void readHeader(byte[] bytes, int from, int to) {
        separator = CsvLine.separatorOf(bytes, from, to);
        int columns = Math.min(csv.read(bytes, from, to, separator), CsvLine.COLUMN_LIMIT);
        Arrays.fill(places, -1);
        for (int i = 0; i < columns; i++) {
            String name = csv.text(i).toLowerCase(Locale.ROOT).replaceAll("[ _.-]", "");
            Column column = name.length() > 32 ? null : NAMES.get(name);
            if (column != null && places[column.ordinal()] < 0) {
                places[column.ordinal()] = i;
            }
        }
        hasHeader = places[Column.MAC.ordinal()] >= 0 || places[Column.ADDRESS.ordinal()] >= 0;
    }

    @Override
    void line(Reading reading) {
        int from = reading.cursor().start();
        int to = reading.cursor().end();
        if (!hasHeader) {
            readHeader(reading.bytes(), from, to);
            if (hasHeader) {
                unused(reading, "header");
            } else {
                reading.outcomes()
                        .reject(Reason.MALFORMED, "expected a header line that names mac or ip before this one");
            }
            return;
        }
        csv.read(reading.bytes(), from, to, separator);
        String macText = text(Column.MAC);
        String addressText = text(Column.ADDRESS);
        String mac = MacAddress.ecs(macText);
        IpAddress address = IpAddress.parse(addressText);
        if (mac == null && !macText.isEmpty()) {
            rejectValue(reading, "mac", macText, "six octets in hexadecimal");
        } else if (address == null && !addressText.isEmpty()) {
            rejectValue(reading, "ip", addressText, "an IP address");
        } else if (mac == null && address == null) {
            reading.outcomes().reject(Reason.MISSING_FIELD, "the row has neither mac nor ip");
        } else {
            row(reading, mac, address);
        }
    }

    private void row(Reading reading, @Nullable String mac, @Nullable IpAddress address) {
        Long time = time(reading);
        if (time == null) {
            return;
        }
        String site = bounded(text(Column.SITE));
        reading.outcomes()
                .observe(new DeviceSighting(
                        reading.message().sensor(),
                        site == null ? reading.message().site() : site,
                        observerType(),
                        time,
                        address,
                        mac,
                        bounded(text(Column.HOST)),
                        null,
                        null,
                        bounded(text(Column.MODEL)),
                        bounded(text(Column.FIRMWARE)),
                        FlowObservation.ABSENT,
                        bounded(text(Column.GROUP)),
                        bounded(text(Column.OWNER))));
    }

    private @Nullable Long time(Reading reading) {
        String date = text(Column.DATE);
        if (date.isEmpty()) {
            return fileTime(reading);
        }
        long nanos = Timestamp.nanos(date.length() == 10 ? date + "T00:00:00" : date);
        if (nanos == Slice.INVALID) {
            rejectValue(reading, "date", date, "an ISO-8601 date or time");
            return null;
        }
        return nanos;
    }

    private String text(Column column) {
        return csv.text(places[column.ordinal()]);
    }
}
