package observatory.jobs.guess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import observatory.geo.attribution.NameSource;
import observatory.ingest.observation.DnsObservation;
import observatory.jobs.attribute.DeviceEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same events name the same flows, whether they are read in order to their end or come as they will. */
class ReplayEqualsLiveTest {
    private static final int RUNS = 200;
    private static final int EVENTS = 120;
    private static final int SPAN_MILLIS = 900_000;
    private static final int LATENESS_MILLIS = 60_000;

    @Test
    void replayEqualsLive() throws Exception {
        List<NameSource> met = new ArrayList<>();
        for (int seed = 0; seed < RUNS; seed++) {
            List<Happened> events = events(new Random(seed));
            List<String> replayed = replay(events, met);

            assertThat(live(events, new Random(~seed), false))
                    .as("seed %d", seed)
                    .isEqualTo(replayed);
        }
        assertThat(met).contains(NameSource.SNI, NameSource.OWN_DNS, NameSource.SITE_DNS, NameSource.NONE);
    }

    @Test
    void aRestartInTheMiddleChangesNothing() throws Exception {
        for (int seed = 0; seed < RUNS / 10; seed++) {
            List<Happened> events = events(new Random(seed));

            assertThat(live(events, new Random(~seed), true))
                    .as("seed %d", seed)
                    .isEqualTo(replay(events, new ArrayList<>()));
        }
    }

    /** One after the other, with a watermark that is exact. */
    private static List<String> replay(List<Happened> events, List<NameSource> met) throws Exception {
        List<Happened> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparingLong(Happened::timeMillis));
        try (NamingChain chain = new NamingChain(false)) {
            for (Happened event : inOrder) {
                chain.watermark(event.timeMillis() - 1);
                event.to(chain);
            }
            chain.end();
            chain.flows().forEach(flow -> met.add(flow.name().source()));
            return written(chain);
        }
    }

    /** Each delayed by chance, with a watermark that trails what was seen by the bound. */
    private static List<String> live(List<Happened> events, Random random, boolean restarts) throws Exception {
        record Arrival(long millis, Happened event) {}
        List<Arrival> arrivals = new ArrayList<>();
        for (Happened event : events) {
            arrivals.add(new Arrival(event.timeMillis() + random.nextInt(LATENESS_MILLIS), event));
        }
        arrivals.sort(Comparator.comparingLong(Arrival::millis));
        long seen = Long.MIN_VALUE / 2;
        int restart = restarts ? random.nextInt(arrivals.size()) : -1;
        try (NamingChain chain = new NamingChain(true)) {
            for (int i = 0; i < arrivals.size(); i++) {
                arrivals.get(i).event().to(chain);
                seen = Math.max(seen, arrivals.get(i).event().timeMillis());
                if (random.nextBoolean()) {
                    chain.watermark(seen - LATENESS_MILLIS - 1);
                }
                if (i == restart) {
                    chain.restart();
                }
            }
            chain.end();
            assertThat(chain.corrections()).isEmpty();
            return written(chain);
        }
    }

    private static List<String> written(NamingChain chain) {
        List<String> written = new ArrayList<>();
        chain.flows().forEach(flow -> written.add(flow.toString()));
        chain.tallies().forEach(tally -> written.add(tally.toString()));
        written.sort(Comparator.naturalOrder());
        return written;
    }

    /** Few phones, addresses, names and ports, so that much of it meets. */
    private static List<Happened> events(Random random) {
        List<Happened> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String device = "10.0.0." + (1 + random.nextInt(4));
            String peer = "203.0.113." + (1 + random.nextInt(6));
            String name = "n" + random.nextInt(4) + ".example.com";
            int port = 4_000 + random.nextInt(3);
            // Whole seconds now and then, so that several things happen at one instant.
            long at = random.nextInt(3) == 0 ? 1_000L * random.nextInt(900) : random.nextInt(SPAN_MILLIS);
            long end = at + random.nextInt(20_000);
            long ttl = 10L * random.nextInt(30);
            switch (random.nextInt(10)) {
                case 9 -> events.add(Happened.of(Events.asked(device, name, "n0.example.com", peer, at), at));
                case 0 -> events.add(Happened.of(Events.asked(device, name, peer, at, ttl), at));
                case 1 -> events.add(Happened.of(Events.asked(name, peer, at, ttl), at));
                case 2 -> {
                    events.add(Happened.of(Events.announced(device, name, peer, port, at), at));
                    events.add(Happened.of(Events.flow(device, peer, port, at, end), end));
                }
                case 3 -> {
                    events.add(Happened.of(Events.half(device, peer, port, at, end, true), end));
                    events.add(Happened.of(Events.half(device, peer, port, at, end, false), end));
                }
                case 4 -> {
                    Happened twice = Happened.of(Events.flow(device, peer, port, at, end), end);
                    events.add(twice);
                    events.add(twice);
                }
                default -> events.add(Happened.of(Events.flow(device, peer, port, at, end), end));
            }
        }
        return events;
    }

    /** Something of a device, or an answer to nobody knows whom. */
    private record Happened(
            @Nullable DeviceEvent event, @Nullable DnsObservation answer, long timeMillis) {
        static Happened of(DeviceEvent event, long atMillis) {
            return new Happened(event, null, Events.T + atMillis);
        }

        static Happened of(DnsObservation answer, long atMillis) {
            return new Happened(null, answer, Events.T + atMillis);
        }

        void to(NamingChain chain) throws Exception {
            if (event != null) {
                chain.take(event);
            } else if (answer != null) {
                chain.tell(Events.SITE, answer);
            }
        }
    }
}
