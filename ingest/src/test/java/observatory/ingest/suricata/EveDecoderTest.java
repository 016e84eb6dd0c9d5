package observatory.ingest.suricata;

import static org.assertj.core.api.Assertions.assertThat;

import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.observation.TlsObservation;
import org.junit.jupiter.api.Test;

class EveDecoderTest {
    private static final String TO_SERVICE = "\"timestamp\":\"2024-02-13T14:34:38.788265+0000\",\"flow_id\":7,"
            + "\"src_ip\":\"10.0.0.1\",\"src_port\":40000,\"dest_ip\":\"192.0.2.53\",\"dest_port\":53,\"proto\":\"UDP\"";
    private static final String FROM_SERVICE = "\"timestamp\":\"2024-02-13T14:34:38.788265+0000\",\"flow_id\":7,"
            + "\"src_ip\":\"192.0.2.53\",\"src_port\":53,\"dest_ip\":\"10.0.0.1\",\"dest_port\":40000,\"proto\":\"UDP\"";

    @Test
    void aFlowLastsFromItsFirstToItsLastPacketWhateverTheEventsTime() {
        FlowObservation flow = (FlowObservation)
                only(
                        "{\"event_type\":\"flow\"," + TO_SERVICE
                                + ",\"app_proto\":\"failed\",\"flow\":{\"pkts_toserver\":2,\"bytes_toserver\":200,\"bytes_toclient\":0,"
                                + "\"start\":\"2024-02-13T14:00:00.000001+0000\",\"end\":\"2024-02-13T14:00:01+0000\",\"state\":\"new\"},"
                                + "\"ether\":{\"src_macs\":[\"80:5e:c0:11:22:33\"],\"dest_macs\":[\"00:00:00:00:00:01\",\"00:00:00:00:00:02\"]}}");
        assertThat(flow.endNanos() - flow.startNanos()).isEqualTo(999_999_000L);
        assertThat(flow.sensorId()).isEqualTo("7");
        assertThat(flow.application()).isNull();
        assertThat(flow.destinationPackets()).isEqualTo(FlowObservation.ABSENT);
        assertThat(flow.sourceMac()).isEqualTo("80-5E-C0-11-22-33");
        assertThat(flow.destinationMac()).isNull();
    }

    @Test
    void dnsVersion1HasOneAnswerAnEvent() {
        DnsObservation dns = (DnsObservation) only("{\"event_type\":\"dns\"," + FROM_SERVICE
                + ",\"dns\":{\"type\":\"answer\",\"id\":1,\"rcode\":\"NOERROR\",\"rrname\":\"a.example\","
                + "\"rrtype\":\"A\",\"ttl\":30,\"rdata\":\"198.51.100.1\"}}");
        assertThat(dns.answers()).containsExactly(new Answer("198.51.100.1", "A", 30));
        assertThat(dns.client()).hasToString("10.0.0.1");
        assertThat(dns.resolverPort()).isEqualTo(53);
    }

    @Test
    void dnsVersion2GroupedAnswersAreReadWithAliasesFirst() {
        DnsObservation dns = (DnsObservation) only("{\"event_type\":\"dns\"," + TO_SERVICE
                + ",\"dns\":{\"version\":2,\"type\":\"answer\",\"rcode\":\"NOERROR\",\"rrname\":\"A.Example.\",\"rrtype\":\"A\","
                + "\"grouped\":{\"A\":[\"198.51.100.1\",\"198.51.100.2\"],\"CNAME\":[\"b.example\"]}}}");
        assertThat(dns.question()).isEqualTo("a.example");
        assertThat(dns.answers())
                .containsExactly(
                        new Answer("b.example", "CNAME", FlowObservation.ABSENT),
                        new Answer("198.51.100.1", "A", FlowObservation.ABSENT),
                        new Answer("198.51.100.2", "A", FlowObservation.ABSENT));
    }

    @Test
    void dnsVersion3ResponsesComeFromTheResolver() {
        DnsObservation dns = (DnsObservation) only("{\"event_type\":\"dns\"," + FROM_SERVICE
                + ",\"dns\":{\"version\":3,\"type\":\"response\",\"rcode\":\"NOERROR\","
                + "\"queries\":[{\"rrname\":\"a.example\",\"rrtype\":\"AAAA\"}],\"answers\":[{\"rrname\":\"a.example\","
                + "\"rrtype\":\"AAAA\",\"ttl\":9,\"rdata\":\"2001:0db8:0000:0000:0000:0000:0000:0001\"}]}}");
        assertThat(dns.questionType()).isEqualTo("AAAA");
        assertThat(dns.answers()).containsExactly(new Answer("2001:db8::1", "AAAA", 9));
        assertThat(dns.client()).hasToString("10.0.0.1");
        assertThat(dns.clientPort()).isEqualTo(40000);
    }

    @Test
    void aQueryHasNoResponseCode() {
        DnsObservation dns = (DnsObservation) only("{\"event_type\":\"dns\"," + TO_SERVICE
                + ",\"dns\":{\"version\":3,\"type\":\"request\",\"rcode\":\"NOERROR\","
                + "\"queries\":[{\"rrname\":\"a.example\",\"rrtype\":\"A\"}]}}");
        assertThat(dns.response()).isFalse();
        assertThat(dns.responseCode()).isNull();
    }

