package observatory.dashboards.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import observatory.dashboards.finding.Findings;
import observatory.jobs.elastic.ElasticException;
import observatory.jobs.finding.Suppressions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes stored findings count as decided, once a minute while the job runs. That it cannot be done now is no failure. */
final class SettleFindings implements Supplier<Optional<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(SettleFindings.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Findings findings;
    private final Suppressions suppressions;
    private final InstantSource clock;
    private Instant next;

    SettleFindings(Findings findings, Suppressions suppressions, InstantSource clock) {
        this.findings = findings;
        this.suppressions = suppressions;
        this.clock = clock;
        this.next = clock.instant();
    }

    @Override
    public Optional<String> get() {
        if (!clock.instant().isBefore(next)) {
            next = clock.instant().plus(EVERY);
            try {
                int changed = findings.settle(suppressions, false).size();
                if (changed > 0) {
                    LOG.info("{} findings count as decided or suppressed", changed);
                }
            } catch (ElasticException e) {
                LOG.warn("findings wait for their decisions: {}", e.getMessage());
            }
        }
        return Optional.empty();
    }
}
