package observatory.dashboards.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import observatory.jobs.attribute.NameMemory;

/**
 * How flows are called, held against what their phones had asked for: numbers of flows of one basis.
 *
 * @param basis what a perfect reader of the logs could have named them by
 * @param right called what they are, and said to be as sure as they are
 * @param doubted called something else, but said to be shared, stale or guessed
 * @param wrong called something else without a doubt, or the right name without the doubt that is due
 * @param nameless not called anything
 */
public record NameScore(Basis basis, long right, long doubted, long wrong, long nameless) {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final int MOST_TOLD = 10;

    /** What a flow can be named by. */
    public enum Basis {
        SERVER_NAME("a server name"),
        FRESH("one own answer"),
        SHARED("several own answers"),
        STALE("own answers that were over"),
        /** Part of what the phone was told came to another address of its own, from which no connection leads here. */
        MOVED("own answers to an earlier address"),
        /** The phone was told another name while its answers were not logged: nobody can know. */
        UNLOGGED("an answer that was not logged"),
        NONE("no answer of its own");

        private final String words;

        Basis(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }

        static Basis of(JsonNode truth) {
            if (truth.path("sni").asBoolean()) {
                return SERVER_NAME;
            }
            JsonNode candidates = truth.path("candidates"); // the latest first
            if (!candidates.isEmpty() && !candidates.get(0).equals(truth.path("name"))) {
                return UNLOGGED;
            }
            if (truth.path("moved").asBoolean()) {
                return MOVED;
            }
            boolean isStillFresh = truth.path("overdue_ms").asLong() <= NameMemory.GRACE_MILLIS;
            return switch (truth.path("dns").asText()) {
                case "fresh" -> FRESH;
                case "shared" -> SHARED;
                case "stale" -> isStillFresh ? FRESH : STALE;
                default -> NONE;
            };
        }
    }

    /** Number of flows. */
    public long flows() {
        return right + doubted + wrong + nameless;
    }

    /**
     * Whether all that could be known is right, and nothing is told for sure that is not, as far as anybody could know. Where
     * answers are over, what others of the site were told may be nearer.
     */
    public boolean isEnough() {
        return switch (basis) {
            case SERVER_NAME, FRESH, SHARED -> right == flows();
            case STALE, MOVED, NONE -> wrong == 0;
            case UNLOGGED -> true;
        };
    }

    /** The same with those of another. */
    NameScore plus(NameScore other) {
        return new NameScore(
                basis, right + other.right, doubted + other.doubted, wrong + other.wrong, nameless + other.nameless);
    }

    /**
     * Holds what a job called flows against the truth.
     *
     * @param names folder with the files of {@link observatory.jobs.Evaluation}
     * @param truth {@code truth-flows.ndjson.gz}
     * @return flows that the job did not tell are left out, the ledger tells of them
     */
    static Held of(Path names, Path truth) throws IOException {
        Map<String, Called> called = called(names);
        List<String> wrong = new ArrayList<>();
        Map<Basis, NameScore> scores = new EnumMap<>(Basis.class);
        Arrays.stream(Basis.values()).forEach(basis -> scores.put(basis, new NameScore(basis, 0, 0, 0, 0)));
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(truth)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode flow = JSON.readTree(line);
                Called name = called.get(
                        flow.path("sensor").asText() + '\t' + flow.path("uid").asText());
                if (name != null) {
                    NameScore one = judge(Basis.of(flow), flow.path("name").asText(), name);
                    scores.merge(one.basis(), one, NameScore::plus);
                    if (!one.isEnough() && wrong.size() < MOST_TOLD) {
                        wrong.add("called '" + name.name() + "' (" + name.state() + "): " + line);
                    }
                }
            }
        }
        return new Held(List.copyOf(scores.values()), wrong);
    }

    /**
     * Names held against the truth.
     *
     * @param scores one for each basis, in their order
     * @param wrong the first that are not called what they could have been, in words
     */
    record Held(List<NameScore> scores, List<String> wrong) {
        Held {
            scores = List.copyOf(scores);
            wrong = List.copyOf(wrong);
        }
    }

    /** One flow. */
    static NameScore judge(Basis basis, String truth, Called called) {
        boolean isDoubted = List.of("shared", "stale", "guessed").contains(called.state());
        boolean isAsSure = isDoubted || basis != Basis.SHARED && basis != Basis.STALE;
        if (called.name().isEmpty()) {
            return new NameScore(basis, truth.isEmpty() ? 1 : 0, 0, 0, truth.isEmpty() ? 0 : 1);
        }
        if (called.name().equals(truth)) {
            return new NameScore(basis, isAsSure ? 1 : 0, 0, isAsSure ? 0 : 1, 0);
        }
        return new NameScore(basis, 0, isDoubted ? 1 : 0, isDoubted ? 0 : 1, 0);
    }

    /**
     * What a flow is called.
     *
     * @param name empty when nothing
     * @param state state of the name, as documents tell it
     */
    record Called(String name, String state) {}

    private static Map<String, Called> called(Path folder) throws IOException {
        Map<String, Called> called = new HashMap<>();
        Map<String, Called> alike = new HashMap<>();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.sorted().forEach(files::add);
        }
        for (Path file : files) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] columns = line.split("\t", -1);
                    Called name = alike.computeIfAbsent(
                            columns[2] + '\t' + columns[3], key -> new Called(columns[2], columns[3]));
                    called.put(columns[0] + '\t' + columns[1], name);
                }
            }
        }
        return called;
    }
}
