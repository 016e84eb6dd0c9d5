package observatory.ingest.simulate.plant;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import observatory.ingest.simulate.fleet.Deed;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Deed.Rhythm;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/** A phone calls home at the same time of the site's clock every day, and the clocks of the site change. */
final class ClockChange implements Planting {
    @Override
    public void in(Plot plot) {
        plot.take(phone -> changes(plot, phone)).ifPresent(phone -> plant(plot, phone));
    }

    private static boolean changes(Plot plot, Phone phone) {
        return transition(plot, phone) < plot.days().end();
    }

    private static long transition(Plot plot, Phone phone) {
        Instant begin = Instant.EPOCH.plus(plot.days().begin(), ChronoUnit.MICROS);
        ZoneOffsetTransition next = phone.site().zone().getRules().nextTransition(begin);
        return next == null ? Long.MAX_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, next.getInstant());
    }

    private static void plant(Plot plot, Phone phone) {
        String name = plot.name(Plot.known(phone.site()));
        long first = plot.days().at(1, LocalTime.of(12, 15), phone.site().zone());
        plot.give(
                phone,
                new Deed(
                        Manner.TLS,
                        "planted",
                        name,
                        443,
                        plot.since(first),
                        Rhythm.LOCAL_DAILY,
                        Duration.ofDays(1).toMillis() * 1_000,
                        1_200,
                        2_000));
        long at = transition(plot, phone);
        plot.lookAlike(new Plant(
                "clock-change",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                at,
                at + 2 * Plot.DAY,
                Plot.domainOf(name),
                "a phone contacts " + name + " every day at 12:15 of the site's clock, which changes",
                List.of("cohort-outlier")));
    }
}
