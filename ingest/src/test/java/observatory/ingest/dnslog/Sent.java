package observatory.ingest.dnslog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.DnsObservation;

/** The questions that were sent to a real server while it logged, with what came back; the truth of a corpus case. */
public final class Sent {
    private Sent() {}

    /** One question: who, when, what, and the answer. */
    public record Question(
            String client, int port, double seconds, String name, String type, String code, List<String> addresses) {}

    /** The questions of a case, in order. */
    public static List<Question> of(Path folder) {
        List<Question> questions = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("queries.ndjson.gz")))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode sent = json.readTree(line);
                List<String> addresses = new ArrayList<>();
                for (JsonNode answer : sent.get("answers")) {
                    if (answer.get(1).asText().matches("A|AAAA")) {
                        addresses.add(IpAddress.of(answer.get(2).asText()).toString());
                    }
                }
                questions.add(new Question(
                        sent.get("client").asText(),
                        sent.get("sport").asInt(),
                        sent.get("sent").asDouble(),
                        sent.get("qname").asText().toLowerCase(Locale.ROOT),
                        sent.get("qtype").asText(),
                        sent.get("rcode").asText(),
                        addresses));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return questions;
    }

    /** How often each client asked each name and type. */
    public static Map<String, Long> asked(List<Question> questions) {
        Map<String, Long> counts = new TreeMap<>();
        questions.forEach(sent -> counts.merge(sent.client() + ' ' + sent.type() + ' ' + sent.name(), 1L, Long::sum));
        return counts;
    }

    /** Which addresses each port of a client was told for which name. */
    public static Set<String> told(List<Question> questions) {
        Set<String> told = new TreeSet<>();
        for (Question sent : questions) {
            for (String address : sent.addresses()) {
                told.add(sent.client() + ' ' + sent.port() + ' ' + sent.name() + ' ' + address);
            }
        }
        return told;
    }

    /** The same of answers that were decoded. */
    public static Set<String> heard(List<DnsObservation> answers) {
        Set<String> heard = new TreeSet<>();
        for (DnsObservation answer : answers) {
            for (DnsObservation.Answer record : answer.answers()) {
                if (record.type().matches("A|AAAA")) {
                    heard.add(answer.client() + " " + answer.clientPort() + ' ' + answer.question() + ' '
                            + record.data());
                }
            }
        }
        return heard;
    }

    /** The same of what was decoded, without the one question that asked whether the server was up. */
    public static Map<String, Long> seen(List<DnsObservation> questions) {
        Map<String, Long> counts = new TreeMap<>();
        for (DnsObservation seen : questions) {
            if (!"readiness.test".equals(seen.question())) {
                counts.merge(seen.client() + " " + seen.questionType() + ' ' + seen.question(), 1L, Long::sum);
            }
        }
        return counts;
    }
}
