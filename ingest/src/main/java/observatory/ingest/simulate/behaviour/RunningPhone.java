package observatory.ingest.simulate.behaviour;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.internet.Internet;
import observatory.ingest.simulate.traffic.Wire;

/** One phone and its habits, run forward in time. */
public final class RunningPhone {
    private final Handset handset;
    private final List<Behaviour> habits;
    private final long[] next;
    private final long end;
    private long boot;

    /**
     * A phone before its first boot.
     *
     * @param conduct how phones behave in this scenario
     * @param random where all its randomness comes from
     * @param end end of the simulation, microseconds since 1970
     */
    public RunningPhone(Phone phone, Internet internet, Wire wire, Conduct conduct, SplittableRandom random, long end) {
        this.handset = new Handset(phone, internet, wire, random.split(), end);
        this.habits = Repertoire.of(phone, conduct, random.split());
        this.next = new long[habits.size()];
        this.end = end;
        start(phone.boots().getFirst());
    }

    /** Lets it do all it does before a time, microseconds since 1970. */
    public void runUntil(long time) {
        long limit = Math.min(time, end);
        while (true) {
            int habit = earliest();
            long now = Math.min(next[habit], boot);
            if (now >= limit) {
                return;
            }
            if (now == boot) {
                start(boot);
            } else if (handset.phone().isOff(now)) {
                Arrays.fill(next, Behaviour.NEVER); // until it boots
            } else {
                long then = habits.get(habit).act(handset, now);
                next[habit] = Math.max(then, now + 1);
            }
        }
    }

    /** Begins anew; whatever was planned is forgotten. */
    private void start(long at) {
        handset.start();
        for (int i = 0; i < next.length; i++) {
            next[i] = habits.get(i).first(handset, at);
        }
        boot = handset.phone().nextBoot(at);
    }

    private int earliest() {
        int earliest = 0;
        for (int i = 1; i < next.length; i++) {
            if (next[i] < next[earliest]) {
                earliest = i;
            }
        }
        return earliest;
    }
}
