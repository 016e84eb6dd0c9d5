package observatory.dashboards.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import observatory.dashboards.panel.Panel;
import observatory.dashboards.panel.Source;
import observatory.jobs.elastic.ElasticException;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was observed, to be asked with panels. Thread-safe.
 *
 * <p>Every method throws {@link ElasticException} if Elasticsearch gives no answer; indices that do not exist yet are
 * empty.
 */
public final class Archive {
    /** What a reader who asks for no interval sees: the last two weeks of the data. */
    private static final Duration DEFAULT_LENGTH = Duration.ofDays(14);

    /** All of the data, if it is not longer than that by more than this: who observed two weeks did not stop to the minute. */
    private static final Duration ODD_END = Duration.ofDays(1);

    /** Live data is minutes old; older than this it is missing. */
    private static final Duration FRESH = Duration.ofMinutes(15);

    private final Searcher searcher;
    private final InstantSource clock;

    public Archive(Searcher searcher, InstantSource clock) {
        this.searcher = searcher;
        this.clock = clock;
    }

    /** What there is to look at, whatever the filter. */
    public Holdings holdings() {
        return HoldingsQuery.read(
                searcher.search(HoldingsQuery.INDICES, HoldingsQuery.of()),
                searcher.search(HoldingsQuery.DEVICES, HoldingsQuery.devices()));
    }

    /** The interval that a filter asks for; where it leaves an end open, the last two weeks of the data, or all of it. */
    public Range range(Filter filter) {
        return range(filter, holdings());
    }

    /** The ledgers of the sensors, by name. */
    public List<SensorLedger> sensors(Filter filter, Range range) {
        return LedgerQuery.read(searcher.search(Source.COVERAGE.pattern(), LedgerQuery.of(filter, range)));
    }

    /** Which share of the input the figures for that filter and range are built from. */
    public Coverage coverage(Filter filter, Range range) {
        return LedgerQuery.coverage(sensors(filter, range));
    }

    /** The answer to one panel. */
    public Answer answer(Panel panel, Filter filter, Range range) {
        return new Answer(panel.id(), range, coverage(filter, range), result(panel, filter, range));
    }

    /** The answers to several panels, for the same range and coverage. */
    public Overview overview(List<Panel> panels, Filter filter) {
        Holdings holdings = holdings();
        Range range = range(filter, holdings);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<List<SensorLedger>> ledgers = later(threads, () -> sensors(filter, range));
            List<CompletableFuture<Result>> results = panels.stream()
                    .map(panel -> later(threads, () -> result(panel, filter, range)))
                    .toList();
            List<SensorLedger> sensors = ledgers.join();
            Coverage coverage = LedgerQuery.coverage(sensors);
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < panels.size(); i++) {
                answers.add(new Answer(
                        panels.get(i).id(), range, coverage, results.get(i).join()));
            }
            Instant now = clock.instant();
            return new Overview(
                    now, range, filter, holdings, coverage, silentSince(holdings.last(), range, now), sensors, answers);
        } catch (CompletionException e) {
            throw e.getCause() instanceof ElasticException cause ? cause : e;
        }
    }

    private static <T> CompletableFuture<T> later(ExecutorService threads, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    private Result result(Panel panel, Filter filter, Range range) {
        JsonNode response = searcher.search(panel.source().pattern(), PanelQuery.of(panel, filter, range));
        return PanelAnswer.of(panel, range, response);
    }

    private Range range(Filter filter, Holdings holdings) {
        Instant last = holdings.last() == null ? clock.instant() : holdings.last();
        Instant to = filter.to() != null ? filter.to() : fullHour(last);
        Instant from = filter.from() != null ? filter.from() : beginning(holdings.first(), to);
        return new Range(from, from.isBefore(to) ? to : from.plus(1, ChronoUnit.HOURS));
    }

    private static Instant beginning(@Nullable Instant first, Instant to) {
        Instant usual = to.minus(DEFAULT_LENGTH);
        return first != null && first.isAfter(usual.minus(ODD_END)) && first.isBefore(to)
                ? first.truncatedTo(ChronoUnit.HOURS)
                : usual;
    }

    private static Instant fullHour(Instant end) {
        Instant begun = end.truncatedTo(ChronoUnit.HOURS);
        return begun.equals(end) ? end : begun.plus(1, ChronoUnit.HOURS);
    }

    private static @Nullable Instant silentSince(@Nullable Instant last, Range range, Instant now) {
        return last != null
                        && last.isBefore(now.minus(FRESH))
                        && last.isBefore(range.to().plus(FRESH))
                ? last
                : null;
    }
}