    @Test
    void answersWithStructuredDataShowTheNameInIt() {
        DnsObservation dns = (DnsObservation)
                only(
                        "{\"event_type\":\"dns\"," + TO_SERVICE
                                + ",\"dns\":{\"version\":2,\"type\":\"answer\",\"rrname\":\"_sip._udp.example\",\"rrtype\":\"SRV\",\"answers\":["
                                + "{\"rrtype\":\"SRV\",\"ttl\":5,\"srv\":{\"priority\":1,\"weight\":2,\"port\":5060,\"name\":\"sip.example\"}}]}}");
        assertThat(dns.answers()).containsExactly(new Answer("sip.example", "SRV", 5));
    }

    @Test
    void tlsAndQuicGiveTheServersName() {
        TlsObservation tls = (TlsObservation) only("{\"event_type\":\"tls\"," + TO_SERVICE
                + ",\"tls\":{\"sni\":\"API.Example\",\"version\":\"TLS 1.3\"}}");
        TlsObservation quic = (TlsObservation) only(
                "{\"event_type\":\"quic\"," + TO_SERVICE + ",\"quic\":{\"version\":\"1\",\"sni\":\"api.example\"}}");
        assertThat(tls.serverName()).isEqualTo("api.example");
        assertThat(tls.established()).isNull();
        assertThat(quic.version()).isEqualTo("QUIC 1");
    }

    @Test
    void quicWithoutANameIsUnused() {
        Decoded decoded = eve("{\"event_type\":\"quic\"," + TO_SERVICE + ",\"quic\":{\"version\":\"1\"}}\n");
        assertThat(decoded.rejections()).extracting(Rejection::detail).containsExactly("suricata quic");
    }

    @Test
    void netflowEventsAreUnusedBecauseFlowsHoldTheirSums() {
        Decoded decoded = eve("{\"event_type\":\"netflow\"," + TO_SERVICE + ",\"netflow\":{\"pkts\":1}}\n");
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsExactly(Reason.UNUSED_KIND);
    }

    @Test
    void theFlowInsideAnAlertIsNotAFlow() {
        Decoded decoded = eve("{\"event_type\":\"alert\"," + TO_SERVICE + ",\"flow\":{\"bytes_toserver\":\"x\"}}\n");
        assertThat(decoded.rejections()).extracting(Rejection::detail).containsExactly("suricata alert");
    }

    @Test
    void anAcknowledgedLeaseIsASighting() {
        DeviceSighting device = (DeviceSighting) only("{\"event_type\":\"dhcp\"," + TO_SERVICE
                + ",\"dhcp\":{\"client_mac\":\"80:5e:c0:11:22:33\",\"assigned_ip\":\"10.0.0.7\",\"dhcp_type\":\"ack\","
                + "\"lease_time\":3600,\"hostname\":\"SIP-T54W\",\"vendor_class_identifier\":\"yealink\"}}");
        assertThat(device.address()).hasToString("10.0.0.7");
        assertThat(device.leaseSeconds()).isEqualTo(3600);
        assertThat(device.vendorClass()).isEqualTo("yealink");
    }

    @Test
    void statisticsTellWhatTheSensorLost() {
        SensorStatus status = (SensorStatus)
                only(
                        "{\"timestamp\":\"2024-02-13T14:34:38+0000\",\"event_type\":\"stats\",\"stats\":"
                                + "{\"uptime\":1,\"capture\":{\"kernel_packets\":1000,\"kernel_drops\":7},\"decoder\":{\"pkts\":993}}}");
        assertThat(status.received()).isEqualTo(1000);
        assertThat(status.dropped()).isEqualTo(7);
    }

    @Test
    void eventsWithoutTypeTimeOrEndsAreRejectedBySayingSo() {
        Decoded decoded =
                eve("{}\n{\"event_type\":\"flow\"}\n{\"event_type\":\"flow\",\"timestamp\":\"2024-02-13T14:34:38\"}\n");
        assertThat(decoded.rejections())
                .extracting(Rejection::detail)
                .containsExactly(
                        "the record has no event_type", "the record has no timestamp", "the record has no src_ip");
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsOnly(Reason.MISSING_FIELD);
    }

    @Test
    void aNumberThatIsNoneIsABadValue() {
        Decoded decoded = eve("{\"event_type\":\"flow\"," + TO_SERVICE + ",\"flow\":{\"bytes_toserver\":-5}}\n");
        assertThat(decoded.rejections().getFirst().reason()).isEqualTo(Reason.BAD_VALUE);
        assertThat(decoded.rejections().getFirst().detail())
                .isEqualTo("bytes_toserver: found '-5', wanted a whole number");
    }

    private static Observation only(String text) {
        Decoded decoded = eve(text);
        assertThat(decoded.rejections()).isEmpty();
        assertThat(decoded.observations()).hasSize(1);
        return decoded.observations().getFirst();
    }

    private static Decoded eve(String text) {
        return Decoding.text(Format.SURICATA_EVE, "", text);
    }
}
