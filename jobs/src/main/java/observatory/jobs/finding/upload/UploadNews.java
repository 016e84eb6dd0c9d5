package observatory.jobs.finding.upload;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.Reach;
import observatory.jobs.order.InSteps;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Compares big uploads to one endpoint with those of like devices. What several of them usually send is no news from one
 * more; what several send unusually in the same hour is one finding for all. A finding goes on while the uploads do, and
 * ends after a day without.
 */
public final class UploadNews extends InSteps<BigUpload, Finding> {
    private static final long serialVersionUID = 1;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final long MEMORY_MILLIS = 30 * DAY_MILLIS;
    private static final int SEVERAL = 3;
    private static final int REMEMBERED = 16;
    private static final long ALIKE = 3;

    private final long endMillis;
    private transient MapState<String, List<Usual>> usual;
    private transient MapState<String, Finding> findings;

    /** @param endMillis where a bounded observation ends, and with it the memory; {@code Long.MAX_VALUE} when live */
    @SuppressWarnings("NullAway.Init")
    public UploadNews(long endMillis) {
        super(TypeInformation.of(BigUpload.class), HOUR_MILLIS);
        this.endMillis = endMillis;
    }

    /**
     * What one of many like devices once sent in an hour.
     *
     * @param device its key
     * @param bytes bytes out
     * @param hourMillis the hour
     */
    public record Usual(String device, long bytes, long hourMillis) {}

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        usual = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("usual", Types.STRING, Types.LIST(Types.POJO(Usual.class))));
        findings = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("findings", Types.STRING, Types.POJO(Finding.class)));
    }

    @Override
    protected long timeMillis(BigUpload upload) {
        return upload.hourMillis();
    }

    @Override
    protected Comparator<BigUpload> order() {
        return BigUpload.ORDER;
    }

    @Override
    protected void step(long end, List<BigUpload> uploads, OnTimerContext context, Collector<Finding> out)
            throws Exception {
        Map<String, List<BigUpload>> news = new TreeMap<>();
        for (BigUpload upload : uploads) {
            String kin = Reach.kinOf(upload.device());
            if (upload.isNews() && !isUsual(known(kin), upload)) {
                news.computeIfAbsent(kin, none -> new ArrayList<>()).add(upload);
            }
        }
        for (BigUpload upload : uploads) {
            remember(Reach.kinOf(upload.device()), upload);
        }
        for (Map.Entry<String, List<BigUpload>> group : news.entrySet()) {
            tell(group.getKey(), group.getValue(), out);
        }
        if ((end + 1) % DAY_MILLIS == 0) {
            forget(end, out);
        }
        if (!usual.isEmpty() || !findings.isEmpty()) {
            context.timerService().registerEventTimeTimer(endOf(end + 1, DAY_MILLIS));
        }
    }

    private List<Usual> known(String kin) throws Exception {
        List<Usual> known = usual.get(kin);
        return known == null ? List.of() : known;
    }

    /** Whether several other devices of its kind sent as much before, give or take. */
    private static boolean isUsual(List<Usual> known, BigUpload upload) {
        return known.stream()
                        .filter(one ->
                                !one.device().equals(upload.device().key()) && one.bytes() * ALIKE >= upload.bytes())
                        .map(Usual::device)
                        .distinct()
                        .count()
                >= SEVERAL;
    }

    private void remember(String kin, BigUpload upload) throws Exception {
        List<Usual> latest = new ArrayList<>(known(kin));
        latest.add(new Usual(upload.device().key(), upload.bytes(), upload.hourMillis()));
        usual.put(kin, latest.size() > REMEMBERED ? new ArrayList<>(latest.subList(1, latest.size())) : latest);
    }

    private void tell(String kin, List<BigUpload> uploads, Collector<Finding> out) throws Exception {
        boolean together = uploads.size() >= SEVERAL || findings.contains(kin);
        Map<String, Finding> told = new TreeMap<>();
        for (BigUpload upload : uploads) {
            String key = together ? kin : upload.device().key();
            Finding before = told.getOrDefault(key, findings.get(key));
            told.put(key, before == null ? begun(upload, together ? kin : null) : grown(before, upload, together));
        }
        for (Map.Entry<String, Finding> finding : told.entrySet()) {
            findings.put(finding.getKey(), finding.getValue());
            out.collect(finding.getValue());
        }
    }

    private static Finding begun(BigUpload upload, @Nullable String kin) {
        boolean isCatalogued = !"unknown".equals(upload.destination().service().vendor());
        String day = Instant.ofEpochMilli(upload.hourMillis())
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        return Finding.of(
                        Kind.UPLOAD_ANOMALY,
                        upload.device(),
                        upload.to() + "|" + (kin == null ? upload.device().key() : kin) + "|" + day)
                .scope(kin == null ? "device" : "cohort")
                .severity(
                        isCatalogued ? Severity.MEDIUM : Severity.HIGH,
                        "A phone that is not in a call has little to send"
                                + (isCatalogued ? "." : ", and the catalogue does not know the service."))
                .headline(Finding.WHERE + ": " + megabytes(upload.bytes()) + " sent within an hour by " + Finding.WHO)
                .facts(List.of(megabytes(upload.bytes()) + " in " + upload.flows() + " flows within an hour; "
                        + (upload.hours() == 0
                                ? "nothing was sent there before."
                                : "usual are " + megabytes(upload.usual()) + ", learned from " + upload.hours()
                                        + " hours.")))
                .missing(missing(upload))
                .evidence(upload.evidence())
                .between(upload.largestMillis(), upload.lastMillis())
                .more(upload.flows(), upload.bytes(), 0)
                .destination(upload.destination())
                .end();
    }

    private static List<String> missing(BigUpload upload) {
        List<String> missing = new ArrayList<>(upload.doubts());
        if (upload.scale() > 1) {
            missing.add(String.format(
                    Locale.ROOT,
                    "All packets: the exporter looks at one in %,d, and bytes are scaled up.",
                    upload.scale()));
        }
        return missing;
    }

    private static Finding grown(Finding before, BigUpload upload, boolean together) {
        return before.draft()
                .evidence(upload.evidence())
                .between(upload.largestMillis(), upload.lastMillis())
                .more(upload.flows(), upload.bytes(), 0)
                .devices(before.devices() + (together ? 1 : 0))
                .end();
    }

    private void forget(long now, Collector<Finding> out) throws Exception {
        boolean isOver = now > endMillis;
        List<String> ended = new ArrayList<>();
        for (Map.Entry<String, Finding> known : findings.entries()) {
            if (isOver || now - known.getValue().lastMillis() > DAY_MILLIS) {
                ended.add(known.getKey());
                if (!isOver) {
                    out.collect(known.getValue().draft().closed().end());
                }
            }
        }
        for (String one : ended) {
            findings.remove(one);
        }
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, List<Usual>> known : usual.entries()) {
            if (isOver || now - known.getValue().getLast().hourMillis() > MEMORY_MILLIS) {
                gone.add(known.getKey());
            }
        }
        for (String kin : gone) {
            usual.remove(kin);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
