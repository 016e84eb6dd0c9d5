package observatory.ingest.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import org.junit.jupiter.api.Test;

class ZeekTsvDecoderTest {
    private static final String CONN = "#path\tconn\n#fields\tts\tid.orig_h\tid.resp_h\torig_bytes\tresp_bytes\n";

    @Test
    void columnsMayComeInAnyOrderAndOthersAreSkipped() {
        FlowObservation flow =
                (FlowObservation) only("#path\tconn\n#fields\tresp_pkts\tid.resp_h\tnews\tts\tid.orig_h\n"
                        + "7\t192.0.2.1\tx\t1.5\t10.0.0.1\n");
        assertThat(flow.destinationPackets()).isEqualTo(7);
        assertThat(flow.startNanos()).isEqualTo(1_500_000_000L);
        assertThat(flow.source()).hasToString("10.0.0.1");
    }

    @Test
    void anySeparatorsAndMarkersThatTheHeaderStatesAreUsed() {
        DnsObservation dns =
                (DnsObservation) only("#separator \\x7c\n#set_separator|;\n#empty_field|nil\n#unset_field|?\n"
                        + "#path|dns\n#fields|ts|id.orig_h|id.resp_h|query|answers|TTLs|rcode_name\n"
                        + "1|10.0.0.1|10.0.0.2|a,b.example|192.0.2.1;192.0.2.2|5.0;?|?\n");
        assertThat(dns.question()).isEqualTo("a,b.example");
        assertThat(dns.answers())
                .containsExactly(new Answer("192.0.2.1", "A", 5), new Answer("192.0.2.2", "A", FlowObservation.ABSENT));
        assertThat(dns.responseCode()).isNull();
    }

    @Test
    void aHeaderInTheMiddleOfTheFileChangesTheColumns() {
        Decoded decoded = tsv(CONN + "1.0\t10.0.0.1\t192.0.2.1\t5\t6\n#close\t2024\n"
                + "#separator \\x09\n#path\tconn\n#fields\tid.orig_h\tid.resp_h\tts\n10.0.0.1\t192.0.2.1\t2.0\n");
        assertThat(decoded.rejections()).isEmpty();
        assertThat(decoded.observations())
                .extracting(Observation::timeNanos)
                .containsExactly(1_000_000_000L, 2_000_000_000L);
    }

    @Test
    void theHeaderOfTheBlockServesLinesWithoutOne() {
        Decoded decoded = Decoding.text(Format.ZEEK_TSV, CONN, "1.0\t10.0.0.1\t192.0.2.1\t5\t6\n");
        assertThat(decoded.observations()).hasSize(1);
    }

    @Test
    void ipBytesArePreferredAndPayloadBytesStandInForThem() {
        Decoded decoded = tsv("#path\tconn\n#fields\tts\tid.orig_h\tid.resp_h\torig_bytes\torig_ip_bytes\tresp_bytes\n"
                + "1\t10.0.0.1\t192.0.2.1\t5\t45\t6\n1\t10.0.0.1\t192.0.2.1\t5\t-\t-\n");
        assertThat(decoded.observations())
                .extracting(flow -> ((FlowObservation) flow).sourceBytes())
                .containsExactly(45L, 5L);
        assertThat(((FlowObservation) decoded.observations().get(1)).destinationBytes())
                .isEqualTo(FlowObservation.ABSENT);
    }

    @Test
    void icmpIsTheProtocolOfTheAddressFamily() {
        Decoded decoded = tsv(
                "#path\tconn\n#fields\tts\tid.orig_h\tid.resp_h\tproto\n"
                        + "1\t10.0.0.1\t192.0.2.1\ticmp\n1\tfe80::1\tff02::2\ticmp\n1\t10.0.0.1\t192.0.2.1\tunknown_transport\n");
        assertThat(decoded.observations())
                .extracting(flow -> ((FlowObservation) flow).protocol())
                .containsExactly(1, 58, FlowObservation.ABSENT);
    }

    @Test
    void typesOfAnswersAreInferred() {
        DnsObservation dns =
                (DnsObservation) only("#path\tdns\n#fields\tts\tid.orig_h\tid.resp_h\tqtype_name\tanswers\tTTLs\n"
                        + "1\t10.0.0.1\t10.0.0.2\tAAAA\tEdge.Example.,2001:DB8::1\t60.000000,5.5\n");
        assertThat(dns.answers())
                .containsExactly(new Answer("edge.example", "CNAME", 60), new Answer("2001:db8::1", "AAAA", 5));
        assertThat(dns.response()).isTrue();
    }

