package observatory.ingest.simulate.traffic;

import java.util.List;

/**
 * One DNS question and its answer.
 *
 * @param transaction DNS id
 * @param question name asked for
 * @param type {@code A}, {@code AAAA} or {@code SRV}
 * @param roundTrip microseconds from question to answer
 * @param answers answer section in order: CNAMEs, then addresses; may be empty
 * @param lifetimes time to live of each answer in seconds
 */
public record Lookup(
        int transaction, String question, Type type, long roundTrip, List<String> answers, List<Long> lifetimes) {

    /** The record types that phones ask for. */
    public enum Type {
        A(1),
        AAAA(28),
        SRV(33);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** IANA number of the type. */
        public int number() {
            return number;
        }
    }

    public Lookup {
        answers = List.copyOf(answers);
        lifetimes = List.copyOf(lifetimes);
        if (answers.size() != lifetimes.size()) {
            throw new IllegalArgumentException(answers.size() + " answers with " + lifetimes.size() + " lifetimes");
        }
    }
}
