package observatory.ingest.simulate.behaviour;

/** The one time a phone fetches a new firmware; it boots a few minutes later. */
final class FirmwareDownload implements Behaviour {
    private final String name;
    private final long at;

    FirmwareDownload(String name, long at) {
        this.name = name;
        this.at = at;
    }

    @Override
    public long first(Handset handset, long boot) {
        return boot < at ? at : NEVER;
    }

    @Override
    public long act(Handset handset, long now) {
        long bytes = handset.between(28_000_000, 61_000_000);
        long took = handset.between(40, 220) * Handset.SECOND;
        handset.tls(new Exchange("firmware", name, 443, 900, bytes, took), now);
        return NEVER;
    }
}
