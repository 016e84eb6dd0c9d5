package observatory.ingest.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many datagrams the kernel dropped because a socket's buffer was full: the last column of {@code /proc/net/udp} and
 * {@code /proc/net/udp6}, one line a socket.
 *
 * <pre>
 *   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 *  212: 00000000:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 84011 2 0000000000000000 17
 * </pre>
 */
final class KernelDrops {
    private static final int LOCAL_ADDRESS = 1;
    private static final int FEWEST_COLUMNS = 13;

    private final List<Path> tables;

    KernelDrops(List<Path> tables) {
        this.tables = List.copyOf(tables);
    }

    static KernelDrops ofSystem() {
        return new KernelDrops(List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")));
    }

    /** Drops of all sockets on this local port since they were opened; 0 where the system does not tell. */
    long on(int port) {
        long drops = 0;
        for (Path table : tables) {
            try {
                for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
                    drops += ofLine(line, port);
                }
            } catch (IOException notThisSystem) {
                continue; // no such table: then the kernel's drops are not known, and sequence numbers have to tell
            }
        }
        return drops;
    }

    private static long ofLine(String line, int port) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length < FEWEST_COLUMNS) {
            return 0;
        }
        String local = columns[LOCAL_ADDRESS];
        int colon = local.lastIndexOf(':');
        try {
            boolean isOurs = colon > 0 && Integer.parseInt(local.substring(colon + 1), 16) == port;
            return isOurs ? Long.parseLong(columns[columns.length - 1]) : 0;
        } catch (NumberFormatException header) {
            return 0;
        }
    }
}
