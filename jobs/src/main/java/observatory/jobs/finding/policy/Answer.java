package observatory.jobs.finding.policy;

import java.util.Locale;

/** What can be said of a question about a destination. */
public enum Answer {
    YES,
    NO,
    /** The evidence does not decide: a disputed place partly inside, an anycast address, an unknown operator. */
    UNDECIDED;

    /** Both hold: no as soon as one does not. */
    Answer and(Answer other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : UNDECIDED;
    }

    Answer negated() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNDECIDED -> UNDECIDED;
        };
    }

    static Answer of(boolean holds) {
        return holds ? YES : NO;
    }

    /** The name used in documents. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
