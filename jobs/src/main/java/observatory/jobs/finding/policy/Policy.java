package observatory.jobs.finding.policy;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import observatory.jobs.attribute.Device;
import observatory.jobs.rollup.Destination;

/**
 * All rules; each is judged for itself.
 *
 * @param rules no two with the same id
 */
public record Policy(List<Rule> rules) implements Serializable {
    /** Everything is allowed. */
    public static final Policy NONE = new Policy(List.of());

    public Policy {
        rules = List.copyOf(rules);
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two rules are called '" + rule.id() + "'");
            }
        }
    }

    /** The rules of which contact gives an answer: {@code YES} broken, {@code UNDECIDED} perhaps. */
    public List<Rule> answering(Answer broken, Device device, Destination to, long timeMillis) {
        return rules.isEmpty()
                ? List.of()
                : rules.stream()
                        .filter(rule -> rule.isBrokenBy(device, to, timeMillis) == broken)
                        .toList();
    }
}
