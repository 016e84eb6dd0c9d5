package observatory.ingest.simulate.plant;

import observatory.ingest.simulate.fleet.Phone;

/** Where a phone gets its settings from. */
final class Provisioning {
    private Provisioning() {}

    static String of(Phone phone) {
        return switch (phone.model().maker()) {
            case "Yealink" ->
                phone.model().model().startsWith("MeetingBar") ? "agent.rooms.microsoft.com" : "yp.ringcentral.com";
            case "Poly" -> "pp.ringcentral.com";
            case "Snom" -> "snm.ringcentral.com";
            case "Cisco" -> "cp.ringcentral.com";
            default -> "unf.ringcentral.com";
        };
    }
}
