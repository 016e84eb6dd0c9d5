package observatory.dashboards.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.dashboards.evaluate.Verdict.Outcome;

/** Holds findings against the truth: a pure rule. */
final class Judge {
    /** A finding may begin a little before what it is about: windows begin on whole minutes. */
    private static final Duration EARLY = Duration.ofMinutes(10);

    /** Kinds about a device, whoever it talks to. */
    private static final Set<String> BY_DEVICE = Set.of(
            "foreign-resolver",
            "hidden-dns",
            "upload-anomaly",
            "lan-probe",
            "new-inbound-service",
            "cleartext-management",
            "silent-device");

    /** Kinds that say for whom something is news; the widest of all is right, and no other. */
    private static final Set<String> NEWS =
            Set.of("new-endpoint", "dormant-endpoint", "new-cloud", "new-country", "new-operator");

    /** Kinds about a device and an endpoint. */
    private static final Set<String> BY_BOTH = Set.of("new-beacon", "beacon-changed");

    /** Kinds that look back, so that they may begin before their plant; they must not have ended by then. */
    private static final Set<String> LOOKING_BACK =
            Set.of("new-beacon", "beacon-changed", "silent-device", "sensor-silent", "coverage-gap");

    private Judge() {}

    /** One verdict for every plant, and one for every finding that is not the first of its plant. */
    static List<Verdict> judge(long seed, Truth truth, List<Found> findings) {
        List<Verdict> verdicts = new ArrayList<>();
        Set<Found> explained = new HashSet<>();
        for (Label label : truth.planted()) {
            List<Found> own = findings.stream()
                    .filter(found -> found.kind().equals(label.kind()) && isOf(found, label))
                    .toList();
            Outcome outcome = own.isEmpty() ? Outcome.MISSED : Outcome.FOUND;
            verdicts.add(new Verdict(outcome, label.kind(), seed, words(label)));
            own.stream()
                    .skip(1)
                    .forEach(again -> verdicts.add(
                            new Verdict(Outcome.FALSE_ALARM, again.kind(), seed, "again: " + words(again))));
            explained.addAll(own);
        }
        for (Found found : findings) {
            if (!explained.contains(found)) {
                verdicts.add(unexpected(seed, truth, found));
            }
        }
        return verdicts;
    }

    private static Verdict unexpected(long seed, Truth truth, Found found) {
        boolean also = Stream.concat(truth.planted().stream(), truth.lookAlikes().stream())
                .anyMatch(label -> label.also().contains(found.kind())
                        && found.isAt(label.subject())
                        && (!NEWS.contains(found.kind())
                                || isWhen(found, label) && label.devices().contains(found.mac())));
        if (also) {
            return new Verdict(Outcome.ALSO, found.kind(), seed, words(found));
        }
        String near = near(truth, found).map(label -> "; near " + words(label)).orElse("");
        return new Verdict(Outcome.FALSE_ALARM, found.kind(), seed, words(found) + near);
    }

    private static boolean isOf(Found found, Label label) {
        return isWhen(found, label) && isWho(found, label);
    }

    private static boolean isWhen(Found found, Label label) {
        Instant begins = LOOKING_BACK.contains(label.kind()) ? found.last() : found.first();
        return !begins.isBefore(label.from().minus(EARLY)) && !found.first().isAfter(label.to());
    }

    private static boolean isWho(Found found, Label label) {
        if (label.scope().equals("sensor")) {
            return found.sensor().equals(label.subject()) || found.site().equals(label.subject());
        }
        if (NEWS.contains(label.kind()) && !label.scope().equals(found.scope())) {
            return false;
        }
        boolean who = label.devices().contains(found.mac());
        if (BY_DEVICE.contains(label.kind())) {
            return who;
        }
        return found.isAt(label.subject()) && (who || !BY_BOTH.contains(label.kind()));
    }

    /** What was planted on the same device or endpoint, or looks alike: where an engineer would begin to look. */
    private static Optional<Label> near(Truth truth, Found found) {
        return Stream.concat(truth.planted().stream(), truth.lookAlikes().stream())
                .filter(label -> label.devices().contains(found.mac()) || found.isAt(label.subject()))
                .findFirst();
    }

    private static String words(Label label) {
        String who = label.devices().size() > 3
                ? label.devices().size() + " phones"
                : label.devices().stream().sorted().collect(Collectors.joining(" "));
        return label.kind() + " of scope " + label.scope() + ", " + label.text() + "; " + label.subject() + " " + who
                + " at " + label.site() + " from " + label.from() + " to " + label.to();
    }

    private static String words(Found found) {
        return found.kind() + " of scope " + found.scope() + ": " + found.message() + "; " + found.endpoint() + " "
                + found.mac() + " " + found.sensor() + " at " + found.site() + " from " + found.first() + " to "
                + found.last() + ", cause " + found.cause();
    }
}
