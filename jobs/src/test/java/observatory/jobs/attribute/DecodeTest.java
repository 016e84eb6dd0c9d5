package observatory.jobs.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.DatagramBuilder;
import observatory.ingest.netflow.SessionSettings;
import observatory.jobs.coverage.Tally;
import observatory.jobs.order.Arrivals;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** What is remembered of exporters: templates, and data that wait for them. */
class DecodeTest {
    private static final long BEGIN = DatagramBuilder.SECONDS * 1_000;
    private static final long DAY = 86_400_000;
    private static final int TEMPLATE = 256;
    private static final int DATAGRAMS = 20;

    @Test
    void templatesAreRememberedOverRestarts() throws Exception {
        for (int restarts = 0; restarts < 4; restarts++) {
            assertThat(decoded(inOrder(datagrams()).restarting(restarts)).events())
                    .extracting(DeviceEvent::address)
                    .hasSize(DATAGRAMS)
                    .containsOnly("10.0.0.7");
        }
    }

    @Test
    void dataWaitForTheirTemplateOverARestart() throws Exception {
        List<RawMessage> dataFirst = List.of(data(1), template(2));

        assertThat(decoded(Arrivals.inOneGo(dataFirst).restarting(1)).events()).hasSize(1);
    }

    @Test
    void datagramsThatOvertakeEachOtherTellTheSameFlows() throws Exception {
        List<String> expected = told(datagrams(), 0);
        for (int seed = 0; seed < 5; seed++) {
            List<RawMessage> shuffled = datagrams();
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(told(shuffled, seed % 3)).isEqualTo(expected);
        }
    }

    @Test
    void anExporterIsForgottenAWeekAfterItsLastDatagram() throws Exception {
        Arrivals<RawMessage> datagrams = inOrder(datagrams());

        assertThat(decoded(datagrams.until(BEGIN + 6 * DAY)).left()).isPositive();
        assertThat(decoded(datagrams.until(BEGIN + 8 * DAY).until(BEGIN + 10 * DAY))
                        .left())
                .isZero();
        assertThat(decoded(datagrams.until(Long.MAX_VALUE)).left()).isZero();
    }

    @Test
    void linesOfLogsLeaveNothingBehind() throws Exception {
        RawMessage line = new RawMessage(
                Format.ZEEK_JSON,
                "zeek",
                "zurich",
                "conn.log",
                1,
                0,
                0,
                new byte[0],
                new byte[] {'{', '}', '\n'},
                List.of());

        assertThat(decoded(Arrivals.inOneGo(List.of(line))).left()).isZero();
    }

    private static List<String> told(List<RawMessage> datagrams, int restarts) throws Exception {
        return decoded(Arrivals.inOneGo(datagrams).restarting(restarts)).events().stream()
                .map(event -> String.valueOf(event.flow()))
                .sorted()
                .toList();
    }

    private static Arrivals<DeviceEvent> decoded(Arrivals<RawMessage> datagrams) throws Exception {
        return datagrams.through(() -> new KeyedProcessOperator<>(decode()), Decode::keyOf);
    }

    private static Decode decode() {
        return new Decode(
                PhoneNetworks.ASSUMED,
                Sites.BY_SENSOR,
                Witnesses.EQUAL,
                SessionSettings.LIVE,
                new OutputTag<>("tallies", TypeInformation.of(Tally.class)),
                new OutputTag<>("rejections", TypeInformation.of(TimedRejection.class)),
                new OutputTag<>("site", TypeInformation.of(SiteEvent.class)));
    }

    private static Arrivals<RawMessage> inOrder(List<RawMessage> datagrams) {
        return Arrivals.inOrder(datagrams, datagram -> datagram.receivedNanos() / 1_000_000);
    }

    private static List<RawMessage> datagrams() {
        List<RawMessage> datagrams = new ArrayList<>();
        datagrams.add(template(1));
        for (int i = 0; i < DATAGRAMS; i++) {
            datagrams.add(data(2 + i));
        }
        return datagrams;
    }

    private static RawMessage template(int sequence) {
        int[] fields = {8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 1, 4, 2, 4, 22, 4, 21, 4};
        return datagram(sequence, DatagramBuilder.v9(sequence).template(TEMPLATE, fields));
    }

    /** One flow of a phone, another in each datagram. */
    private static RawMessage data(int sequence) {
        byte[] record = DatagramBuilder.record()
                .u32(0x0a00_0007)
                .u32(0xcb00_7109L)
                .u16(4_000 + sequence)
                .u16(443)
                .u8(6)
                .u32(500)
                .u32(5)
                .u32(50_000 + sequence * 1_000L)
                .u32(51_000 + sequence * 1_000L)
                .bytes();
        return datagram(sequence, DatagramBuilder.v9(sequence).data(TEMPLATE, record));
    }

    private static RawMessage datagram(int sequence, DatagramBuilder datagram) {
        return new RawMessage(
                Format.NETFLOW9,
                "core",
                "zurich",
                "10.0.0.1:2055",
                0,
                0,
                (DatagramBuilder.SECONDS + sequence) * 1_000_000_000L,
                new byte[] {0x0f, (byte) 0xa0},
                datagram.bytes(),
                List.of());
    }
}
