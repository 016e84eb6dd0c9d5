package observatory.jobs.finding.device;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Evidence;

/**
 * What is known of a device as such.
 *
 * @param device as last seen
 * @param firstMillis its first flow, milliseconds since 1970
 * @param lastMillis end of its latest flow
 * @param last the document that holds that flow
 * @param voice host networks where it registers; at most {@link #NETWORKS}
 */
public record Life(Device device, long firstMillis, long lastMillis, Evidence last, List<String> voice) {
    static final int NETWORKS = 32;

    public Life {
        voice = List.copyOf(voice);
    }

    /** After its first flow. */
    static Life begun(Visit visit) {
        return new Life(visit.device(), visit.startMillis(), visit.endMillis(), visit.evidence(), List.of())
                .after(visit);
    }

    /** After one more flow. */
    Life after(Visit visit) {
        boolean learns = visit.isRegistration() && voice.size() < NETWORKS && !voice.contains(visit.hostNetwork());
        List<String> networks = voice;
        if (learns) {
            networks = new ArrayList<>(voice);
            networks.add(visit.hostNetwork());
        }
        return new Life(
                visit.device(),
                Math.min(firstMillis, visit.startMillis()),
                Math.max(lastMillis, visit.endMillis()),
                last,
                networks);
    }

    /** After the last of several flows: which document holds it. What came late is not the latest. */
    Life lastSeen(Visit visit) {
        return visit.endMillis() < lastMillis
                ? this
                : new Life(device, firstMillis, lastMillis, visit.evidence(), voice);
    }

    /** Whether the other end is where the device registers, or of the same host network. */
    boolean isVoice(Visit visit) {
        return voice.contains(visit.hostNetwork());
    }
}
