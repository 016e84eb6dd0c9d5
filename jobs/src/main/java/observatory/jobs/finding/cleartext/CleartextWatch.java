package observatory.jobs.finding.cleartext;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import observatory.jobs.finding.ClearProtocol;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.order.InSteps;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/**
 * One finding for all devices of a site that talk to one other end in one protocol in the clear, told once an hour while
 * it grows. After thirty days without it has ended.
 */
public final class CleartextWatch extends InSteps<ClearVisit, Finding> {
    private static final long serialVersionUID = 1;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final long END_MILLIS = 30 * DAY_MILLIS;

    private final long endMillis;
    private transient ValueState<Finding> finding;
    private transient MapState<String, Boolean> devices;

    /** @param endMillis where a bounded observation ends, and with it the memory; {@code Long.MAX_VALUE} when live */
    @SuppressWarnings("NullAway.Init")
    public CleartextWatch(long endMillis) {
        super(TypeInformation.of(ClearVisit.class), HOUR_MILLIS);
        this.endMillis = endMillis;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        finding = getRuntimeContext().getState(new ValueStateDescriptor<>("finding", Types.POJO(Finding.class)));
        devices = getRuntimeContext().getMapState(new MapStateDescriptor<>("devices", Types.STRING, Types.BOOLEAN));
    }

    @Override
    protected long timeMillis(ClearVisit visit) {
        return visit.endMillis();
    }

    @Override
    protected Comparator<ClearVisit> order() {
        return ClearVisit.ORDER;
    }

    @Override
    protected void step(long end, List<ClearVisit> visits, OnTimerContext context, Collector<Finding> out)
            throws Exception {
        Finding known = finding.value();
        for (ClearVisit visit : visits) {
            boolean isNew = !devices.contains(visit.device().key());
            if (isNew) {
                devices.put(visit.device().key(), true);
            }
            known = known == null ? begun(visit) : grown(known, visit, isNew);
        }
        if (known == null) {
            return;
        }
        if (!visits.isEmpty()) {
            finding.update(known);
            out.collect(known);
        } else if (end > endMillis || end - known.lastMillis() > END_MILLIS) {
            if (end <= endMillis) {
                out.collect(known.draft().closed().end());
            }
            finding.clear();
            devices.clear();
            return;
        }
        context.timerService().registerEventTimeTimer(endOf(end + 1, DAY_MILLIS));
    }

    private static Finding begun(ClearVisit visit) {
        String day = Instant.ofEpochMilli(visit.startMillis())
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        return Finding.of(Kind.CLEARTEXT_MANAGEMENT, visit.device(), visit.key() + "|" + day)
                .severity(severity(visit.protocol()), reason(visit.protocol()))
                .headline(Finding.WHERE + ": " + words(visit) + (visit.isOutward() ? ", by " : ", towards ")
                        + Finding.WHO)
                .facts(List.of(words(visit) + (visit.isOutward() ? " to " : " from ") + visit.peer() + " at port "
                        + visit.port() + "."))
                .missing(visit.doubts())
                .evidence(visit.evidence())
                .between(visit.startMillis(), visit.endMillis())
                .more(1, visit.bytesOut(), visit.bytesIn())
                .destination(visit.destination())
                .end();
    }

    private static Finding grown(Finding finding, ClearVisit visit, boolean isNewDevice) {
        long devices = finding.devices() + (isNewDevice ? 1 : 0);
        return finding.draft()
                .scope(devices > 1 ? "site" : finding.scope())
                .evidence(visit.evidence())
                .between(visit.startMillis(), visit.endMillis())
                .more(1, visit.bytesOut(), visit.bytesIn())
                .devices(devices)
                .end();
    }

    private static Severity severity(ClearProtocol protocol) {
        return switch (protocol) {
            case TELNET, FTP -> Severity.HIGH;
            case HTTP, TFTP, OLD_TLS -> Severity.MEDIUM;
            case SIP -> Severity.LOW;
        };
    }

    private static String reason(ClearProtocol protocol) {
        return switch (protocol) {
            case TELNET, FTP -> "Passwords cross the network as they are typed.";
            case HTTP, TFTP -> "Settings and passwords of a phone can be read, and changed, on the way.";
            case OLD_TLS -> "TLS before 1.2 is known to be weak and was retired by RFC 8996.";
            case SIP -> "Who calls whom can be read on the way; many providers still offer nothing else.";
        };
    }

    private static String words(ClearVisit visit) {
        return switch (visit.protocol()) {
            case HTTP -> "HTTP without TLS";
            case TFTP -> "TFTP";
            case TELNET -> "Telnet";
            case FTP -> "FTP without TLS";
            case SIP -> "SIP without TLS";
            case OLD_TLS -> "outdated " + visit.tlsVersion();
        };
    }
}
