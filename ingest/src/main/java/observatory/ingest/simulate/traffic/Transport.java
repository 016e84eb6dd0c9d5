package observatory.ingest.simulate.traffic;

import java.util.Locale;

/** The transports a simulated phone speaks. */
public enum Transport {
    TCP(6),
    UDP(17),
    ICMP(1);

    private final int number;

    Transport(int number) {
        this.number = number;
    }

    /** IANA protocol number. */
    public int number() {
        return number;
    }

    /** As Zeek writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
