package observatory.dashboards.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import observatory.dashboards.alert.AlertSettings.Severity;
import observatory.dashboards.alert.FakeChat.Reply;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void anAcceptedMessageIsSentOnce() throws Exception {
        try (FakeChat chat = new FakeChat()) {
            Webhook.Delivery delivery = deliver(chat.webhook());

            assertThat(delivery).isEqualTo(new Webhook.Delivery(true, 1, ""));
            assertThat(chat.messages()).containsExactly("{\"text\":\"hello\"}");
        }
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws Exception {
        try (FakeChat chat = new FakeChat(new Reply(429, "ratelimited", "7", false))) {
            Webhook.Delivery delivery = deliver(chat.webhook());

            assertThat(delivery.isAccepted()).isTrue();
            assertThat(pauses).containsExactly(Duration.ofSeconds(7));
        }
    }

    @Test
    void aWaitWithoutEndIsCutToAMinute() throws Exception {
        try (FakeChat chat = new FakeChat(new Reply(429, "", "999999999", false))) {
            deliver(chat.webhook());

            assertThat(pauses).containsExactly(Duration.ofSeconds(60));
        }
    }

    @Test
    void failuresOfTheServerAreTriedAgainWithLongerPauses() throws Exception {
        Reply broken = Reply.of(503, "");
        try (FakeChat chat = new FakeChat(broken, broken, broken)) {
            Webhook.Delivery delivery = deliver(chat.webhook());

            assertThat(delivery).isEqualTo(new Webhook.Delivery(true, 4, ""));
            assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        }
    }

    @Test
    void givesUpAfterTheLastAttempt() throws Exception {
        Reply broken = Reply.of(500, "server\nerror");
        try (FakeChat chat = new FakeChat(broken, broken, broken, broken, broken)) {
            assertThat(deliver(chat.webhook())).isEqualTo(new Webhook.Delivery(false, 4, "HTTP 500, server error"));
        }
    }

    @Test
    void aRefusalIsNotTriedAgain() throws Exception {
        try (FakeChat chat = new FakeChat(Reply.of(404, "no_service"))) {
            assertThat(deliver(chat.webhook())).isEqualTo(new Webhook.Delivery(false, 1, "HTTP 404, no_service"));
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (FakeChat chat = new FakeChat(Reply.of(302, ""))) {
            assertThat(deliver(chat.webhook())).isEqualTo(new Webhook.Delivery(false, 1, "HTTP 302"));
        }
    }

    @Test
    void silenceIsNotWaitedForForEver() throws Exception {
        Reply late = new Reply(200, "ok", null, true);
        try (FakeChat chat = new FakeChat(late, late, late, late)) {
            Webhook.Delivery delivery = deliver(chat.webhook());

            assertThat(delivery).isEqualTo(new Webhook.Delivery(false, 4, "no answer within 1 s"));
        }
    }

    @Test
    void nobodyListeningIsSaidWithoutTheSecretPartOfTheAddress() throws Exception {
        Webhook.Delivery delivery = deliver(URI.create("http://127.0.0.1:1" + FakeChat.SECRET));

        assertThat(delivery.reason()).isEqualTo("no connection to 127.0.0.1");
        assertThat(delivery.attempts()).isEqualTo(4);
    }

    private Webhook.Delivery deliver(URI address) throws InterruptedException {
        AlertSettings settings =
                new AlertSettings("soc", address, Severity.LOW, null, ZoneOffset.UTC, Duration.ofSeconds(1), 4);
        try (Webhook webhook = new Webhook(settings, pauses::add)) {
            return webhook.deliver("{\"text\":\"hello\"}");
        }
    }
}
