package observatory.dashboards.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Several alerts as one message that Slack draws from blocks; chats that take Slack's webhooks without blocks show the
 * text, which says the same.
 */
final class SlackMessage {
    /** Of one message: enough to stay calm on the first day of an observation, and far below Slack's 50 blocks. */
    static final int MOST_ALERTS = 10;

    /** Slack cuts a section's text at 3,000 characters. */
    private static final int LONGEST_SECTION = 2_900;

    private static final String SIMULATED = "SIMULATED: made up for a demonstration, says nothing about a real device.";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SlackMessage() {}

    /** The body of a request to the webhook. */
    static String of(List<Alert> alerts) {
        ObjectNode message = MAPPER.createObjectNode();
        message.put("text", escape(plain(alerts)));
        ArrayNode blocks = message.putArray("blocks");
        header(blocks, heading(alerts));
        if (alerts.stream().anyMatch(Alert::isSimulated)) {
            context(blocks, SIMULATED);
        }
        for (Alert alert : alerts) {
            section(blocks, formatted(alert));
            blocks.addObject().put("type", "divider");
        }
        context(blocks, "A finding is a reason to look, not a verdict. Only the first hop is visible.");
        return json(message.put("unfurl_links", false).put("unfurl_media", false));
    }

    /** The body of a message that only shows that the way is open. */
    static String test(String channel) {
        String text = "Test of the alert channel \"" + escape(channel) + "\" by Observatory. No action is needed.";
        ObjectNode message = MAPPER.createObjectNode().put("text", text);
        section(message.putArray("blocks"), text);
        return json(message);
    }

    private static String heading(List<Alert> alerts) {
        return alerts.size() == 1 ? alerts.get(0).title() : alerts.size() + " findings to look at";
    }

    /** The same without blocks, as lines; not escaped. */
    static String plain(List<Alert> alerts) {
        StringBuilder text = new StringBuilder();
        if (alerts.size() > 1) {
            text.append(heading(alerts)).append('\n');
        }
        if (alerts.stream().anyMatch(Alert::isSimulated)) {
            text.append(SIMULATED).append('\n');
        }
        for (Alert alert : alerts) {
            text.append(alert.title()).append(": ").append(alert.summary()).append('\n');
            alert.facts()
                    .forEach(fact -> text.append("  ")
                            .append(fact.label())
                            .append(": ")
                            .append(fact.text())
                            .append('\n'));
            if (alert.link() != null) {
                text.append("  ").append(alert.link()).append('\n');
            }
        }
        return text.toString().stripTrailing();
    }

    private static String formatted(Alert alert) {
        StringBuilder text = new StringBuilder("*" + escape(alert.title()) + "*\n" + escape(alert.summary()));
        alert.facts()
                .forEach(fact -> text.append("\n*")
                        .append(escape(fact.label()))
                        .append(":* ")
                        .append(escape(fact.text())));
        String link = alert.link() == null ? "" : "\n<" + escape(alert.link().toString()) + "|Open in the console>";
        int room = LONGEST_SECTION - link.length();
        return (text.length() <= room ? text.toString() : cut(text.toString(), room)) + link;
    }

    /** Cuts between lines, so that no escape is cut in two. */
    private static String cut(String text, int room) {
        int line = text.lastIndexOf('\n', room - 4);
        return (line < 0 ? "" : text.substring(0, line)) + "\n...";
    }

    /** Slack's three control characters; without them no text is a link, a mention or a command. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void header(ArrayNode blocks, String text) {
        ObjectNode header = blocks.addObject().put("type", "header");
        header.putObject("text").put("type", "plain_text").put("text", text).put("emoji", false);
    }

    private static void section(ArrayNode blocks, String text) {
        ObjectNode section = blocks.addObject().put("type", "section");
        mrkdwn(section.putObject("text"), text);
    }

    private static void context(ArrayNode blocks, String text) {
        ObjectNode context = blocks.addObject().put("type", "context");
        mrkdwn(context.putArray("elements").addObject(), escape(text));
    }

    /** Verbatim: Slack shall not turn domain names into links that somebody follows. */
    private static void mrkdwn(ObjectNode node, String text) {
        node.put("type", "mrkdwn").put("text", text).put("verbatim", true);
    }

    private static String json(ObjectNode message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
