package observatory.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.ingest.Decoders;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Collected;
import observatory.ingest.collect.Collectors;
import observatory.ingest.collect.Exporters;
import observatory.ingest.collect.Repeats;
import observatory.ingest.collect.Topics;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collectors with a real broker: nothing is lost or doubled that reached them. */
class CollectorsTest {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final Pattern OFFSET = Pattern.compile("\"offset\" : (\\d+)");

    @TempDir
    private Path folder;

    private KafkaProcess kafka;
    private Map<TopicPartition, Long> before;

    @BeforeEach
    void start() {
        kafka = RealKafka.shared();
        Topics.ensure(Topics.Kafka.at(kafka.bootstrap()));
        before = RealKafka.ends(kafka);
    }

    @Test
    void aHundredThousandDatagramsArriveOrAreCounted() throws Exception {
        int sent = 100_000;
        long queueDrops;
        long kernelDrops;
        try (Collectors collectors = open(flows())) {
            send(collectors.flowPorts().getFirst(), 0, sent);
            await(() -> collectors.received().messages() + collectors.received().kernelDrops() >= sent);
            queueDrops = collectors.received().queueDrops();
            kernelDrops = collectors.received().kernelDrops();
        }
        List<Collected> read = read(all -> datagrams(all).size() + status(all, Status.DROPPED) >= sent);

        assertThat(datagrams(read).size() + queueDrops + kernelDrops).isEqualTo(sent);
        assertThat(datagrams(read).stream().map(CollectorsTest::number).distinct())
                .hasSize(datagrams(read).size());
        assertThat(status(read, Status.RECEIVED)).isEqualTo(sent - kernelDrops);
        assertThat(datagrams(read)).allSatisfy(message -> {
            assertThat(message.sensor()).isEqualTo("core-zh");
            assertThat(message.site()).isEqualTo("zurich");
        });
    }

    @Test
    void aRestartOfKafkaLosesAndDoublesNoDatagram() throws Exception {
        try (Collectors collectors = open(flows())) {
            int port = collectors.flowPorts().getFirst();
            send(port, 0, 5_000);
            kafka.pause();
            send(port, 5_000, 10_000);
            kafka.restart();
            send(port, 10_000, 15_000);
            await(() -> collectors.received().messages() == 15_000);
        }
        List<RawMessage> read = datagrams(read(all -> datagrams(all).size() >= 15_000));

        assertThat(read.size()).isEqualTo(15_000);
        assertThat(read.stream().map(CollectorsTest::number).distinct().count()).isEqualTo(15_000);
    }

