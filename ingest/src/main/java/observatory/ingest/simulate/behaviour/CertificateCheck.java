package observatory.ingest.simulate.behaviour;

/**
 * Are the certificates still good? OCSP and half a minute later the CRL, over plain HTTP, from two names that share one
 * set of CDN addresses: whoever has only addresses sees one destination.
 */
final class CertificateCheck implements Behaviour {
    @Override
    public long first(Handset handset, long boot) {
        return boot + handset.between(34, 38) * Handset.SECOND;
    }

    @Override
    public long act(Handset handset, long now) {
        long answered = handset.http(
                new Exchange("certificate", "ocsp.digicert.com", 80, 330, 870, handset.between(4, 30) * Handset.MILLI),
                now);
        handset.http(
                new Exchange(
                        "certificate",
                        "crl3.digicert.com",
                        80,
                        210,
                        handset.between(9_000, 80_000),
                        handset.between(20, 200) * Handset.MILLI),
                answered + handset.between(20, 40) * Handset.SECOND);
        return now + Handset.DAY + handset.between(0, Handset.HOUR);
    }
}
