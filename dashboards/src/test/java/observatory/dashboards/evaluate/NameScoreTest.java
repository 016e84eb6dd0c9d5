package observatory.dashboards.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import observatory.dashboards.evaluate.NameScore.Basis;
import observatory.dashboards.evaluate.NameScore.Called;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameScoreTest {
    private static final String TRUTH = "dm.yealink.com";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theTrueNameIsRightWithTheDoubtThatIsDue() {
        assertThat(judged(Basis.FRESH, TRUTH, "fresh").right()).isOne();
        assertThat(judged(Basis.SHARED, TRUTH, "shared").right()).isOne();
        assertThat(judged(Basis.SHARED, TRUTH, "fresh").wrong()).isOne();
        assertThat(judged(Basis.STALE, TRUTH, "fresh").wrong()).isOne();
        assertThat(judged(Basis.STALE, TRUTH, "guessed").right()).isOne();
    }

    @Test
    void anotherNameIsWrongUnlessItIsInDoubt() {
        assertThat(judged(Basis.FRESH, "ocsp.example", "fresh").wrong()).isOne();
        assertThat(judged(Basis.NONE, "ocsp.example", "guessed").doubted()).isOne();
        assertThat(judged(Basis.NONE, "", "none").nameless()).isOne();
    }

    @Test
    void anAnswerThatIsJustOverIsStillFresh() throws IOException {
        assertThat(Basis.of(JSON.readTree("{\"sni\":false,\"dns\":\"stale\",\"overdue_ms\":29000}")))
                .isEqualTo(Basis.FRESH);
        assertThat(Basis.of(JSON.readTree("{\"sni\":false,\"dns\":\"stale\",\"overdue_ms\":31000}")))
                .isEqualTo(Basis.STALE);
    }

    @Test
    void aNameThatIsInNoAnswerOfTheLogsCannotBeKnown() throws IOException {
        String flow = "{\"sni\":%s,\"name\":\"a.example\",\"dns\":\"fresh\",\"candidates\":[\"b.example\"]}";
        assertThat(Basis.of(JSON.readTree(flow.formatted("false")))).isEqualTo(Basis.UNLOGGED);
        assertThat(Basis.of(JSON.readTree(flow.formatted("true")))).isEqualTo(Basis.SERVER_NAME);
        assertThat(Basis.of(JSON.readTree(flow.formatted("false").replace("b.example", "a.example"))))
                .isEqualTo(Basis.FRESH);
    }

    @Test
    void answersToAnEarlierAddressCountForThemselves() throws IOException {
        String flow =
                "{\"sni\":false,\"name\":\"a.example\",\"dns\":\"shared\",\"candidates\":[\"a.example\",\"b.example\"]%s}";
        assertThat(Basis.of(JSON.readTree(flow.formatted("")))).isEqualTo(Basis.SHARED);
        assertThat(Basis.of(JSON.readTree(flow.formatted(",\"moved\":true")))).isEqualTo(Basis.MOVED);
        assertThat(new NameScore(Basis.MOVED, 1, 0, 0, 1).isEnough()).isTrue();
        assertThat(new NameScore(Basis.MOVED, 1, 0, 1, 0).isEnough()).isFalse();
    }

    @Test
    void whatCouldBeKnownHasToBeRightAndTheRestInDoubt() {
        assertThat(new NameScore(Basis.FRESH, 9, 0, 0, 0).isEnough()).isTrue();
        assertThat(new NameScore(Basis.FRESH, 9, 1, 0, 0).isEnough()).isFalse();
        assertThat(new NameScore(Basis.STALE, 9, 1, 0, 0).isEnough()).isTrue();
        assertThat(new NameScore(Basis.STALE, 9, 0, 1, 0).isEnough()).isFalse();
        assertThat(new NameScore(Basis.UNLOGGED, 0, 1, 1, 0).isEnough()).isTrue();
        assertThat(new NameScore(Basis.NONE, 0, 1, 0, 9).isEnough()).isTrue();
        assertThat(new NameScore(Basis.NONE, 9, 0, 1, 0).isEnough()).isFalse();
    }

    @Test
    void flowsAreJoinedBySensorAndId() throws IOException {
        Path names = Files.createDirectories(folder.resolve("names"));
        Files.writeString(names.resolve("names-0.tsv"), "zurich\tC1\tdm.yealink.com\tfresh\n");
        Files.writeString(names.resolve("names-1.tsv"), "zurich\tC2\t\tnone\nberlin\tC1\tother.example\tguessed\n");
        Path truth = folder.resolve("truth.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(truth))) {
            out.write(
                    ("{\"sensor\":\"zurich\",\"uid\":\"C1\",\"name\":\"dm.yealink.com\",\"sni\":true,\"dns\":\"none\"}\n"
                                    + "{\"sensor\":\"zurich\",\"uid\":\"C2\",\"sni\":false,\"dns\":\"none\"}\n"
                                    + "{\"sensor\":\"berlin\",\"uid\":\"C1\",\"name\":\"a.example\",\"sni\":false,\"dns\":\"none\"}\n")
                            .getBytes(StandardCharsets.UTF_8));
        }

        NameScore.Held held = NameScore.of(names, truth);
        List<NameScore> scores = held.scores();
        assertThat(scores).hasSize(Basis.values().length);
        assertThat(scores.getFirst()).isEqualTo(new NameScore(Basis.SERVER_NAME, 1, 0, 0, 0));
        assertThat(scores.getLast()).isEqualTo(new NameScore(Basis.NONE, 1, 1, 0, 0));
        assertThat(held.wrong()).isEmpty();
    }

    private static NameScore judged(Basis basis, String name, String state) {
        return NameScore.judge(basis, TRUTH, new Called(name, state));
    }
}
