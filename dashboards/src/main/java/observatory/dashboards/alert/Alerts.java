package observatory.dashboards.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import observatory.jobs.document.Document;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticException;

/**
 * Sends open findings that a channel has not had yet, worst first, ten to a message. Every attempt is on record in
 * {@code observatory-alerts}: one document per channel and finding, with the outcome of the last attempt. A finding counts
 * as sent when the webhook accepted it; if this process dies between the two, it is sent once more.
 *
 * <p>Every method throws {@link ElasticException} if Elasticsearch gives no answer.
 */
public final class Alerts {
    private static final String FINDINGS = "observatory-findings";
    private static final String LEDGER = "observatory-alerts";
    private static final String SENT = "sent";
    private static final String FAILED = "failed";
    private static final int PAGE = 500;

    /** Per run; the rest follows in the next one. */
    private static final int MOST_ALERTS = 1_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ElasticClient client;
    private final AlertSettings settings;
    private final InstantSource clock;
    private final Webhook.Pause pause;

    public Alerts(ElasticClient client, AlertSettings settings, InstantSource clock) {
        this(client, settings, clock, Thread::sleep);
    }

    Alerts(ElasticClient client, AlertSettings settings, InstantSource clock, Webhook.Pause pause) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * What a run came to.
     *
     * @param sent findings that the webhook accepted
     * @param failed findings that were to be sent and were not
     * @param reason why, in one line; empty when nothing failed
     */
    public record Result(int sent, int failed, String reason) {
        /** Whether everything that was to be sent was. */
        public boolean isComplete() {
            return failed == 0;
        }
    }

    /** Sends what is due. After a message that cannot be delivered the rest waits for the next run. */
    public Result send() throws InterruptedException {
        List<Alert> due = due();
        int sent = 0;
        try (Webhook webhook = new Webhook(settings, pause)) {
            for (List<Alert> message : messages(due)) {
                Webhook.Delivery delivery = webhook.deliver(SlackMessage.of(message));
                message.forEach(alert -> record(alert, delivery));
                if (!delivery.isAccepted()) {
                    return new Result(sent, due.size() - sent, failure(delivery));
                }
                sent += message.size();
            }
        } finally {
            client.refresh(LEDGER);
        }
        return new Result(sent, 0, "");
    }

    /** Sends a message that says it is a test; nothing is recorded. */
    public Result test() throws InterruptedException {
        try (Webhook webhook = new Webhook(settings, pause)) {
            Webhook.Delivery delivery = webhook.deliver(SlackMessage.test(settings.channel()));
            return delivery.isAccepted() ? new Result(1, 0, "") : new Result(0, 1, failure(delivery));
        }
    }

    /** The messages that {@link #send} would send now, as text; nothing is sent and nothing recorded. */
    public List<String> preview() {
        return messages(due()).stream().map(SlackMessage::plain).toList();
    }

    /** The same as the JSON that the webhook would get. */
    public List<String> previewJson() {
        return messages(due()).stream().map(SlackMessage::of).toList();
    }

    private String failure(Webhook.Delivery delivery) {
        String attempts = delivery.attempts() == 1 ? "" : " (after " + delivery.attempts() + " attempts)";
        return "channel " + settings.channel() + " did not take the message: " + delivery.reason() + attempts;
    }

    private static List<List<Alert>> messages(List<Alert> due) {
        List<List<Alert>> messages = new ArrayList<>();
        for (int from = 0; from < due.size(); from += SlackMessage.MOST_ALERTS) {
            messages.add(due.subList(from, Math.min(due.size(), from + SlackMessage.MOST_ALERTS)));
        }
        return messages;
    }

    private List<Alert> due() {
        List<Alert> due = new ArrayList<>();
        ObjectNode body = query();
        while (due.size() < MOST_ALERTS) {
            JsonNode hits = client.search(FINDINGS, body).at("/hits/hits");
            Set<String> sent = sent(hits);
            for (JsonNode hit : hits) {
                String id = hit.path("_id").asText();
                if (!sent.contains(id) && due.size() < MOST_ALERTS) {
                    due.add(Alert.of(id, hit.path("_source"), settings.console(), settings.zone()));
                }
            }
            if (hits.size() < PAGE) {
                break;
            }
            body.set("search_after", hits.get(hits.size() - 1).path("sort"));
        }
        return due;
    }

    private ObjectNode query() {
        ObjectNode body = MAPPER.createObjectNode().put("size", PAGE).put("track_total_hits", false);
        ArrayNode conditions = body.putObject("query").putObject("bool").putArray("filter");
        conditions.addObject().putObject("term").put("observatory.finding.state", "open");
        ArrayNode severities = conditions.addObject().putObject("terms").putArray("observatory.finding.severity");
        settings.minimum().andAbove().forEach(severities::add);
        ArrayNode sort = body.putArray("sort");
        sort(sort.addObject(), "event.severity", "desc", "long");
        sort(sort.addObject(), "event.start", "asc", "date");
        sort(sort.addObject(), "observatory.finding.kind", "asc", "keyword");
        sort(sort.addObject(), "observatory.finding.cause", "asc", "keyword");
        return body;
    }

    private static void sort(ObjectNode sort, String field, String order, String type) {
        sort.putObject(field).put("order", order).put("unmapped_type", type);
    }

    /** Which of these findings the channel has had. */
    private Set<String> sent(JsonNode hits) {
        ObjectNode body = MAPPER.createObjectNode().put("size", PAGE).put("track_total_hits", false);
        ArrayNode conditions = body.putObject("query").putObject("bool").putArray("filter");
        conditions.addObject().putObject("term").put("observatory.alert.channel", settings.channel());
        conditions.addObject().putObject("term").put("observatory.alert.outcome", SENT);
        ArrayNode ids = conditions.addObject().putObject("terms").putArray("observatory.alert.finding");
        hits.forEach(hit -> ids.add(hit.path("_id").asText()));
        Set<String> sent = new HashSet<>();
        client.search(LEDGER, body)
                .at("/hits/hits")
                .forEach(hit -> sent.add(
                        hit.path("_source").path("observatory.alert.finding").asText()));
        return sent;
    }

    private void record(Alert alert, Webhook.Delivery delivery) {
        ObjectNode entry = MAPPER.createObjectNode()
                .put("@timestamp", clock.instant().toString())
                .put("event.dataset", "observatory.alert")
                .put("event.kind", "event")
                .put("observatory.alert.channel", settings.channel())
                .put("observatory.alert.finding", alert.id())
                .put("observatory.alert.outcome", delivery.isAccepted() ? SENT : FAILED)
                .put("message", delivery.isAccepted() ? alert.title() + ": " + alert.summary() : delivery.reason());
        if (alert.isSimulated()) {
            entry.put("observatory.simulated", true);
        }
        client.put(new Document(LEDGER, settings.channel() + "|" + alert.id(), Document.UNVERSIONED, json(entry)));
    }

    private static byte[] json(ObjectNode entry) {
        try {
            return MAPPER.writeValueAsString(entry).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
