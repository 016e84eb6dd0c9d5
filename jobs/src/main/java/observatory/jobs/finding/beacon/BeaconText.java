package observatory.jobs.finding.beacon;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.Reach;
import observatory.jobs.finding.beacon.Turn.What;

/** What is said of beacons. */
final class BeaconText {
    private BeaconText() {}

    /** The finding that the first sign makes, new or changed for a group of devices. */
    static Finding begun(BeaconSign sign, String group) {
        Turn turn = sign.turn();
        boolean isNew = turn.what() == What.BEGAN;
        boolean isCatalogued = !"unknown".equals(sign.destination().service().vendor());
        LocalDate day =
                Instant.ofEpochMilli(turn.onsetMillis()).atZone(ZoneOffset.UTC).toLocalDate();
        return Finding.of(
                        isNew ? Kind.NEW_BEACON : Kind.BEACON_CHANGED,
                        sign.device(),
                        sign.series() + "|" + group + "|" + turn.what().name().toLowerCase(Locale.ROOT) + "|" + day)
                .severity(isCatalogued ? Severity.LOW : Severity.MEDIUM, reason(isNew, isCatalogued))
                .headline(headline(turn))
                .facts(facts(sign, 1))
                .missing(sign.doubts())
                .evidence(sign.evidence())
                .between(turn.onsetMillis(), sign.lastMillis())
                .more(1, 0, 0)
                .destination(sign.destination())
                .end();
    }

    /** The finding after one more sign. */
    static Finding grown(Finding finding, BeaconSign sign, Reach reach) {
        boolean isFirst = reach.devices() <= 1;
        return finding.draft()
                .open()
                .scope(reach.scope())
                .site(reach.site())
                .devices(reach.devices())
                .facts(isFirst ? finding.facts() : withDevices(finding.facts(), reach.devices()))
                .evidence(sign.evidence())
                .between(
                        Math.min(
                                finding.firstMillis(),
                                sign.turn().what() == What.KNOWN
                                        ? finding.firstMillis()
                                        : sign.turn().onsetMillis()),
                        sign.lastMillis())
                .more(1, 0, 0)
                .end();
    }

    /** The finding when nothing of it was seen any more. */
    static Finding ended(Finding finding) {
        return finding.draft().closed().end();
    }

    private static String headline(Turn turn) {
        String what = switch (turn.what()) {
            case BEGAN, KNOWN -> "contacted every " + turn.to();
            case PERIOD -> "contacted every " + turn.to() + ", formerly every " + turn.from();
            case SIZE -> "periodic contact now sends " + turn.to() + ", formerly " + turn.from();
            case PLACE -> "periodic contact now goes to " + turn.to() + ", formerly to " + turn.from();
        };
        return Finding.WHERE + ": " + what + ", by " + Finding.WHO;
    }

    private static String reason(boolean isNew, boolean isCatalogued) {
        String known = isCatalogued
                ? ", and the catalogue knows the service."
                : ", and the catalogue does not know the service.";
        return (isNew
                        ? "Phones beacon by nature, but none of its kind did so there before"
                        : "What a phone does by itself changed without anybody touching it")
                + known;
    }

    private static List<String> facts(BeaconSign sign, long devices) {
        Turn turn = sign.turn();
        return List.of(
                devices(devices),
                String.format(
                        Locale.ROOT,
                        "Median interval %s at port %d; evenness %.2f of 1.",
                        Turn.inWords(turn.periodMillis()),
                        sign.port(),
                        turn.score()),
                turn.from().isEmpty()
                        ? "It began after the learning period."
                        : "Until then " + turn.from() + ", since then " + turn.to() + ".");
    }

    private static List<String> withDevices(List<String> facts, long devices) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(devices(devices)),
                        facts.stream().skip(1))
                .toList();
    }

    private static String devices(long devices) {
        return devices == 1 ? "1 device." : devices + " devices.";
    }
}
