package observatory.jobs.finding.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import observatory.jobs.finding.beacon.Turn.What;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final Watched WATCHED = new Watched(0, 3 * DAY);

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Turn> turns = new ArrayList<>();
    private Series series = Series.EMPTY;
    private long connection;

    @ParameterizedTest
    @ValueSource(longs = {5 * SECOND, MINUTE, 20 * MINUTE, HOUR, 4 * HOUR, DAY, 7 * DAY})
    void whatBeginsAfterTheLearningPeriodIsNew(long period) {
        long begin = Math.max(4 * DAY, 2 * period);
        steady(begin, begin + Math.max(2 * HOUR, 14 * period), period, 0.02, 0.02);

        assertThat(turns).extracting(Turn::what).containsExactly(What.BEGAN);
        assertThat(turns.getFirst().periodMillis()).isBetween(period * 9 / 10, period * 11 / 10);
        assertThat(turns.getFirst().onsetMillis()).isBetween(begin, begin + 3 * period);
    }

    @Test
    void jitterOfATenthAndAMissedContactInTenAreTolerated() {
        steady(4 * DAY, 6 * DAY, 30 * MINUTE, 0.1, 0.1);
        assertThat(turns).extracting(Turn::what).containsExactly(What.BEGAN);
    }

    @Test
    void whatBeganWhileLearningIsKnown() {
        steady(DAY, 10 * DAY, HOUR, 0.05, 0.02);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN);
    }

    @Test
    void aWeeklyContactThatNobodyCouldHaveSeenBeforeIsNotNew() {
        steady(4 * DAY, 60 * DAY, 7 * DAY, 0.01, 0);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN);
    }

    @Test
    void twoDailyErrandsWhoseHoursDriftApartAreNotNew() {
        long first = 0;
        long second = 9 * HOUR;
        for (int day = 0; day < 40; day++) {
            visit(first, 900, "");
            visit(second, 900, "");
            first += DAY + random.nextLong(30 * MINUTE);
            second += DAY + 15 * MINUTE + random.nextLong(30 * MINUTE);
        }
        assertThat(turns).extracting(Turn::what).doesNotContain(What.BEGAN);
    }

    @Test
    void sessionsHeldForHoursAreNewForLessThanThreeOfAThousandPhones() {
        for (int phone = 0; phone < 1_000; phone++) {
            series = Series.EMPTY;
            for (long time = 0; time < 14 * DAY; time += 2 * HOUR + random.nextLong(8 * HOUR)) {
                visit(time, 900, "");
            }
        }
        assertThat(turns.stream().filter(turn -> turn.what() != What.KNOWN)).hasSizeLessThan(3);
    }

    @Test
    void aSessionHeldOverManyConnectionsIsOneContactAndWhatComesBesideItIsNot() {
        long latest = 0;
        for (long time = 0; time < 14 * DAY; time = latest + 2 * SECOND + random.nextLong(18 * SECOND)) {
            latest = time + 2 * HOUR + random.nextLong(8 * HOUR);
            pieces(time, latest, 30 * MINUTE);
        }
        assertThat(turns).isEmpty();
        assertThat(series.contacts()).isOne();

        steady(latest + MINUTE, latest + 2 * DAY, 50 * SECOND, 0.02, 0.02);
        assertThat(turns).extracting(Turn::what).containsExactly(What.BEGAN);
    }

    @Test
    void contactOnceADayForElevenMinutesIsNoSession() {
        for (int day = 0; day < 20; day++) {
            pieces(day * DAY, day * DAY + 11 * MINUTE, HOUR);
        }
        assertThat(series.contacts()).isEqualTo(20);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN);
    }

    @Test
    void contactByChanceThatBecomesPeriodicIsNewForNearlyAllPhones() {
        int found = 0;
        for (int phone = 0; phone < 500; phone++) {
            series = Series.EMPTY;
            turns.clear();
            byChance(0, 5 * DAY, 5 * HOUR);
            steady(5 * DAY, 8 * DAY, 10 * MINUTE, 0.02, 0.02);
            found += turns.stream().anyMatch(turn -> turn.what() == What.BEGAN) ? 1 : 0;
        }
        assertThat(found).isGreaterThan(490);
    }

    @Test
    void contactByChanceIsNoBeacon() {
        for (int phone = 0; phone < 200; phone++) {
            series = Series.EMPTY;
            byChance(0, 14 * DAY, 5 * HOUR);
        }
        assertThat(turns).isEmpty();
    }

    @Test
    void aPauseDoesNotMakeFewIntervalsEnough() {
        long[] minutes = {142, 412, 1433, 144, 1042, 26, 115, 105, 484, 544, 41, 216, 166, 223, 206, 61, 224, 1437, 181
        };
        long time = 8 * DAY;
        visit(time, 900, "");
        for (long interval : minutes) {
            time += interval * MINUTE;
            visit(time, 900, "");
        }
        assertThat(turns).isEmpty();
    }

    @Test
    void contactByChanceThatBecomesPeriodicIsNew() {
        byChance(0, 5 * DAY, 5 * HOUR);
        steady(5 * DAY, 8 * DAY, 2 * HOUR, 0.02, 0.02);
        assertThat(turns).extracting(Turn::what).containsExactly(What.BEGAN);
    }

    @Test
    void aNightOfRetriesIsNoBeacon() {
        byChance(0, 5 * DAY, 8 * HOUR);
        steady(5 * DAY, 5 * DAY + 6 * HOUR, 30 * SECOND, 0.02, 0);
        byChance(6 * DAY, 9 * DAY, 8 * HOUR);
        assertThat(turns).isEmpty();
    }

    @Test
    void anotherPeriodIsAChangeOnceItLasts() {
        steady(0, 6 * DAY, HOUR, 0.02, 0.02);
        steady(6 * DAY, 7 * DAY, 20 * MINUTE, 0.02, 0.02);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN, What.PERIOD);
        assertThat(turns.getLast().from() + " to " + turns.getLast().to()).isEqualTo("60 min to 20 min");
    }

    @Test
    void anotherPeriodOfManyHoursHasToShowForLonger() {
        steady(0, 9 * DAY, 19 * HOUR, 0.02, 0);
        steady(9 * DAY, 9 * DAY + 8 * 9 * HOUR, 9 * HOUR, 0.02, 0);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN);
        steady(9 * DAY + 8 * 9 * HOUR, 9 * DAY + 15 * 9 * HOUR, 9 * HOUR, 0.02, 0);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN, What.PERIOD);
    }

    @Test
    void anOutageAndWhatFollowsItIsNoChange() {
        steady(0, 6 * DAY, HOUR, 0.02, 0.02);
        steady(6 * DAY + 5 * HOUR, 6 * DAY + 9 * HOUR, 5 * MINUTE, 0.02, 0);
        steady(6 * DAY + 9 * HOUR, 9 * DAY, HOUR, 0.02, 0.02);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN);
    }

    @Test
    void thirtyTimesTheBytesAreAChange() {
        steady(0, 6 * DAY, HOUR, 0.02, 0.02, 900);
        steady(6 * DAY, 8 * DAY, HOUR, 0.02, 0.02, 27_000);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN, What.SIZE);
    }

    @Test
    void anotherCountryIsAChange() {
        for (int i = 0; i < 24 * 9; i++) {
            visit(i * HOUR, 900, i < 24 * 6 ? "DE" : "US");
        }
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN, What.PLACE);
    }

    @Test
    void rotationBetweenCountriesIsNoChange() {
        List<String> countries = List.of("DE", "FR", "DE", "NL", "FR", "US");
        for (int i = 0; i < 24 * 20; i++) {
            visit(i * HOUR, 900, i < 24 * 4 ? countries.get(i % 4) : countries.get(i / 24 % 6));
        }
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN);
    }

    @Test
    void clocksThatChangeAndAHolidayAreNoChange() {
        steady(0, 9 * DAY, DAY, 0.001, 0);
        steady(9 * DAY + HOUR, 15 * DAY, DAY, 0.001, 0);
        steady(19 * DAY + HOUR, 30 * DAY, DAY, 0.001, 0);
        assertThat(turns).extracting(Turn::what).containsExactly(What.KNOWN);
    }

    @Test
    void piecesOfOneConnectionAreOneContact() {
        for (int i = 0; i < 500; i++) {
            series =
                    series.after(new Approach(i * MINUTE, i * MINUTE + 55 * SECOND, 42, true, 100, "", false), WATCHED);
        }
        assertThat(series.contacts()).isOne();
    }

    private void steady(long from, long to, long period, double jitter, double missed) {
        steady(from, to, period, jitter, missed, 900);
    }

    private void steady(long from, long to, long period, double jitter, double missed, long bytes) {
        for (long time = from; time < to; time += Math.round(period * (1 + jitter * (2 * random.nextDouble() - 1)))) {
            if (time == from || random.nextDouble() >= missed) {
                visit(time, bytes, "");
            }
        }
    }

    private void byChance(long from, long to, long mean) {
        for (long time = from; time < to; time += Math.round(-Math.log(1 - random.nextDouble()) * mean)) {
            visit(time, 900, "");
        }
    }

    private void visit(long time, long bytes, String place) {
        see(new Approach(time, time + 200, connection++, true, bytes, place, false));
    }

    /** One connection, as an exporter tells it that reports long ones in pieces. */
    private void pieces(long from, long to, long length) {
        for (long start = from; start < to; start += length) {
            see(new Approach(start, Math.min(to, start + length), connection, true, 900, "", false));
        }
        connection++;
    }

    private void see(Approach approach) {
        series = series.after(approach, WATCHED);
        if (series.turn() != null) {
            turns.add(series.turn());
        }
    }
}
