package observatory.ingest.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.text.WallClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogPrefixTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-23T06:00:00Z");
    private static final WallClock CLOCK = WallClock.of(RECEIVED.getEpochSecond(), ZoneOffset.UTC);

    private final SyslogPrefix prefix = new SyslogPrefix();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <30>Nov 22 17:46:57 gw dnsmasq[462]: query      | 2026-11-22T17:46:57Z     | gw | dnsmasq | 462   | query
            Nov 22 17:46:57 dnsmasq[462]: query             | 2026-11-22T17:46:57Z     | '' | dnsmasq | 462   | query
            Nov  2 17:46:57 192.0.2.1 unbound: [9:0] info: x| 2026-11-02T17:46:57Z     | 192.0.2.1 | unbound | '' | [9:0] info: x
            Nov 22 2025 17:46:57.25 gw dnsmasq: query       | 2025-11-22T17:46:57.250Z | gw | dnsmasq | ''    | query
            Nov 22 17:47:01 unbound[476:0] query: x         | 2026-11-22T17:47:01Z     | '' | unbound | 476:0 | query: x
            2014-07-14T14:00:02.814490-04:00 arrakis unbound: [2541:0] info: q | 2014-07-14T18:00:02.814490Z | arrakis | unbound | '' | [2541:0] info: q
            <30>1 2026-11-22T17:46:57Z gw unbound 462 - - q | 2026-11-22T17:46:57Z     | gw | unbound | 462   | q
            <30>1 2026-11-22T17:46:57Z - - - - [a b="\\]"][c] q | 2026-11-22T17:46:57Z | '' | ''      | ''    | q
            2026-11-22T17:46:57.1Z stdout F [INFO] 10.0.0.1 | 2026-11-22T17:46:57.100Z | '' | ''      | ''    | [INFO] 10.0.0.1
            05:46:57: query[A] x from 10.0.0.1              | 2026-11-23T05:46:57Z     | '' | ''      | ''    | query[A] x from 10.0.0.1
            17:46:57: query[A] x from 10.0.0.1              | 2026-11-22T17:46:57Z     | '' | ''      | ''    | query[A] x from 10.0.0.1
            Nov 22 17:46:57 query[A] x from 10.0.0.1        | 2026-11-22T17:46:57Z     | '' | ''      | ''    | query[A] x from 10.0.0.1
            """)
    void everyWayOfWritingItIsRead(String line, Instant time, String host, String tag, String process, String message) {
        assertThat(read(line)).isEqualTo(message);
        assertThat(Instant.EPOCH.plusNanos(prefix.timeNanos())).isEqualTo(time);
        assertThat(prefix.host().text()).isEqualTo(host);
        assertThat(prefix.tag().text()).isEqualTo(tag);
        assertThat(prefix.processId().text()).isEqualTo(process);
    }

    @Test
    void aLineWithoutPrefixIsAllMessage() {
        assertThat(read("query[A] x from 10.0.0.1")).isEqualTo("query[A] x from 10.0.0.1");
        assertThat(prefix.timeNanos()).isEqualTo(FlowObservation.ABSENT);
        assertThat(prefix.priority()).isEqualTo(FlowObservation.ABSENT);
    }

    @Test
    void thePriorityMayStandAlone() {
        assertThat(read("<30>dnsmasq[1]: x")).isEqualTo("x");
        assertThat(prefix.priority()).isEqualTo(30);
        assertThat(read("<192>x")).isEqualTo("<192>x");
    }

    @Test
    void aLineOfOldYearsDayReadOnNewYearIsOfLastYear() {
        WallClock newYear = WallClock.of(Instant.parse("2027-01-01T00:10:00Z").getEpochSecond(), ZoneOffset.UTC);
        assertThat(time("Dec 31 23:59:59 gw x: y", newYear)).isEqualTo("2026-12-31T23:59:59Z");
        assertThat(time("Jan  1 00:05:00 gw x: y", newYear)).isEqualTo("2027-01-01T00:05:00Z");
        assertThat(time("Jan  1 23:05:00 gw x: y", newYear)).isEqualTo("2027-01-01T23:05:00Z");
        assertThat(time("Feb 29 12:00:00 gw x: y", newYear)).isEqualTo("2024-02-29T12:00:00Z");
    }

    @Test
    void aZoneThatIsStatedIsUsedAndSummerTimeKnown() {
        WallClock berlin = WallClock.of(RECEIVED.getEpochSecond(), ZoneId.of("Europe/Berlin"));
        assertThat(time("Nov 22 17:46:57 gw x: y", berlin)).isEqualTo("2026-11-22T16:46:57Z");
        assertThat(time("Jul 22 17:46:57 gw x: y", berlin)).isEqualTo("2026-07-22T15:46:57Z");
        assertThat(time("Oct 25 02:30:00 gw x: y", berlin)).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(time("2026-11-22T17:46:57 gw x: y", berlin)).isEqualTo("2026-11-22T16:46:57Z");
    }

    @Test
    void everyPrefixMayBreakOffAnywhere() {
        String line = "<30>1 2026-11-22T17:46:57Z gw unbound 462 - [a b=\"c\"] q";
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= bytes.length; length++) {
            assertThat(prefix.read(Arrays.copyOf(bytes, length), 0, length, CLOCK))
                    .isBetween(0, length);
        }
    }

    @Test
    void randomBytesHurtNothing() {
        Random random = new Random(3);
        byte[] letters = "<30>1 Nov 22 17:46:57 2026-11-22T1:[]\"\\-: \u001b[m".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = letters[random.nextInt(letters.length)];
            }
            assertThat(prefix.read(bytes, 0, bytes.length, CLOCK)).isBetween(0, bytes.length);
        }
    }

    private String read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int start = prefix.read(bytes, 0, bytes.length, CLOCK);
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }

    private String time(String line, WallClock clock) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        prefix.read(bytes, 0, bytes.length, clock);
        return Instant.EPOCH.plusNanos(prefix.timeNanos()).toString();
    }
}
