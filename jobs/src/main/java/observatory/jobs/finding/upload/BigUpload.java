package observatory.jobs.finding.upload;

import java.util.Comparator;
import java.util.List;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Evidence;
import observatory.jobs.rollup.Destination;

/**
 * An hour in which a device sent much to an endpoint, usual for it or not.
 *
 * @param to endpoint and service, what uploads are told apart by
 * @param hourMillis start of the hour, milliseconds since 1970
 * @param device who
 * @param destination the endpoint, as the largest flow reached it
 * @param bytes bytes out; scaled where the exporter samples
 * @param flows flows
 * @param scale what a counted packet stands for, the most of all flows; 1 when none was sampled
 * @param largestMillis when the largest of them began
 * @param lastMillis end of the latest flow
 * @param usual what the device usually sends there in an hour
 * @param hours how many earlier hours that was learned from
 * @param isNews whether it is far more than the device's own history allows
 * @param doubts what would have been needed to be sure of the endpoint's name
 * @param evidence the document that holds the largest flow
 */
public record BigUpload(
        String to,
        long hourMillis,
        Device device,
        Destination destination,
        long bytes,
        long flows,
        long scale,
        long largestMillis,
        long lastMillis,
        long usual,
        long hours,
        boolean isNews,
        List<String> doubts,
        Evidence evidence) {

    public BigUpload {
        doubts = List.copyOf(doubts);
    }

    /** A total order. */
    static final Comparator<BigUpload> ORDER = Comparator.comparingLong(BigUpload::hourMillis)
            .thenComparing(upload -> upload.device().key())
            .thenComparingLong(BigUpload::bytes);
}
