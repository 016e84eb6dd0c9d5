package observatory.ingest.netflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an exporter's options and headers said about one observation domain. */
final class Domain {
    /** Against options that invent ever new samplers. */
    static final int MOST_SAMPLERS = 1_024;

    /** Against options that invent ever new interfaces; the largest chassis have some ten thousand. */
    static final int MOST_INTERFACES = 16_384;

    /** Against options that invent ever new applications; NBAR knows 1,500. */
    static final int MOST_APPLICATIONS = 8_192;

    /** Against datagrams sent from ever new ports: the stream that was silent longest is forgotten. */
    static final int MOST_STREAMS = 16;

    final LongTable<Long> samplers = new LongTable<>(MOST_SAMPLERS);
    final LongTable<Long> interfaces = new LongTable<>(MOST_INTERFACES);
    final LongTable<String> applications = new LongTable<>(MOST_APPLICATIONS);
    final StatusCounts counts = new StatusCounts();

    /** By source port, or by agent for sFlow. */
    final Map<Long, Sequence> streams = new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Sequence> eldest) {
            return size() > MOST_STREAMS;
        }
    };

    long sampling;
    long systemStartMillis = Registers.ABSENT;
    long skewToldMillis;
    boolean isKeyedByPort;
    private long onlySampler;

    /** One packet in how many a flow stands for, 0 when nothing was stated. */
    long sampling(Registers record, long headerSampling) {
        long stated = record.statedSampling();
        if (stated > 0) {
            return stated;
        }
        if (record.sampler != Registers.ABSENT) {
            Long known = samplers.get(record.sampler);
            if (known != null) {
                return known;
            }
        } else if (samplers.size() == 1) {
            // A record that names no sampler was sampled by the only one there is.
            return onlySampler;
        }
        if (interfaces.size() > 0) {
            Long known = interfaces.get(record.ingressInterface);
            if (known != null) {
                return known;
            }
        }
        return sampling > 0 ? sampling : headerSampling;
    }

    @Nullable
    String application(Registers record) {
        if (record.applicationName != null) {
            return record.applicationName;
        }
        return record.application > 0 ? applications.get(record.application) : null;
    }

    /**
     * Takes what an options record says.
     *
     * @return the name of the bound that stood in the way, or null
     */
    @Nullable
    String learn(Registers options) {
        String refused = null;
        long interval = options.statedSampling();
        if (interval > 0) {
            refused = learnSampling(options, interval);
        }
        if (options.application > 0
                && options.applicationName != null
                && !applications.put(options.application, options.applicationName)) {
            refused = "applications of a domain (" + MOST_APPLICATIONS + ")";
        }
        if (options.systemStartMillis > 0) {
            systemStartMillis = options.systemStartMillis;
        }
        if (options.droppedPackets != Registers.ABSENT) {
            counts.dropped = options.droppedPackets;
            counts.received = options.packetsTotal;
            counts.isWorthTelling = true;
        }
        return refused;
    }

    private @Nullable String learnSampling(Registers options, long interval) {
        if (options.sampler != Registers.ABSENT) {
            Long before = samplers.get(options.sampler);
            counts.isWorthTelling |= before == null || before != interval;
            if (samplers.size() <= 1) {
                onlySampler = interval;
            }
            return samplers.put(options.sampler, interval) ? null : "samplers of a domain (" + MOST_SAMPLERS + ")";
        }
        long scope = options.scopeInterface != Registers.ABSENT ? options.scopeInterface : options.ingressInterface;
        if (scope > 0) {
            Long before = interfaces.get(scope);
            counts.isWorthTelling |= before == null || before != interval;
            return interfaces.put(scope, interval) ? null : "sampled interfaces of a domain (" + MOST_INTERFACES + ")";
        }
        counts.isWorthTelling |= sampling != interval;
        sampling = interval;
        return null;
    }

    /** What to say about sampling in a status: the domain's, else its only sampler's; 0 when it is neither. */
    long statedSampling() {
        return sampling > 0 || samplers.size() != 1 ? sampling : onlySampler;
    }

    /** After reading a snapshot. */
    void restoreOnlySampler() {
        Long only = samplers.size() == 1 ? samplers.get(samplers.keys()[0]) : null;
        onlySampler = only == null ? 0 : only;
    }
}
