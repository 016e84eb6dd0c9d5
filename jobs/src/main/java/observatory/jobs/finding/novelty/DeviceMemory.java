package observatory.jobs.finding.novelty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import observatory.jobs.finding.novelty.Seen.Scope;
import observatory.jobs.order.InOrder;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Remembers, for each device and subject, that and since when they met. This is the state that grows with devices times
 * endpoints, to millions of keys: one small value a key, read and written by its key only, forgotten by one timer.
 */
public final class DeviceMemory extends InOrder<Encounter, Encounter> {
    private static final long serialVersionUID = 1;

    private final Novelty novelty;
    private final OutputTag<Seen> seen;
    private transient ValueState<Acquaintance> acquaintance;

    /**
     * @param novelty how long an acquaintance is remembered
     * @param seen where is told what devices have to do with endpoints
     */
    @SuppressWarnings("NullAway.Init")
    public DeviceMemory(Novelty novelty, OutputTag<Seen> seen) {
        super(TypeInformation.of(Encounter.class));
        this.novelty = novelty;
        this.seen = seen;
    }

    /** Key of an encounter's state: device and subject. */
    public static String keyOf(Encounter encounter) {
        return encounter.visit().device().key() + "|" + encounter.subject().key();
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        acquaintance = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("acquaintance", Types.POJO(Acquaintance.class)));
    }

    @Override
    protected long timeMillis(Encounter encounter) {
        return encounter.atMillis();
    }

    @Override
    protected Comparator<Encounter> order() {
        return Encounter.ORDER;
    }

    @Override
    protected void next(Encounter encounter, boolean late, Context context, Collector<Encounter> out) throws Exception {
        Rollup visit = encounter.visit();
        Acquaintance before = acquaintance.value();
        List<String> newIn = new ArrayList<>();
        for (Scope scope : List.of(Scope.FLEET, Scope.SITE, Scope.COHORT)) {
            String key = Novelty.scopeKey(scope, visit.device());
            if (key != null && (before == null || !before.isCountedIn(key))) {
                newIn.add(key);
            }
        }
        Acquaintance after = before == null ? Acquaintance.made(visit, newIn) : before.and(visit, newIn);
        acquaintance.update(after);
        if (before == null) {
            context.timerService().registerEventTimeTimer(novelty.forgetAt(after.lastMillis()));
        }
        if (encounter.subject().kind() == Subject.Kind.ENDPOINT) {
            context.output(seen, after.seen(visit));
        }
        out.collect(encounter.met(before == null, newIn));
    }

    @Override
    protected void due(long timeMillis, OnTimerContext context, Collector<Encounter> out) throws Exception {
        if (!novelty.isForgetting(timeMillis)) {
            return;
        }
        Acquaintance known = acquaintance.value();
        if (known == null) {
            return;
        }
        if (timeMillis < novelty.forgetAt(known.lastMillis())) {
            context.timerService().registerEventTimeTimer(novelty.forgetAt(known.lastMillis()));
        } else {
            acquaintance.clear();
        }
    }
}
