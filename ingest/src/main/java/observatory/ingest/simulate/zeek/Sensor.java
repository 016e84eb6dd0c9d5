package observatory.ingest.simulate.zeek;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import observatory.ingest.decode.Format;
import observatory.ingest.simulate.fleet.Days;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Site;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Conversation;

/**
 * The sensor of one site. It writes a connection when it is over and Zeek would have given up waiting for more, so the
 * lines of {@code conn.log} are in the order of their ends, not of their {@code ts}. While it is silent it writes
 * nothing, and of conversations that overlap the silence it knows nothing, before or after.
 */
public final class Sensor implements AutoCloseable {
    private static final long MINUTE = 60_000_000;

    private final Site site;
    private final List<Plant> silences;
    private final List<Plant> deafness;
    private final Days days;
    private final Map<LogKind, LogFile> files = new EnumMap<>(LogKind.class);
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final BitSet minutes = new BitSet();
    private long taken;
    private long written;

    /** A line that is to be written; lines of one moment keep the order in which they were taken. */
    private record Waiting(Line line, long order) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(line.at(), other.line.at());
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /**
     * A sensor that writes below {@code folder}.
     *
     * @param format {@link Format#ZEEK_JSON} or {@link Format#ZEEK_TSV}
     * @param remark text of the {@code #simulated} line in files with a header
     * @throws IllegalArgumentException for any other format
     */
    public Sensor(
            Site site,
            List<Plant> plants,
            Days days,
            Path folder,
            Format format,
            Rotation rotation,
            boolean gzip,
            String remark) {
        this.site = site;
        this.days = days;
        this.silences = of("sensor-silent", plants);
        this.deafness = of("coverage-gap", plants);
        LogFile.Style style = new LogFile.Style(lineFormat(format), rotation, gzip, remark);
        for (LogKind kind : LogKind.values()) {
            files.put(kind, new LogFile(folder, kind, style, days.begin()));
        }
    }

    private List<Plant> of(String kind, List<Plant> plants) {
        return plants.stream()
                .filter(plant -> plant.kind().equals(kind) && plant.subject().equals(site.name()))
                .toList();
    }

    private static LineFormat lineFormat(Format format) {
        if (format == Format.ZEEK_JSON) {
            return LineFormat.JSON;
        }
        if (format == Format.ZEEK_TSV) {
            return LineFormat.TSV;
        }
        throw new IllegalArgumentException("the simulator writes Zeek logs, not " + format);
    }

    /** Whether the sensor was there for all of a conversation. */
    public boolean sees(Conversation conversation) {
        Connection connection = conversation.connection();
        for (Plant silence : silences) {
            if (connection.start() < silence.to() && connection.writtenAt() >= silence.from()) {
                return false;
            }
        }
        return true;
    }

    /** A conversation as it writes it down: for a time it may not write what resolvers answer. */
    public Conversation heard(Conversation conversation) {
        long start = conversation.connection().start();
        boolean deaf = deafness.stream().anyMatch(plant -> plant.from() <= start && start < plant.to());
        return deaf && conversation.lookup() != null ? conversation.unheard() : conversation;
    }

    /** Takes a conversation that it {@link #sees}. */
    public void take(Conversation conversation) {
        for (Line line : Lines.about(conversation, site.dhcpServer())) {
            waiting.add(new Waiting(line, taken++));
        }
    }

    /** Writes all that is due before a time. */
    public void writeUntil(long time) throws IOException {
        Waiting first = waiting.peek();
        while (first != null && first.line().at() < time) {
            waiting.remove();
            write(first.line());
            first = waiting.peek();
        }
    }

    private void write(Line line) throws IOException {
        LogFile file = files.get(line.kind());
        if (file == null) {
            throw new IllegalStateException("no file for " + line.kind());
        }
        file.write(line);
        written++;
        minutes.set((int) Math.max(0, line.eventMinute() - days.begin() / MINUTE));
    }

    public Site site() {
        return site;
    }

    /** When it was silent. */
    public List<Plant> silences() {
        return silences;
    }

    /** Lines written so far, of all logs. */
    public long written() {
        return written;
    }

    /** Minutes of the simulated days in which something happened that is in its logs. */
    public long minutesWithEvents() {
        return minutes.get(0, expectedMinutes()).cardinality();
    }

    /** Minutes in the simulated days. */
    public int expectedMinutes() {
        return (int) ((days.end() - days.begin()) / MINUTE);
    }

    /** The longest run of minutes without an event, outside its silences and the two minutes around each. */
    public int longestOtherGapMinutes() {
        BitSet busy = (BitSet) minutes.clone();
        for (Plant silence : silences) {
            long from = (silence.from() - days.begin()) / MINUTE;
            long to = (silence.to() - days.begin()) / MINUTE;
            busy.set((int) Math.max(0, from - 2), (int) to + 2);
        }
        int longest = 0;
        int at = 0;
        while (at < expectedMinutes()) {
            int gap = busy.nextClearBit(at);
            int next = busy.nextSetBit(gap);
            int end = next < 0 ? expectedMinutes() : Math.min(next, expectedMinutes());
            longest = Math.max(longest, end - gap);
            at = Math.max(end, gap + 1);
        }
        return longest;
    }

    /** Writes all that is left and closes the files. */
    @Override
    public void close() throws IOException {
        writeUntil(Long.MAX_VALUE);
        for (LogFile file : files.values()) {
            file.close();
        }
    }
}
