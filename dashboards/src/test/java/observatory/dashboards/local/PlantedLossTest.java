package observatory.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Exporters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the ledger says of an exporter whose datagrams get lost on the way, through collector, Kafka, job and a real
 * Elasticsearch.
 */
@Tag("slow")
class PlantedLossTest {
    private static final String EXPORTER = "lossy";
    private static final int DATAGRAMS = 1_000;
    private static final int RECORDS = 3;
    private static final long BOOT_AGO = 3_600_000;

    @TempDir
    private Path folder;

    @Test
    void everyFiftiethIsReportedLostToWithinOneAndARestartIsNoGap() throws Exception {
        Exporters names =
                new Exporters(List.of(new Exporters.Exporter(IpAddress.of("127.0.0.1"), EXPORTER, null)), List.of());
        try (LiveChain chain = LiveChain.start(
                folder, CollectSettings.Flows.on("127.0.0.1", List.of(0)), names, List.of(), List.of())) {
            InetSocketAddress collector = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    chain.collectors().flowPorts().getFirst());
            awaitEndOfMinute();
            int sent = 0;
            // One socket for both: those of two are read side by side, and their order is lost.
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                sent += send(channel, collector, BOOT_AGO, 50);
                sent += send(channel, collector, 1_000, Integer.MAX_VALUE); // begun anew, counting from 0
            }

            assertThat(sum(chain, "datagrams", sent)).isEqualTo(sent);
            long missing = DATAGRAMS / 50 * RECORDS;
            assertThat(sum(chain, "lost", missing - RECORDS)).isBetween(missing - RECORDS, missing);
            assertThat(sum(chain, "gaps", 1)).isBetween(DATAGRAMS / 50 - 1L, DATAGRAMS / 50L);
            assertThat(sum(chain, "restarts", 1)).isOne();
            assertThat(storedOrLate(chain, (long) sent * RECORDS))
                    .as(() -> chain.ledger(EXPORTER))
                    .isEqualTo((long) sent * RECORDS);
            assertThat(chain.minutes(EXPORTER)).isNotEmpty().allSatisfy(PlantedLossTest::isBalanced);
        }
    }

    /**
     * Flows at the end of a minute are named when it is over. Time, which pauses here between two reports of the collector,
     * then has gone on for longer than the lateness of this chain; they have to be in the ledger all the same.
     */
    private static void awaitEndOfMinute() throws InterruptedException {
        Thread.sleep(60_000 - Math.floorMod(Clock.systemUTC().millis() + 2_500, 60_000));
    }

    private static void isBalanced(JsonNode minute) {
        assertThat(count(minute, "records"))
                .as(minute.toString())
                .isEqualTo(count(minute, "flows")
                        + count(minute, "dns")
                        + count(minute, "tls")
                        + count(minute, "device")
                        + count(minute, "status")
                        + count(minute, "rejected"));
        assertThat(count(minute, "flows"))
                .as(minute.toString())
                .isEqualTo(count(minute, "stored")
                        + count(minute, "duplicate")
                        + count(minute, "late")
                        + count(minute, "filtered"));
    }

    private static long count(JsonNode minute, String name) {
        return minute.path("observatory.coverage." + name).asLong();
    }

    private static long sum(LiveChain chain, String name, long wanted) throws InterruptedException {
        ObjectNode question = LiveChain.about(EXPORTER, "sum", "observatory.coverage." + name);
        return chain.await("observatory-coverage-*", question, wanted);
    }

    /** A flow that waits for longer than the lateness on a busy machine is stored all the same, and counted as late. */
    private static long storedOrLate(LiveChain chain, long wanted) throws InterruptedException {
        long found = 0;
        for (int round = 0; round < 900 && found < wanted; round++) {
            Thread.sleep(200);
            found = chain.minutes(EXPORTER).stream()
                    .mapToLong(minute -> count(minute, "stored") + count(minute, "late"))
                    .sum();
        }
        return found;
    }

    /** NetFlow v5, numbered as its standard says, without every {@code lost}-th datagram; as many as were sent. */
    private static int send(DatagramChannel channel, InetSocketAddress collector, long uptime, int lost)
            throws Exception {
        long now = Clock.systemUTC().millis();
        int sent = 0;
        for (int i = 1; i <= DATAGRAMS; i++) {
            if (i % lost != 0) {
                channel.send(datagram((i - 1L) * RECORDS, now, uptime, i), collector);
                sent++;
            }
        }
        return sent;
    }

    private static ByteBuffer datagram(long number, long now, long uptime, int serial) {
        ByteBuffer out = ByteBuffer.allocate(24 + RECORDS * 48);
        out.putShort((short) 5).putShort((short) RECORDS).putInt((int) uptime);
        out.putInt((int) (now / 1_000)).putInt((int) (now % 1_000) * 1_000_000).putInt((int) number);
        out.putShort((short) 0).putShort((short) 0);
        for (int record = 0; record < RECORDS; record++) {
            out.putInt(0x0a50_0001).putInt(0xc000_0207).putInt(0).putInt(0); // 10.80.0.1 to 192.0.2.7
            out.putInt(10).putInt(1_000 + serial).putInt((int) uptime - 900).putInt((int) uptime - 100);
            out.putShort((short) (10_000 + serial)).putShort((short) (1_000 + record));
            out.putShort((short) 0).put((byte) 17).put((byte) 0).putLong(0);
            out.position(24 + (record + 1) * 48);
        }
        return out.flip();
    }
}
