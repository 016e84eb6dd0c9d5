package observatory.ingest.dnslog;

import java.util.ArrayList;
import java.util.List;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.FlowObservation;
import org.jspecify.annotations.Nullable;

/**
 * Which question each answer line of dnsmasq belongs to, within one block. dnsmasq writes one line a record, and the line
 * of an alias does not say what it leads to: the next line of the same query does. Of fixed size: a query that another
 * one pushes out keeps its answers and loses only its first name.
 */
final class AliasChains {
    /** Queries remembered at once; stops a flood of queries that are never answered. */
    private static final int SLOTS = 4096;

    /** Aliases of one answer; dnsmasq itself stops at 10, and a forged log shall not grow without bound. */
    private static final int LONGEST_CHAIN = 16;

    private final Chain[] chains = new Chain[SLOTS];
    private int block;

    /** Forgets everything: a new block begins. */
    void clear() {
        block++;
    }

    /** The chain of this query; an empty one when there was none. */
    Chain of(long query) {
        int slot = (int) ((query ^ (query >>> 32)) * 0x9E3779B1L >>> 8) & (SLOTS - 1);
        Chain chain = chains[slot];
        if (chain == null) {
            chain = new Chain();
            chains[slot] = chain;
        }
        if (chain.block != block || chain.query != query) {
            chain.block = block;
            chain.query = query;
            chain.begin(null, null);
        }
        return chain;
    }

    /** One question and the aliases that its answer went through so far. */
    static final class Chain {
        private int block;
        private long query;
        private @Nullable String question;
        private @Nullable String type;
        private final List<String> aliases = new ArrayList<>();
        private boolean isOpen;

        void begin(@Nullable String name, @Nullable String ofType) {
            question = name;
            type = ofType;
            aliases.clear();
            isOpen = false;
        }

        @Nullable
        String question() {
            return question;
        }

        @Nullable
        String type() {
            return type;
        }

        /** The name is an alias; of what, the next line tells. */
        void alias(@Nullable String name) {
            follow(name);
            isOpen = true;
        }

        /** The line is about this name: the question itself, what the last alias leads to, or a question not seen. */
        void follow(@Nullable String name) {
            if (name == null) {
                return;
            }
            if (isOpen) {
                if (aliases.size() < LONGEST_CHAIN) {
                    aliases.add(name);
                }
                isOpen = false;
            } else if (!name.equals(aliases.isEmpty() ? question : aliases.getLast())) {
                begin(name, name.equals(question) ? type : null);
            }
        }

        /** The answers: the aliases, and the record of the line where its data are logged. */
        List<Answer> answers(@Nullable Answer last) {
            if (aliases.isEmpty()) {
                return last == null ? List.of() : List.of(last);
            }
            List<Answer> answers = new ArrayList<>(aliases.size() + 1);
            for (String alias : aliases) {
                answers.add(new Answer(alias, "CNAME", FlowObservation.ABSENT));
            }
            if (last != null) {
                answers.add(last);
            }
            return answers;
        }
    }
}