    @Test
    void anEscapedSeparatorInsideAnElementIsText() {
        DnsObservation dns =
                (DnsObservation) only("#path\tdns\n#fields\tts\tid.orig_h\tid.resp_h\tqtype_name\tanswers\n"
                        + "1\t10.0.0.1\t10.0.0.2\tTXT\tTXT 3 a\\x2cb,\\x00c\n");
        assertThat(dns.answers()).extracting(Answer::data).containsExactly("TXT 3 a,b", "\\x00c");
    }

    @Test
    void aRecordWithTooFewColumnsIsRejectedWithItsPlace() {
        Decoded decoded = tsv(CONN + "1.0\t10.0.0.1\t192.0.2.1\t5\t6\n1.0\t10.0.0.1\n");
        Rejection rejection = decoded.rejections().getFirst();
        assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(rejection.line()).isEqualTo(4);
        assertThat(rejection.offset()).isEqualTo(CONN.length() + "1.0\t10.0.0.1\t192.0.2.1\t5\t6\n".length());
        assertThat(rejection.detail()).isEqualTo("found 2 columns, wanted 5 as in #fields");
        assertThat(rejection.sample()).isEqualTo("1.0\\x0910.0.0.1");
    }

    @Test
    void halfARecordAtTheEndOfTheFileIsTruncated() {
        assertThat(reasons(CONN + "1.0\t10.0")).containsExactly(Reason.TRUNCATED);
    }

    @Test
    void aValueThatCannotBeWhatItsFieldSaysIsABadValue() {
        Decoded decoded = tsv(CONN + "1.0\t10.0.0.999\t192.0.2.1\t5\t6\nyesterday\t10.0.0.1\t192.0.2.1\t5\t6\n"
                + "1.0\t10.0.0.1\t192.0.2.1\t-5\t6\n");
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsOnly(Reason.BAD_VALUE);
        assertThat(decoded.rejections().getFirst().detail())
                .isEqualTo("id.orig_h: found '10.0.0.999', wanted an IP address");
    }

    @Test
    void aFieldWithoutWhichARecordMeansNothingIsMissed() {
        Decoded decoded = tsv(CONN + "-\t10.0.0.1\t192.0.2.1\t5\t6\n1.0\t-\t192.0.2.1\t5\t6\n");
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsOnly(Reason.MISSING_FIELD);
    }

    @Test
    void recordsBeforeAnyFieldsLineAreMalformed() {
        assertThat(reasons("1.0\t10.0.0.1\n")).containsExactly(Reason.MALFORMED);
    }

    @Test
    void logsThatWeDoNotReadAreCountedByName() {
        Decoded decoded = tsv("#path\tweird\n#fields\tts\tname\n1.0\tx\n1.0\ty\n");
        assertThat(decoded.rejections()).extracting(Rejection::detail).containsExactly("zeek weird", "zeek weird");
    }

    @Test
    void commentsAndBlankLinesAreNoRecords() {
        assertThat(tsv(CONN + "\n#types\ttime\n   \n\r\n").records()).isZero();
    }

    @Test
    void windowsLineEndsAreAccepted() {
        assertThat(tsv((CONN + "1.0\t10.0.0.1\t192.0.2.1\t5\t6\n").replace("\n", "\r\n"))
                        .observations())
                .hasSize(1);
    }

    @Test
    void invalidUtf8InANameIsReadAsReplacementCharacters() {
        byte[] line = "#path\tssl\n#fields\tts\tid.orig_h\tid.resp_h\tserver_name\n1\t10.0.0.1\t192.0.2.1\ta?b\n"
                .getBytes(StandardCharsets.US_ASCII);
        line[line.length - 3] = (byte) 0xfe;
        Decoded decoded = new ZeekTsvDecoder().decode(Decoding.message(Format.ZEEK_TSV, "", line));
        assertThat(decoded.observations().getFirst().toString()).contains("serverName=a\ufffdb");
    }

    @Test
    void anOfferedAddressIsNobodys() {
        Decoded decoded = tsv("#path\tdhcp\n#fields\tts\tmac\tassigned_addr\tmsg_types\n"
                + "1\t80:5e:c0:11:22:33\t10.0.0.7\tDISCOVER,OFFER\n1\t80:5e:c0:11:22:33\t10.0.0.7\tREQUEST,ACK\n");
        assertThat(decoded.observations().get(0).toString()).contains("address=null", "mac=80-5E-C0-11-22-33");
        assertThat(decoded.observations().get(1).toString()).contains("address=10.0.0.7");
    }

    private static List<Reason> reasons(String text) {
        return tsv(text).rejections().stream().map(Rejection::reason).toList();
    }

    private static Observation only(String text) {
        Decoded decoded = tsv(text);
        assertThat(decoded.rejections()).isEmpty();
        assertThat(decoded.observations()).hasSize(1);
        return decoded.observations().getFirst();
    }

    private static Decoded tsv(String text) {
        return Decoding.text(Format.ZEEK_TSV, "", text);
    }
}
