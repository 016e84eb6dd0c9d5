package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/**
 * All phones of a model fetch the next firmware in one night, from where they have always looked for it, and are another
 * cohort in the morning.
 */
final class MassUpdate implements Planting {
    private static final List<String> MODELS = List.of("Edge E350", "8845", "X5U", "D785");

    @Override
    public void in(Plot plot) {
        String model = plot.any(MODELS);
        List<Phone> phones = plot.free(phone -> phone.model().model().equals(model));
        if (phones.isEmpty()) {
            return;
        }
        plot.reserve(model);
        long night = plot.night(phones.getFirst().site());
        long span = 2 * Plot.HOUR;
        for (Phone phone : phones) {
            long download = night + plot.random().nextLong(span);
            long boot = download + 6 * Plot.MINUTE + plot.random().nextLong(Plot.MINUTE);
            plot.change(phone, given -> given.withUpdate(download, boot));
        }
        plot.lookAlike(new Plant(
                "mass-update",
                "cohort",
                "",
                phones.stream().map(Phone::index).toList(),
                night,
                night + span + Plot.HOUR,
                model,
                "all phones of model " + model + " update their firmware in one night",
                List.of()));
    }
}
