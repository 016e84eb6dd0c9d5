package observatory.ingest.dnslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import observatory.ingest.decode.Corpus;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.DnsObservation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The logs that real servers wrote, against the questions that were sent to them. */
class DnsLogCorpusTest {

    @Test
    void dnsmasqWithExtraGivesEveryQuestionAndToWhomEachAddressWasTold() {
        Path folder = Corpus.of("dns/dnsmasq-extra");
        Decoded decoded = Decoding.file(folder.resolve("dnsmasq.log"));
        List<Sent.Question> sent = Sent.of(folder);
        assertThat(decoded.records()).isEqualTo(1357);
        assertThat(Sent.seen(questions(decoded))).isEqualTo(Sent.asked(sent));
        assertThat(Sent.heard(answers(decoded))).containsExactlyElementsOf(Sent.told(sent));
        assertThat(decoded.rejections()).allMatch(rejection -> rejection.reason() == Reason.UNUSED_KIND);
        assertThat(answers(decoded)).allMatch(answer -> answer.client() != null && answer.clientPort() > 0);
        assertStampedAsSent(questions(decoded), sent);
    }

    @Test
    void dnsmasqWithoutExtraGivesTheQuestionsAndTellsNobodyTheAnswers() {
        Path folder = Corpus.of("dns/dnsmasq-pihole-style");
        Decoded decoded = Decoding.file(folder.resolve("dnsmasq.log"));
        List<Sent.Question> sent = Sent.of(folder);
        assertThat(decoded.records()).isEqualTo(1939);
        assertThat(Sent.seen(questions(decoded))).isEqualTo(Sent.asked(sent));
        assertThat(answers(decoded)).isNotEmpty().allMatch(answer -> answer.client() == null);
        assertThat(namesAndAddresses(Sent.heard(answers(decoded))))
                .containsExactlyElementsOf(namesAndAddresses(Sent.told(sent)));
        assertThat(decoded.rejections()).allMatch(rejection -> rejection.reason() == Reason.UNUSED_KIND);
    }

    @Test
    void bindGivesEveryQuestionToTheMillisecond() {
        Path folder = Corpus.of("dns/bind-querylog");
        Decoded decoded = Decoding.file(folder.resolve("query.log"));
        List<Sent.Question> sent = Sent.of(folder);
        List<DnsObservation> questions = questions(decoded);
        assertThat(decoded.records()).isEqualTo(432);
        assertThat(decoded.rejections()).isEmpty();
        assertThat(Sent.seen(questions)).isEqualTo(Sent.asked(sent));
        assertThat(questions).allMatch(question -> "127.0.0.1".equals(String.valueOf(question.resolver())));
        for (int i = 0; i < sent.size(); i++) {
            DnsObservation question = questions.get(i + 1);
            assertThat(question.clientPort()).isEqualTo(sent.get(i).port());
            assertThat(question.timeNanos() / 1e9).isCloseTo(sent.get(i).seconds(), within(0.5));
        }
    }

    @Test
    void unboundGivesEveryQuestionAndHowItEnded() {
        Path folder = Corpus.of("dns/unbound-ascii-time");
        Decoded decoded = Decoding.file(folder.resolve("unbound.log"));
        List<Sent.Question> sent = Sent.of(folder);
        assertThat(decoded.records()).isEqualTo(919);
        assertThat(Sent.seen(questions(decoded))).isEqualTo(Sent.asked(sent));
        assertThat(Sent.seen(answers(decoded))).isEqualTo(Sent.asked(sent));
        JsonNode codes = Corpus.expected(folder).get("by_rcode_received");
        assertThat(answers(decoded).stream().filter(dns -> "NXDOMAIN".equals(dns.responseCode())))
                .hasSize(codes.get("NXDOMAIN").asInt());
        assertThat(answers(decoded)).allMatch(answer -> answer.answers().isEmpty());
        assertThat(decoded.rejections()).allMatch(rejection -> rejection.reason() == Reason.UNUSED_KIND);
    }

