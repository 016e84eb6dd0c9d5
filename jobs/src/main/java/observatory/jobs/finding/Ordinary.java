package observatory.jobs.finding;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;

/**
 * What is ordinary at a site, and so no finding.
 *
 * @param voice networks of the telephony provider or PBX: they may call phones, and media to them is no upload. Where
 *     phones register is learned besides
 * @param managers networks from which phones are managed: they may open connections to phones
 * @param cleartext labels of the {@link ClearProtocol}s that are findings
 * @param uploadBytes less than this, in an hour and to one endpoint, is never an upload
 */
public record Ordinary(List<String> voice, List<String> managers, List<String> cleartext, long uploadBytes)
        implements Serializable {

    /** In settings uploads are told in these: bytes. */
    public static final long MEGABYTE = 1_000_000;

    /** An hour of a phone's ordinary errands is far below ten megabytes. */
    public static final long DEFAULT_UPLOAD_BYTES = 10 * MEGABYTE;

    /** All protocols in the clear. */
    public static final List<String> ALL_CLEARTEXT =
            Stream.of(ClearProtocol.values()).map(ClearProtocol::label).toList();

    /** With nothing configured. */
    public static final Ordinary ASSUMED = new Ordinary(List.of(), List.of(), ALL_CLEARTEXT, DEFAULT_UPLOAD_BYTES);

    public Ordinary {
        voice = List.copyOf(voice);
        managers = List.copyOf(managers);
        cleartext = List.copyOf(cleartext);
        if (uploadBytes <= 0) {
            throw new IllegalArgumentException("an upload has at least one byte, not " + uploadBytes);
        }
        for (String label : cleartext) {
            if (ClearProtocol.of(label).isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + label + "' is no protocol in the clear; they are " + String.join(", ", ALL_CLEARTEXT));
            }
        }
        voice.forEach(IpPrefix::of);
        managers.forEach(IpPrefix::of);
    }

    /** The networks parsed. */
    public Rule rule() {
        return new Rule(
                voice.stream().map(IpPrefix::of).toList(),
                managers.stream().map(IpPrefix::of).toList());
    }

    /** {@link Ordinary} ready to decide. */
    public static final class Rule {
        private final List<IpPrefix> voice;
        private final List<IpPrefix> managers;

        private Rule(List<IpPrefix> voice, List<IpPrefix> managers) {
            this.voice = voice;
            this.managers = managers;
        }

        /** Whether an address is the telephony provider's, or the PBX. */
        public boolean isVoice(IpAddress address) {
            return voice.stream().anyMatch(prefix -> prefix.contains(address));
        }

        /** Whether phones are managed from an address. */
        public boolean isManager(IpAddress address) {
            return managers.stream().anyMatch(prefix -> prefix.contains(address));
        }
    }
}
