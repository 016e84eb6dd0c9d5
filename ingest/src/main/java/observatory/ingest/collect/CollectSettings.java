package observatory.ingest.collect;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import observatory.ingest.decode.Format;
import org.jspecify.annotations.Nullable;

/**
 * What a collector collects.
 *
 * @param name name of the collector, under which it reports on itself; never empty
 * @param flows where flow exporters send to; null: nowhere
 * @param files log files to follow
 * @param syslog where syslog senders send to
 * @param dnstap sockets that resolvers write dnstap to
 * @param exporters names and sites of senders
 * @param kafka where it all goes
 * @param state folder in which the positions in files are kept
 */
public record CollectSettings(
        String name,
        @Nullable Flows flows,
        List<Files> files,
        List<Syslog> syslog,
        List<Dnstap> dnstap,
        Exporters exporters,
        Topics.Kafka kafka,
        Path state) {

    public CollectSettings {
        files = List.copyOf(files);
        syslog = List.copyOf(syslog);
        dnstap = List.copyOf(dnstap);
    }

    /** What {@link observatory.ingest.text.WallClock} reads: whose clock it is; the time of receipt tells the year. */
    static byte[] clockHeader(@Nullable ZoneId zone) {
        return zone == null ? new byte[0] : ("zone=" + zone.getId()).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Where flow exporters send to.
     *
     * @param address local address; {@code 0.0.0.0} for all
     * @param ports UDP ports; 0 is any free one
     * @param workers sockets and threads a port, at least 1
     * @param receiveBuffer wanted size of each socket's buffer, bytes; the kernel grants {@code net.core.rmem_max} at most
     * @param undetected as what a datagram is handed on that is of no known format, so that the job rejects and counts it
     */
    public record Flows(String address, List<Integer> ports, int workers, int receiveBuffer, Format undetected) {
        /** NetFlow, IPFIX and sFlow, as registered with IANA or by custom. */
        public static final List<Integer> DEFAULT_PORTS = List.of(2055, 4739, 6343);

        /** Two: one decodes nothing and reads a million datagrams a second at best, the second is for bursts. */
        public static final int DEFAULT_WORKERS = 2;

        /** Holds 16,000 full datagrams: the pause of a garbage collection at 100,000 datagrams a second. */
        public static final int DEFAULT_RECEIVE_BUFFER = 32 * 1024 * 1024;

        public Flows {
            ports = List.copyOf(ports);
            if (workers < 1) {
                throw new IllegalArgumentException("workers is at least 1, not " + workers);
            }
        }

        /** These ports with the defaults for all else. */
        public static Flows on(String address, List<Integer> ports) {
            return new Flows(address, ports, DEFAULT_WORKERS, DEFAULT_RECEIVE_BUFFER, Format.NETFLOW9);
        }
    }

    /**
     * Log files to follow.
     *
     * @param pattern path with {@code *}, {@code ?}, {@code **}, {@code {a,b}} in its last parts
     * @param format how they are written; null: told from their content
     * @param sensor who wrote them; null: the name of the folder
     * @param site site of the sensor; null: named like the sensor
     * @param zone whose clocks stamp lines that name no zone; null: UTC
     */
    public record Files(
            String pattern,
            @Nullable Format format,
            @Nullable String sensor,
            @Nullable String site,
            @Nullable ZoneId zone) {}

    /** How syslog is carried. */
    public enum Transport {
        /** One message a datagram, RFC 5426. */
        UDP,
        /** Messages one after the other, RFC 6587. */
        TCP
    }

    /**
     * Where syslog senders send to.
     *
     * @param transport UDP or TCP
     * @param address local address
     * @param port port; 0 is any free one
     * @param format how the lines are written, the syslog prefix included
     * @param sensor who sends; null: told from the sender's address
     * @param site site of the sensor; null: told from the sender's address
     * @param zone whose clocks stamp messages that name no zone; null: UTC
     */
    public record Syslog(
            Transport transport,
            String address,
            int port,
            Format format,
            @Nullable String sensor,
            @Nullable String site,
            @Nullable ZoneId zone) {}

    /**
     * A unix socket that a resolver writes dnstap to.
     *
     * @param path path of the socket, made when the collector starts
     * @param format how a frame is decoded
     * @param sensor name of the resolver
     * @param site its site; null: named like the sensor
     */
    public record Dnstap(
            Path path,
            Format format,
            String sensor,
            @Nullable String site) {}
}