    @Test
    void filesAreFollowedThroughRenamesCopiesAndKafkasRestart() throws Exception {
        Path log = folder.resolve("zeek/conn.log");
        Files.createDirectories(log.getParent());
        List<String> written = new ArrayList<>();
        try (Collectors collectors = open(files())) {
            append(log, written, 0, 3_000);
            await(() -> collectors.received().messages() == 3_000);
            Files.move(log, folder.resolve("zeek/conn.1.log"));
            append(folder.resolve("zeek/conn.1.log"), written, 3_000, 3_100);
            append(log, written, 3_100, 4_000);
            await(() -> collectors.received().messages() == 4_000);
            kafka.restart();
            append(log, written, 4_000, 4_500);
            await(() -> collectors.received().messages() == 4_500);
            Files.copy(log, folder.resolve("zeek/conn.2.log"));
            Files.write(log, new byte[0]);
            append(log, written, 4_500, 5_000);
            await(() -> collectors.received().messages() == 5_000);
        }

        assertThat(lines(read(all -> lines(all).size() >= 5_000))).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void halfALineWaitsForItsEndAndWhatIsCompressedIsNotReadAgain() throws Exception {
        Path log = folder.resolve("zeek/conn.log");
        Files.createDirectories(log.getParent());
        try (Collectors collectors = open(files())) {
            Files.writeString(log, line(1) + "\n" + line(2).substring(0, 30));
            Files.write(folder.resolve("zeek/conn.log.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
            await(() -> collectors.received().messages() == 1);
            Files.writeString(log, line(2).substring(30) + "\n", StandardOpenOption.APPEND);
            await(() -> collectors.received().messages() == 2);
        }

        assertThat(lines(read(all -> lines(all).size() >= 2))).containsExactly(line(1), line(2));
    }

    @Test
    void aCollectorThatIsKilledLosesNothingAndWhatItSendsTwiceIsTakenOut() throws Exception {
        Path log = folder.resolve("zeek/conn.log");
        Files.createDirectories(log.getParent());
        List<String> written = new ArrayList<>();
        append(log, written, 0, 20_000);
        for (int life = 1; life <= 3; life++) {
            append(log, written, written.size(), written.size() + 1_000);
            long storedBefore = stored();
            Process collector = CollectorProcess.start(kafka.bootstrap(), folder);
            await(() -> stored() > storedBefore);
            append(log, written, written.size(), written.size() + 1_000);
            Thread.sleep(300L * life);
            collector.destroyForcibly().waitFor();
        }
        Files.move(log, folder.resolve("zeek/conn.old"));
        List<Collected> read;
        // What the killed ones left of the renamed file is not known, so that no count tells when all of it has come.
        try (Collectors last = open(files())) {
            append(log, written, written.size(), written.size() + 10);
            read = read(all -> lines(unrepeated(all)).size() >= written.size());
            assertThat(last.received().messages()).isPositive();
        }

        assertThat(lines(unrepeated(read))).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void syslogComesByTcpAndUdp() throws Exception {
        CollectSettings.Syslog tcp = new CollectSettings.Syslog(
                CollectSettings.Transport.TCP, "127.0.0.1", 0, Format.ZEEK_JSON, "dns-1", "zurich", null);
        CollectSettings.Syslog udp = new CollectSettings.Syslog(
                CollectSettings.Transport.UDP, "127.0.0.1", 0, Format.ZEEK_JSON, null, null, null);
        try (Collectors collectors = open(settings(null, List.of(), List.of(tcp, udp), List.of()))) {
            try (Socket socket = new Socket(
                    InetAddress.getByAddress(LOOPBACK), collectors.syslogPorts().getFirst())) {
                socket.getOutputStream().write("<30>one\n8 <30>two\n7 <30>end".getBytes(StandardCharsets.US_ASCII));
            }
            try (DatagramSocket socket = new DatagramSocket()) {
                byte[] bytes = "<30>three".getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(
                        bytes,
                        bytes.length,
                        InetAddress.getByAddress(LOOPBACK),
                        collectors.syslogPorts().getLast()));
            }
            await(() -> collectors.received().messages() == 4);
        }
        List<Collected> read = read(all -> lines(all).size() >= 4);

        assertThat(lines(read)).containsExactlyInAnyOrder("<30>one", "<30>two ", "<30>end", "<30>three");
        assertThat(logs(read)).extracting(message -> message.message().sensor()).contains("dns-1", "core-zh");
    }

    @Test
    void dnstapFramesComeAsTheyWereWritten() throws Exception {
        Path path = folder.resolve("dnstap.sock");
        CollectSettings.Dnstap dnstap = new CollectSettings.Dnstap(path, Format.ZEEK_JSON, "ns1", "zurich");
        HexFormat hex = HexFormat.of();
        String content =
                "0000000100000016" + hex.formatHex("protobuf:dnstap.Dnstap".getBytes(StandardCharsets.US_ASCII));
        try (Collectors collectors = open(settings(null, List.of(), List.of(), List.of(dnstap)))) {
            try (SocketChannel resolver = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                resolver.connect(UnixDomainSocketAddress.of(path));
                resolver.write(ByteBuffer.wrap(hex.parseHex("000000000000002200000004" + content)));
                ByteBuffer accepted = ByteBuffer.allocate(42);
                while (accepted.hasRemaining() && resolver.read(accepted) >= 0) {
                    assertThat(resolver.isOpen()).isTrue();
                }
                assertThat(hex.formatHex(accepted.array())).isEqualTo("000000000000002200000001" + content);
                resolver.write(ByteBuffer.wrap(hex.parseHex("000000000000002200000002" + content)));
                resolver.write(ByteBuffer.wrap(hex.parseHex("00000002abcd00000001ef" + "000000000000000400000003")));
                await(() -> collectors.received().messages() == 2);
            }
        }
        List<Collected> read = read(all -> !logs(all).isEmpty());

        assertThat(logs(read).stream()
                        .map(message -> hex.formatHex(message.message().payload()))
                        .reduce("", String::concat))
                .isEqualTo("00000002abcd00000001ef");
    }

    /** How far the one file is written down to be in Kafka, in bytes. */
    private long stored() {
        try {
            String positions = Files.readString(folder.resolve("state/positions.json"));
            Matcher offset = OFFSET.matcher(positions);
            return offset.find() ? Long.parseLong(offset.group(1)) : 0;
        } catch (IOException notYet) {
            return 0;
        }
    }

    // --- what is collected ------------------------------------------------------------------------------------------

    private CollectSettings flows() {
        return settings(CollectSettings.Flows.on("127.0.0.1", List.of(0)), List.of(), List.of(), List.of());
    }

    private CollectSettings files() {
        return settings(null, CollectorProcess.files(folder), List.of(), List.of());
    }

    private CollectSettings settings(
            CollectSettings.@Nullable Flows flows,
            List<CollectSettings.Files> files,
            List<CollectSettings.Syslog> syslog,
            List<CollectSettings.Dnstap> dnstap) {
        Exporters exporters = new Exporters(
                List.of(new Exporters.Exporter(IpAddress.of("127.0.0.1"), "core-zh", null)),
                List.of(new Exporters.SiteNetwork("zurich", IpPrefix.of("127.0.0.0/8"))));
        return new CollectSettings(
                "test",
                flows,
                files,
                syslog,
                dnstap,
                exporters,
                Topics.Kafka.at(kafka.bootstrap()),
                folder.resolve("state"));
    }

    private static Collectors open(CollectSettings settings) {
        return Collectors.open(settings, Clock.systemUTC(), datagram -> Optional.of(Format.ZEEK_JSON));
    }

    private static void send(int port, int from, int to) throws IOException {
        InetSocketAddress collector = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = from; i < to; i++) {
                byte[] datagram = ByteBuffer.allocate(64).putInt(i).array();
                socket.send(new DatagramPacket(datagram, datagram.length, collector));
            }
        }
    }

    private static void append(Path log, List<String> written, int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append(line(i)).append('\n');
            written.add(line(i));
        }
        Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String line(int number) {
        return "{\"_path\":\"conn\",\"ts\":1700000000." + number + ",\"uid\":\"C" + number + "\",\"proto\":\"tcp\"}";
    }

    // --- what arrived -----------------------------------------------------------------------------------------------

    private List<Collected> read(Predicate<List<Collected>> isEnough) {
        return RealKafka.read(kafka, before, isEnough);
    }

    private static List<RawMessage> datagrams(List<Collected> read) {
        return read.stream()
                .map(Collected::message)
                .filter(message -> message.format() != Format.COLLECTOR_STATUS && message.payload().length == 64)
                .toList();
    }

    private static List<Collected> logs(List<Collected> read) {
        return read.stream()
                .filter(one -> one.message().format() != Format.COLLECTOR_STATUS)
                .toList();
    }

    private static int number(RawMessage datagram) {
        return ByteBuffer.wrap(datagram.payload()).getInt();
    }

    private static List<String> lines(List<Collected> read) {
        return logs(read).stream()
                .flatMap(one -> new String(one.message().payload(), StandardCharsets.UTF_8).lines())
                .toList();
    }

    private static List<Collected> unrepeated(List<Collected> read) {
        Map<String, Long> seen = new HashMap<>();
        List<Collected> kept = new ArrayList<>();
        for (Collected one : logs(read)) {
            Repeats.unseen(one.message(), seen.getOrDefault(one.stream(), 0L))
                    .ifPresent(message -> kept.add(new Collected(message, one.stream())));
            seen.merge(one.stream(), Repeats.end(one.message()), Math::max);
        }
        return kept;
    }

    private enum Status {
        RECEIVED,
        DROPPED
    }

    private static long status(List<Collected> read, Status wanted) {
        long sum = 0;
        for (Collected one : read) {
            if (one.message().format() == Format.COLLECTOR_STATUS) {
                for (Observation status : Decoders.forFormat(Format.COLLECTOR_STATUS)
                        .decode(one.message())
                        .observations()) {
                    SensorStatus said = (SensorStatus) status;
                    sum += wanted == Status.RECEIVED ? said.received() : said.dropped();
                }
            }
        }
        return sum;
    }

    private static void await(java.util.function.BooleanSupplier isReached) throws InterruptedException {
        for (int round = 0; round < 600 && !isReached.getAsBoolean(); round++) {
            Thread.sleep(50);
        }
        assertThat(isReached.getAsBoolean()).isTrue();
    }
}
