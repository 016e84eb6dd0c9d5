package observatory.ingest.dnstap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import observatory.ingest.decode.Corpus;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.dnslog.Sent;
import observatory.ingest.observation.DnsObservation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dnstap file of the corpus against {@code dnstap-read} and against what was sent. */
class DnstapCorpusTest {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "dd-MMM-yyyy HH:mm:ss.SSS", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(strings = {"bind-querylog", "unbound-ascii-time"})
    void everyFrameIsWhatDnstapReadShows(String name) throws IOException {
        Path folder = Corpus.of("dns/" + name);
        JsonNode expected = Corpus.expected(folder);
        List<DnsObservation> frames = dns(folder);
        assertThat(frames).hasSize(expected.get("dnstap_frames").asInt());
        assertThat(frames.stream().map(DnstapCorpusTest::asDnstapReadShows).toList())
                .isEqualTo(Files.readAllLines(folder.resolve("dnstap-read.txt")).stream()
                        .map(line -> line.replaceFirst(" \\d+b ", " ").toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void unboundTellsEachClientItsAddresses() {
        Path folder = Corpus.of("dns/unbound-ascii-time");
        List<Sent.Question> sent = Sent.of(folder);
        List<DnsObservation> frames = dns(folder);
        assertThat(Sent.seen(frames.stream().filter(dns -> !dns.response()).toList()))
                .isEqualTo(Sent.asked(sent));
        assertThat(Sent.heard(frames)).isEqualTo(Sent.told(sent));
    }

    @Test
    void bindLosesSomeFramesAndInventsNone() {
        Path folder = Corpus.of("dns/bind-querylog");
        assertThat(Sent.told(Sent.of(folder))).containsAll(Sent.heard(dns(folder)));
    }

    @Test
    void aFileOfAnotherCollectorIsReadAsWell() {
        List<DnsObservation> frames = dns(Corpus.of("dns/dnstap-dmachard"));
        assertThat(frames.stream().map(DnstapCorpusTest::asDnstapReadShows))
                .containsExactly(
                        "05-jun-2024 18:49:49.590 cq 172.19.0.1:46390 -> 172.19.0.2:53 udp www.google.com/in/a",
                        "05-jun-2024 18:49:49.601 cr 172.19.0.1:46390 <- 172.19.0.2:53 udp www.google.com/in/a");
        assertThat(frames.getLast().answers()).hasSize(1);
    }

    private static String asDnstapReadShows(DnsObservation dns) {
        Instant time = Instant.EPOCH.plusNanos(dns.timeNanos()).truncatedTo(ChronoUnit.MILLIS);
        return (STAMP.format(time) + (dns.response() ? " cr " : " cq ") + dns.client() + ':' + dns.clientPort()
                        + (dns.response() ? " <- " : " -> ") + dns.resolver() + ':' + dns.resolverPort()
                        + (dns.protocol() == 6 ? " tcp " : " udp ") + dns.question() + "/in/" + dns.questionType())
                .toLowerCase(Locale.ROOT);
    }

    private static List<DnsObservation> dns(Path folder) {
        Decoded decoded = Decoding.file(folder.resolve("dnstap.fstrm"));
        assertThat(decoded.rejections()).isEmpty();
        return decoded.observations().stream().map(DnsObservation.class::cast).toList();
    }
}
