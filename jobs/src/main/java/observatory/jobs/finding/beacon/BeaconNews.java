package observatory.jobs.finding.beacon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Reach;
import observatory.jobs.finding.beacon.Turn.What;
import observatory.jobs.order.InSteps;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Knows, per endpoint and port, which kinds of devices beacon there, and makes one finding of what is new or changed for
 * all of them, whoever does it. Findings are told once an hour, while they grow.
 */
public final class BeaconNews extends InSteps<BeaconSign, Finding> {
    private static final long serialVersionUID = 1;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    /** What nobody does for so long is over; a weekly beacon that missed a week is not. */
    private static final long END_MILLIS = 30 * DAY_MILLIS;

    private final long endMillis;
    private transient MapState<String, Long> kin;
    private transient MapState<String, Shared> findings;
    private transient MapState<String, String> members;

    /** @param endMillis where a bounded observation ends, and with it the memory; {@code Long.MAX_VALUE} when live */
    @SuppressWarnings("NullAway.Init")
    public BeaconNews(long endMillis) {
        super(TypeInformation.of(BeaconSign.class), HOUR_MILLIS);
        this.endMillis = endMillis;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        kin = getRuntimeContext().getMapState(new MapStateDescriptor<>("kin", Types.STRING, Types.LONG));
        findings = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("findings", Types.STRING, Types.POJO(Shared.class)));
        members = getRuntimeContext().getMapState(new MapStateDescriptor<>("members", Types.STRING, Types.STRING));
    }

    @Override
    protected long timeMillis(BeaconSign sign) {
        return sign.atMillis();
    }

    @Override
    protected Comparator<BeaconSign> order() {
        return BeaconSign.ORDER;
    }

    @Override
    protected void step(long end, List<BeaconSign> signs, OnTimerContext context, Collector<Finding> out)
            throws Exception {
        List<String> changed = new ArrayList<>();
        for (BeaconSign sign : signs) {
            String about = affair(sign);
            if (about != null && !changed.contains(about)) {
                changed.add(about);
            }
            kin.put(Reach.kinOf(sign.device()), sign.atMillis());
        }
        for (String about : changed) {
            out.collect(findings.get(about).finding());
        }
        boolean isDay = (end + 1) % DAY_MILLIS == 0;
        if (isDay) {
            forget(end, out);
        }
        if (!kin.isEmpty() || !findings.isEmpty()) {
            context.timerService().registerEventTimeTimer(endOf(end + 1, DAY_MILLIS));
        }
    }

    /** Adds a sign to the finding it belongs to; null when it belongs to none. */
    private @Nullable String affair(BeaconSign sign) throws Exception {
        String device = sign.device().key();
        What what = sign.turn().what();
        if (what == What.KNOWN) {
            String about = members.get(what.name() + device);
            return about == null ? null : grown(about, sign, false);
        }
        boolean begins = what == What.BEGAN;
        String group = begins && kin.isEmpty() ? "fleet" : Reach.kinOf(sign.device());
        String about = begins && findings.contains("BEGAN|fleet") ? "BEGAN|fleet" : what.name() + "|" + group;
        boolean isOpen = findings.contains(about);
        if (!isOpen && begins && kin.contains(Reach.kinOf(sign.device()))) {
            return null;
        }
        String known = members.get(what.name() + device);
        members.put(what.name() + device, about);
        members.put(What.KNOWN.name() + device, about);
        if (isOpen) {
            return grown(about, sign, !about.equals(known));
        }
        findings.put(about, new Shared(BeaconText.begun(sign, group), Reach.NOBODY.and(sign.device())));
        return about;
    }

    private @Nullable String grown(String about, BeaconSign sign, boolean isNewMember) throws Exception {
        Shared shared = findings.get(about);
        if (shared == null) {
            return null;
        }
        Reach reach = isNewMember ? shared.reach().and(sign.device()) : shared.reach();
        findings.put(about, new Shared(BeaconText.grown(shared.finding(), sign, reach), reach));
        return about;
    }

    private void forget(long now, Collector<Finding> out) throws Exception {
        boolean isOver = now > endMillis;
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Long> known : kin.entries()) {
            if (isOver || now - known.getValue() > 2 * END_MILLIS) {
                gone.add(known.getKey());
            }
        }
        for (String one : gone) {
            kin.remove(one);
        }
        List<String> ended = new ArrayList<>();
        for (Map.Entry<String, Shared> known : findings.entries()) {
            if (isOver || now - known.getValue().finding().lastMillis() > END_MILLIS) {
                ended.add(known.getKey());
                if (!isOver) {
                    out.collect(BeaconText.ended(known.getValue().finding()));
                }
            }
        }
        for (String about : ended) {
            findings.remove(about);
            forgetMembersOf(about);
        }
    }

    private void forgetMembersOf(String about) throws Exception {
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, String> member : members.entries()) {
            if (member.getValue().equals(about)) {
                gone.add(member.getKey());
            }
        }
        for (String member : gone) {
            members.remove(member);
        }
    }

    /**
     * A finding and who shares it.
     *
     * @param finding the finding
     * @param reach who
     */
    public record Shared(Finding finding, Reach reach) {}
}
