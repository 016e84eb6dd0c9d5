package observatory.jobs.finding.residency;

import observatory.jobs.finding.policy.Rule;
import observatory.jobs.rollup.Rollup;

/**
 * Contact that breaks a rule, or about which the rule cannot say.
 *
 * @param rule id of the rule
 * @param words what the rule says
 * @param owner who answers for it
 * @param reason why the rule is there
 * @param isCertain whether it is broken; else it is undecided
 * @param contact what broke it
 */
public record Breach(String rule, String words, String owner, String reason, boolean isCertain, Rollup contact) {

    static Breach of(Rule rule, boolean isCertain, Rollup contact) {
        return new Breach(rule.id(), rule.words(), rule.owner(), rule.reason(), isCertain, contact);
    }

    /** The group of the device; its site where it is in none. */
    String group() {
        String group = contact.device().group();
        return group == null ? "site " + contact.device().site() : "group " + group;
    }

    /** Breaches of equal key are one finding: rule, endpoint and group. */
    public String key() {
        return rule + "|" + contact.destination().endpoint() + "|" + group();
    }
}
