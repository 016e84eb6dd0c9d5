package observatory.ingest.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.status.CollectorStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that one collector listens to and follows, from opening to closing. Every few seconds it reports to Kafka what came
 * in and what had to be dropped; one report is always sent, so that time goes on downstream when all senders are quiet.
 */
public final class Collectors implements AutoCloseable {
    /** A minute is a whole number of them. */
    static final Duration REPORT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Collectors.class);
    private static final String ITSELF = "collector";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CollectSettings settings;
    private final InstantSource clock;
    private final Counts counts = new Counts();
    private final Outbox datagrams;
    private final Outbox logs;
    private final ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("collector-reports").unstarted(work));
    private final List<AutoCloseable> listeners = new ArrayList<>();
    private final List<SyslogListener> syslog = new ArrayList<>();
    private @Nullable FlowListener flows;
    private @Nullable FileTailer files;
    private final Queue<CollectorStatus> unsent = new ConcurrentLinkedQueue<>();
    private long reportedUntil;

    private Collectors(CollectSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.datagrams = Outbox.datagrams(settings.kafka());
        this.logs = Outbox.logs(settings.kafka());
        this.reportedUntil = now();
    }

    /**
     * Opens everything, or nothing.
     *
     * @param clock when what is received was received
     * @param detect the format of a datagram, by its first bytes
     * @throws CollectException in one line: port taken, Kafka silent, positions unreadable
     */
    public static Collectors open(
            CollectSettings settings, InstantSource clock, Function<byte[], Optional<Format>> detect) {
        Topics.ensure(settings.kafka());
        Collectors collectors = new Collectors(settings, clock);
        try {
            collectors.openAll(detect);
            return collectors;
        } catch (RuntimeException e) {
            collectors.close();
            throw e;
        }
    }

    private void openAll(Function<byte[], Optional<Format>> detect) {
        FlowListener.Surroundings hasty = surroundings(datagrams, detect);
        FlowListener.Surroundings patient = surroundings(logs, detect);
        if (settings.flows() != null) {
            flows = keep(FlowListener.open(settings.flows(), hasty));
        }
        for (CollectSettings.Syslog one : settings.syslog()) {
            boolean canWait = one.transport() == CollectSettings.Transport.TCP;
            syslog.add(keep(SyslogListener.open(one, canWait ? patient : hasty)));
        }
        for (CollectSettings.Dnstap one : settings.dnstap()) {
            keep(DnstapListener.open(one, patient));
        }
        if (!settings.files().isEmpty()) {
            files = new FileTailer(settings.files(), settings.state(), counts, logs, clock);
            files.start();
        }
        reports.scheduleAtFixedRate(this::reportOrSayWhyNot, 0, REPORT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private FlowListener.Surroundings surroundings(Outbox outbox, Function<byte[], Optional<Format>> detect) {
        return new FlowListener.Surroundings(settings.exporters(), counts, outbox, clock, detect);
    }

    private <L extends AutoCloseable> L keep(L listener) {
        listeners.add(listener);
        return listener;
    }

    /** An executor drops what failed once: no report would ever follow, and live collectors would seem to be dead. */
    private void reportOrSayWhyNot() {
        try {
            report();
        } catch (RuntimeException e) {
            LOG.error("a report of what was collected failed; the next follows", e);
        }
    }

    private synchronized void report() {
        if (flows != null) {
            flows.countKernelDrops(settings.name());
        }
        syslog.forEach(listener -> listener.countKernelDrops(settings.name()));
        long from = reportedUntil;
        reportedUntil = Math.max(from, now());
        List<CollectorStatus> statuses = new ArrayList<>(counts.report(settings.name(), from, reportedUntil));
        statuses.add(new CollectorStatus(
                settings.name(), ITSELF, settings.name(), settings.name(), from, reportedUntil, 0, 0, 0, 0));
        for (CollectorStatus late = unsent.poll(); late != null; late = unsent.poll()) {
            statuses.add(late);
        }
        statuses.forEach(this::send);
    }

    private void send(CollectorStatus status) {
        RawMessage message = new RawMessage(
                Format.COLLECTOR_STATUS,
                status.sensor(),
                status.site(),
                settings.name() + ' ' + status.listener(),
                0,
                0,
                status.untilNanos(),
                new byte[0],
                status.toLine(),
                List.of());
        datagrams.send(RawRecords.write(Topics.LOGS, message, ""), stored -> {
            // Counts are in one report only: when it gets tight they wait for the next.
            if (!stored && unsent.size() < Counts.MOST_SENSORS) {
                unsent.add(status);
            }
        });
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /** UDP ports on which flow exporters are listened to. */
    public List<Integer> flowPorts() {
        return flows == null ? List.of() : flows.ports();
    }

    /** Size of the receive buffer of each UDP socket, as the kernel granted it; 0 without such sockets. */
    public int receiveBuffer() {
        return flows == null ? 0 : flows.receiveBuffer();
    }

    /** Ports on which syslog is listened to, in the order of the settings. */
    public List<Integer> syslogPorts() {
        return syslog.stream().map(SyslogListener::port).toList();
    }

    /** All that was counted since the start. */
    public Received received() {
        Counts.Totals totals = counts.totals();
        return new Received(totals.received(), totals.bytes(), totals.queueDrops(), totals.kernelDrops());
    }

    /**
     * Sums over everything that is listened to.
     *
     * @param messages datagrams, lines and frames
     * @param bytes their bytes
     * @param queueDrops those that could not be written to Kafka
     * @param kernelDrops datagrams that the kernel dropped before
     */
    public record Received(long messages, long bytes, long queueDrops, long kernelDrops) {}

    /** What made the following of files end; empty as long as all is well. */
    public Optional<RuntimeException> failure() {
        return files == null ? Optional.empty() : Optional.ofNullable(files.failure());
    }

    /** Stops listening, sends what waits, tells the last counts and writes down how far files were read. */
    @Override
    public void close() {
        listeners.reversed().forEach(Collectors::close);
        if (files != null) {
            files.stop();
        }
        reports.shutdownNow();
        report();
        datagrams.close();
        logs.close();
        if (files != null) {
            files.close();
        }
    }

    private static void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CollectException("a listener cannot be closed: " + e.getMessage(), e);
        }
    }
}
