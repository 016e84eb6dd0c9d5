package observatory.jobs.finding.novelty;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.NameDoubts;
import observatory.jobs.finding.novelty.Seen.Scope;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;

/** The words of news. */
final class NewsText {
    private NewsText() {}

    /** First contact of a scope with a subject. */
    static Finding news(Scope scope, Encounter encounter) {
        Subject subject = encounter.subject();
        Destination to = encounter.destination();
        String with = subject.kind() == Subject.Kind.ENDPOINT
                ? ""
                : " with " + subject.kind().words() + " " + subject.id();
        return draft(
                        subject.kind().finding(),
                        scope,
                        subject.id(),
                        "|" + day(encounter.visit().firstStartMillis()),
                        encounter)
                .severity(severity(scope, to), reason(subject, scope, to))
                .headline(
                        Finding.WHERE + ": first contact of the " + Novelty.label(scope) + with + ", by " + Finding.WHO)
                .facts(facts("First contact", with, encounter.visit()))
                .end();
    }

    /** Contact of a scope with an endpoint that it had left alone since a time. */
    static Finding dormant(Scope scope, Encounter encounter, long sinceMillis) {
        Destination to = encounter.destination();
        LocalDate day = day(sinceMillis);
        long days = (encounter.firstMillis() - sinceMillis) / Novelty.DAY_MILLIS;
        List<String> facts = new ArrayList<>(facts("Contact", "", encounter.visit()));
        facts.add("Nobody of the " + Novelty.label(scope) + " had contacted it since " + day + ", though the site was"
                + " watched all that time.");
        return draft(Finding.Kind.DORMANT_ENDPOINT, scope, encounter.subject().id() + "|" + day, "", encounter)
                .severity(severity(scope, to), "Contacted again after " + days + " days" + known(to))
                .headline(Finding.WHERE + ": contacted again after " + days + " days, by " + Finding.WHO)
                .facts(facts)
                .end();
    }

    /**
     * The first day is part of the cause of news: what was forgotten and is new again, counted from nothing, is another
     * finding, and no older state of the one before.
     */
    private static Finding.Draft draft(
            Finding.Kind kind, Scope scope, String cause, String firstDay, Encounter encounter) {
        Rollup visit = encounter.visit();
        Device device = visit.device();
        String label = Novelty.label(scope);
        return Finding.of(kind, label, cause + "|" + label + "|" + Novelty.scopeId(scope, device) + firstDay)
                .missing(missing(visit, encounter.subject()))
                .evidence(Evidence.of(visit))
                .between(visit.firstStartMillis(), visit.lastEndMillis())
                .more(visit.flows(), visit.bytesOut(), visit.bytesIn())
                .devices(1)
                .site(scope == Scope.FLEET ? null : device.site())
                .device(device)
                .destination(visit.destination());
    }

    private static LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static boolean isKnown(Destination to) {
        return !"unknown".equals(to.service().vendor());
    }

    private static Severity severity(Scope scope, Destination to) {
        return switch (scope) {
            case FLEET, SITE -> isKnown(to) ? Severity.MEDIUM : Severity.HIGH;
            case COHORT, DEVICE -> isKnown(to) ? Severity.LOW : Severity.MEDIUM;
        };
    }

    private static String reason(Subject subject, Scope scope, Destination to) {
        String what = subject.kind() == Subject.Kind.ENDPOINT
                ? "New"
                : "A " + subject.kind().words() + " new";
        return what + " to the " + Novelty.label(scope) + known(to);
    }

    private static String known(Destination to) {
        return isKnown(to)
                ? ", and the catalogue knows the service."
                : ", and the catalogue does not know the service.";
    }

    private static List<String> facts(String what, String with, Rollup visit) {
        Destination to = visit.destination();
        Device device = visit.device();
        String who = device.cohort().isEmpty() ? "device" : device.cohort();
        String network = to.asn() == 0
                ? "the host network is not known"
                : "the host network is AS" + to.asn() + " " + to.organisation();
        return List.of(
                what + " of a " + who + with + " at " + to.endpoint() + "; " + network + ".",
                "Place: " + placeInWords(to) + ".");
    }

    private static String placeInWords(Destination to) {
        String countries = String.join(", ", to.countries());
        return switch (to.placeState()) {
            case AGREED -> countries + ", by " + to.step().label();
            case DISPUTED -> "disputed between " + countries;
            case ANYCAST -> "anycast, no single country";
            case UNKNOWN -> "cannot be decided";
            case LOCAL -> "inside the network";
        };
    }

    private static List<String> missing(Rollup visit, Subject subject) {
        List<String> missing = new ArrayList<>(NameDoubts.of(visit));
        if (subject.kind() == Subject.Kind.COUNTRY && visit.destination().step() == Place.Step.ONE_DATABASE) {
            missing.add("A second opinion on the place: only one database knows the address.");
        }
        return missing;
    }
}
