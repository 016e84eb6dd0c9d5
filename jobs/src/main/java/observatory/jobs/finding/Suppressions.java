package observatory.jobs.finding;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All suppressions, in the order in which they are asked. Pure: what it says of a finding depends on the finding's own
 * events and never on the clock, so that stored history and new findings are judged alike.
 *
 * @param list no two with the same id
 */
public record Suppressions(List<Suppression> list) implements Serializable {
    /** Nothing is suppressed. */
    public static final Suppressions NONE = new Suppressions(List.of());

    public Suppressions {
        list = List.copyOf(list);
        Set<String> ids = new HashSet<>();
        for (Suppression one : list) {
            if (!ids.add(one.id())) {
                throw new IllegalArgumentException("two suppressions are called '" + one.id() + "'");
            }
        }
    }

    /** The first suppression that holds for a finding; empty when it is to be told. */
    public Optional<Suppression> covering(Suppression.About finding) {
        return list.stream().filter(one -> one.covers(finding)).findFirst();
    }
}
