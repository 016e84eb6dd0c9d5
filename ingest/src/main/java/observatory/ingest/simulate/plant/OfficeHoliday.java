package observatory.ingest.simulate.plant;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Site;

/** Nobody works at a site on a working day, so hardly anybody calls. */
final class OfficeHoliday implements Planting {
    @Override
    public void in(Plot plot) {
        int at = plot.random().nextInt(plot.sites().size());
        Site site = plot.sites().get(at);
        int ahead = Plot.FIRST_DAY + plot.random().nextInt(5);
        LocalDate day = plot.days().first().plusDays(ahead);
        while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            day = day.plusDays(1);
        }
        Site closed = site.closedOn(day);
        plot.sites().set(at, closed);
        for (Phone phone : List.copyOf(plot.phones())) {
            if (phone.site().equals(site)) {
                plot.change(phone, given -> given.withSite(closed));
            }
        }
        long from = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * Plot.SECOND;
        plot.lookAlike(new Plant(
                "holiday",
                "site",
                site.name(),
                List.of(),
                from,
                from + Plot.DAY,
                site.name(),
                "nobody works at " + site.name() + " on " + day,
                List.of()));
    }
}
