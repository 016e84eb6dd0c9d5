package observatory.dashboards.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import observatory.jobs.finding.policy.Destinations;
import observatory.jobs.finding.policy.Devices;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.policy.Rule;

/** Reads and checks a policy, {@code policy.yaml}. */
public final class PolicyReader {
    private PolicyReader() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException for a file that is missing or has faults
     */
    public static Policy read(Path path) {
        Section root = Section.read(path, Schema.named(Schema.POLICY), "docker/policy.yaml");
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section section : root.sections("rules")) {
            if (!ids.add(section.required("id"))) {
                throw section.fault("id", "two rules are called '" + section.required("id") + "'");
            }
            rules.add(rule(section));
        }
        return new Policy(rules);
    }

    private static Rule rule(Section section) {
        Rule.Mode mode = mode(section);
        Section devices = section.section("devices");
        try {
            return new Rule(
                    section.required("id"),
                    section.required("owner"),
                    section.required("reason"),
                    section.day("from").map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
                    section.day("until").map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
                    new Devices(devices.texts("groups"), devices.texts("sites"), devices.texts("cohorts")),
                    destinations(section.section("about")),
                    mode,
                    destinations(section.section(mode.label())));
        } catch (IllegalArgumentException e) {
            throw section.fault("id", String.valueOf(e.getMessage()));
        }
    }

    private static Rule.Mode mode(Section section) {
        if (section.has("allow") == section.has("deny")) {
            throw section.fault("id", "rule '" + section.required("id") + "' has to have either 'allow' or 'deny'");
        }
        return section.has("allow") ? Rule.Mode.ALLOW : Rule.Mode.DENY;
    }

    private static Destinations destinations(Section section) {
        return new Destinations(
                section.texts("countries"),
                section.texts("jurisdictions"),
                section.texts("operators"),
                section.texts("services"),
                section.texts("purposes"));
    }
}
