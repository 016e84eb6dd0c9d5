package observatory.ingest.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.TlsObservation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeekJsonDecoderTest {
    private static final String ENDS =
            "\"id.orig_h\":\"10.0.0.1\",\"id.orig_p\":1,\"id.resp_h\":\"192.0.2.1\",\"id.resp_p\":53";

    @Test
    void aFlowEndsWhenItsDurationIsOver() {
        FlowObservation flow =
                (FlowObservation) only("conn", "{\"ts\":1575413096.052279,\"duration\":0.1," + ENDS + "}\n");
        assertThat(flow.startNanos()).isEqualTo(1_575_413_096_052_279_000L);
        assertThat(flow.endNanos()).isEqualTo(1_575_413_096_152_279_000L);
    }

    @Test
    void withoutDurationAFlowEndsWhenItStarts() {
        FlowObservation flow = (FlowObservation) only("conn", "{\"ts\":2.5," + ENDS + "}\n");
        assertThat(flow.endNanos()).isEqualTo(flow.startNanos());
    }

    @Test
    void isoTimesAreReadToo() {
        Observation flow = only("conn", "{\"ts\":\"2019-12-03T22:44:56.052279Z\"," + ENDS + "}\n");
        assertThat(flow.timeNanos()).isEqualTo(1_575_413_096_052_279_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ts\":1,\"id_orig_h\":\"10.0.0.1\",\"id_resp_h\":\"192.0.2.1\"}",
                "{\"ts\":1,\"id\":{\"orig_h\":\"10.0.0.1\",\"resp_h\":\"192.0.2.1\",\"more\":[1]}}"
            })
    void namesThatShippersGiveTheFieldsAreKnown(String record) {
        FlowObservation flow = (FlowObservation) only("conn", record);
        assertThat(flow.source()).hasToString("10.0.0.1");
        assertThat(flow.destination()).hasToString("192.0.2.1");
    }

    @Test
    void theKindOfARecordIsItsPathThenItsFieldsThenTheFileName() {
        String dns = "\"ts\":1,\"qtype_name\":\"A\"," + ENDS;
        assertThat(only("conn", "{\"_path\":\"ssl\"," + dns + "}")).isInstanceOf(TlsObservation.class);
        assertThat(only("conn", "{" + dns + "}")).isInstanceOf(DnsObservation.class);
        assertThat(only("dns", "{\"ts\":1," + ENDS + "}")).isInstanceOf(DnsObservation.class);
        assertThat(only("", "{\"ts\":1,\"conn_state\":\"SF\"," + ENDS + "}")).isInstanceOf(FlowObservation.class);
    }

    @Test
    void recordsOfOtherLogsAreUnused() {
        Decoded decoded = json("weird", "{\"ts\":1," + ENDS + "}\n");
        assertThat(decoded.rejections()).extracting(Rejection::detail).containsExactly("zeek weird");
        assertThat(json("", "{\"ts\":1," + ENDS + "}\n").rejections())
                .extracting(Rejection::reason)
                .containsExactly(Reason.UNUSED_KIND);
    }

    @Test
    void answersKeepTheirOrderAndTheirTimesToLive() {
        DnsObservation dns = (DnsObservation) only(
                "dns",
                "{\"ts\":1,\"query\":\"A.Example\",\"qtype_name\":\"A\",\"rcode\":3,"
                        + "\"answers\":[\"b.example\",\"192.0.2.9\",null],\"TTLs\":[17.0,2534.0]," + ENDS + "}");
        assertThat(dns.question()).isEqualTo("a.example");
        assertThat(dns.responseCode()).isEqualTo("NXDOMAIN");
        assertThat(dns.answers())
                .startsWith(new Answer("b.example", "CNAME", 17), new Answer("192.0.2.9", "A", 2534))
                .hasSize(3);
    }

    @Test
    void aBrokenLineDoesNotTakeItsNeighboursWithIt() {
        String good = "{\"ts\":1," + ENDS + "}\n";
        Decoded decoded =
                json("conn", good + "{\"ts\":1,\"uid\":\n" + good + "garbage\n" + good + "{\"ts\":[[[\n" + good);
        assertThat(decoded.observations()).hasSize(4);
        assertThat(decoded.rejections()).extracting(Rejection::line).containsExactly(2L, 4L, 6L);
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsOnly(Reason.MALFORMED);
    }

    @Test
    void twoHalvesOnTwoLinesAreNoRecord() {
        Decoded decoded = json("conn", "{\"ts\":1,\n" + ENDS + "}\n{\"ts\":1," + ENDS + "}\n");
        assertThat(decoded.observations()).hasSize(1);
        assertThat(decoded.rejections()).extracting(Rejection::line).containsExactly(1L, 2L);
    }

    @Test
    void twoRecordsOnOneLineAreNone() {
        String record = "{\"ts\":1," + ENDS + "}";
        Decoded decoded = json("conn", record + record + "\n" + record + "\n");
        assertThat(decoded.observations()).hasSize(1);
        assertThat(decoded.rejections()).hasSize(1);
    }

    @Test
    void halfARecordAtTheEndOfTheFileIsTruncated() {
        assertThat(json("conn", "{\"ts\":1,\"id.or").rejections())
                .extracting(Rejection::reason)
                .containsExactly(Reason.TRUNCATED);
    }

    @Test
    void aValueOfAnotherShapeIsABadValue() {
        Decoded decoded =
                json("conn", "{\"ts\":{\"a\":1}," + ENDS + "}\n{\"ts\":1,\"orig_pkts\":[1,2]," + ENDS + "}\n");
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsOnly(Reason.BAD_VALUE);
        assertThat(decoded.rejections().getLast().detail())
                .isEqualTo("orig_pkts: found an array, wanted a whole number");
    }

    @Test
    void nullIsAbsence() {
        FlowObservation flow =
                (FlowObservation) only("conn", "{\"ts\":1,\"orig_pkts\":null,\"service\":\"\"," + ENDS + "}");
        assertThat(flow.sourcePackets()).isEqualTo(FlowObservation.ABSENT);
        assertThat(flow.application()).isNull();
    }

    @Test
    void invalidUtf8InANameIsReadAsReplacementCharacters() {
        byte[] line = ("{\"ts\":1,\"cipher\":\"x\",\"server_name\":\"a?b\"," + ENDS + "}\n")
                .getBytes(StandardCharsets.US_ASCII);
        line[new String(line, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xc3;
        Decoded decoded = new ZeekJsonDecoder().decode(Decoding.message(Format.ZEEK_JSON, "ssl", line));
        assertThat(((TlsObservation) decoded.observations().getFirst()).serverName())
                .isEqualTo("a\ufffdb");
    }

    @Test
    void nestingWithoutEndIsRefusedAndCheap() {
        String attack = ("{\"a\":[".repeat(1000) + "\n").repeat(100);
        assertThat(json("conn", attack).rejections()).hasSize(100);
    }

    private static Observation only(String kind, String text) {
        Decoded decoded = json(kind, text);
        assertThat(decoded.rejections()).isEmpty();
        assertThat(decoded.observations()).hasSize(1);
        return decoded.observations().getFirst();
    }

    private static Decoded json(String kind, String text) {
        return Decoding.text(Format.ZEEK_JSON, kind, text);
    }
}
