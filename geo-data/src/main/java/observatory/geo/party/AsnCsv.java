package observatory.geo.party;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import observatory.geo.address.IpAddress;

/**
 * Reads the CSV files of npm {@code @ip-location-db/asn}: {@code first,last,asn,organisation}, one announced range a line,
 * the organisation in double quotes where it holds a comma.
 */
public final class AsnCsv {
    private AsnCsv() {}

    /**
     * All files as one table. Lines that are not of this form are left out.
     *
     * @throws IOException when a file cannot be read, or when more than one line in a thousand is malformed
     */
    public static NetworkTable read(List<Path> files) throws IOException {
        NetworkTable.Builder table = new NetworkTable.Builder();
        for (Path file : files) {
            long lines = 0;
            long refused = 0;
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines++;
                    refused += addLine(line, table) ? 0 : 1;
                }
            }
            if (refused * 1000 > lines) {
                throw new IOException(
                        file + ": " + refused + " of " + lines + " lines are not first,last,asn,organisation");
            }
        }
        return table.build();
    }

    private static boolean addLine(String line, NetworkTable.Builder table) {
        int first = line.indexOf(',');
        int second = line.indexOf(',', first + 1);
        int third = line.indexOf(',', second + 1);
        if (first < 0 || second < 0 || third < 0) {
            return false;
        }
        IpAddress start = IpAddress.parse(line.substring(0, first));
        IpAddress end = IpAddress.parse(line.substring(first + 1, second));
        long asn = number(line.substring(second + 1, third));
        if (start == null || end == null || asn < 0 || start.isIpv4() != end.isIpv4() || start.compareTo(end) > 0) {
            return false;
        }
        table.add(start, end, asn, unquoted(line.substring(third + 1)));
        return true;
    }

    private static long number(String text) {
        return text.length() <= 10 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(text)
                : -1;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
}