    @TestFactory
    Stream<DynamicTest> everyPublishedLogGivesTheQuestionsOfItsClients() {
        return Corpus.cases("dns/collected").stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> checkPublished(folder)));
    }

    private static void checkPublished(Path folder) {
        JsonNode expected = Corpus.expected(folder);
        Decoded decoded = Decoding.file(folder.resolve(folder.getFileName() + ".log"));
        List<String> asked = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        for (JsonNode event : expected.get("expected_events")) {
            String name = event.path("qname").asText().toLowerCase(Locale.ROOT);
            String client = event.has("client")
                    ? event.get("client").asText()
                    : event.path("peer").asText();
            boolean isAnswer = switch (event.get("kind").asText()) {
                case "cached", "reply", "blocked" ->
                    !event.path("value").asText().equals("<CNAME>");
                case "response" -> event.get("opcode").asText().equals("Q");
                default -> false;
            };
            if (event.path("is_client_query").asBoolean()) {
                asked.add(client + ' ' + event.get("qtype").asText() + ' ' + name);
            } else if (isAnswer) {
                answered.add(
                        event.has("rcode")
                                ? client + ' ' + event.get("rcode").asText()
                                : event.get("value").asText());
            }
        }
        assertThat(asked).hasSize(expected.get("client_queries").asInt());
        assertThat(questions(decoded).stream().map(q -> q.client() + " " + q.questionType() + ' ' + q.question()))
                .containsExactlyElementsOf(asked);
        assertThat(answers(decoded).stream().map(DnsLogCorpusTest::published)).containsExactlyElementsOf(answered);
        assertThat(decoded.rejections()).allMatch(rejection -> rejection.reason() == Reason.UNUSED_KIND);
    }

    /** An answer as the list of events of a published log writes it. */
    private static String published(DnsObservation answer) {
        if (answer.client() != null) {
            return answer.client() + " " + answer.responseCode();
        }
        return answer.questionType() != null
                        && answer.answers().stream().allMatch(a -> a.type().equals("CNAME"))
                ? "NODATA-" + (answer.questionType().equals("A") ? "IPv4" : "IPv6")
                : answer.answers().getLast().data();
    }

    @Test
    void theDatesOfWindowsAreReadInTheOrderOfItsLocale() {
        Decoded decoded = Decoding.file(Corpus.of("dns/collected/windows-dns-basic/windows-dns-basic.log"));
        assertThat(Instant.EPOCH.plusNanos(questions(decoded).getFirst().timeNanos()))
                .isEqualTo(Instant.parse("2026-04-11T15:29:17Z"));
    }

    private static TreeSet<String> namesAndAddresses(Iterable<String> told) {
        TreeSet<String> pairs = new TreeSet<>();
        told.forEach(line -> pairs.add(line.replaceFirst("\\S+ \\S+ ", "")));
        return pairs;
    }

    private static void assertStampedAsSent(List<DnsObservation> questions, List<Sent.Question> sent) {
        Instant first = Instant.ofEpochMilli((long) (sent.getFirst().seconds() * 1000));
        Instant last = Instant.ofEpochMilli((long) (sent.getLast().seconds() * 1000));
        // The year is the one of the file's last change, which copies of the corpus need not keep.
        assertThat(questions).allMatch(question -> {
            Instant time = Instant.EPOCH.plusNanos(question.timeNanos());
            Duration since = Duration.between(first, time);
            long years = Math.round(since.toDays() / 365.25);
            Instant sameYear = time.atZone(ZoneOffset.UTC).minusYears(years).toInstant();
            return !sameYear.isBefore(first.minusSeconds(5)) && !sameYear.isAfter(last.plusSeconds(5));
        });
    }

    private static List<DnsObservation> questions(Decoded decoded) {
        return all(decoded).stream().filter(dns -> !dns.response()).toList();
    }

    private static List<DnsObservation> answers(Decoded decoded) {
        return all(decoded).stream()
                .filter(DnsObservation::response)
                .filter(dns -> !Objects.equals(dns.question(), "readiness.test"))
                .toList();
    }

    private static List<DnsObservation> all(Decoded decoded) {
        return decoded.observations().stream()
                .filter(DnsObservation.class::isInstance)
                .map(DnsObservation.class::cast)
                .toList();
    }
}
