package observatory.ingest.netflow;

import static org.assertj.core.api.Assertions.assertThat;

import observatory.ingest.netflow.Sequence.Step;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private static final int UNKNOWN = Sequence.UNKNOWN;

    private final StatusCounts counts = new StatusCounts();

    @Test
    void aVersion9ExporterThatCountsFlowsIsUnderstood() {
        Sequence sequence = new Sequence(Step.DATAGRAM, true);
        long number = 842_970;
        for (int records : new int[] {30, 30, 29, 30, 7, 30}) {
            sequence.next(number, records, records, 0, UNKNOWN, counts);
            number += records;
        }
        assertThat(counts.lost).isZero();
        assertThat(sequence.step()).isNotEqualTo(Step.DATAGRAM);
    }

    @Test
    void anIpfixExporterThatCountsThisMessageAlreadyIsUnderstood() {
        Sequence sequence = new Sequence(Step.RECORDS_BEFORE, true);
        long number = 0;
        for (int records : new int[] {24, 32, 33, 32, 32, 4}) {
            number += records;
            sequence.next(number, records, UNKNOWN, 0, UNKNOWN, counts);
        }
        assertThat(counts.lost).isZero();
        assertThat(sequence.step()).isEqualTo(Step.RECORDS_NOW);
    }

    @Test
    void oneCoincidenceDoesNotHideALoss() {
        Sequence sequence = new Sequence(Step.DATAGRAM, true);
        for (long number = 0; number < 20; number++) {
            sequence.next(number, 3, 3, 0, UNKNOWN, counts);
        }
        sequence.next(22, 3, 3, 0, UNKNOWN, counts);
        sequence.next(23, 3, 3, 0, UNKNOWN, counts);
        assertThat(counts.lost).isEqualTo(2);
        assertThat(counts.gaps).isEqualTo(1);
        assertThat(sequence.step()).isEqualTo(Step.DATAGRAM);
    }

    @Test
    void datagramsWithoutKnownNumberOfRecordsRaiseNoAlarm() {
        Sequence sequence = new Sequence(Step.RECORDS_BEFORE, true);
        sequence.next(100, UNKNOWN, UNKNOWN, 0, UNKNOWN, counts);
        sequence.next(117, 5, UNKNOWN, 0, UNKNOWN, counts);
        sequence.next(122, 5, UNKNOWN, 0, UNKNOWN, counts);
        assertThat(counts.isTelling()).isFalse();
    }

    @Test
    void anUptimeThatJumpsWithinItselfIsNoRestart() {
        Sequence sequence = new Sequence(Step.DATAGRAM, true);
        sequence.next(2073, 1, 1, 1_691_746_213_000L, 3_872_245_664L, counts);
        sequence.next(2089, 6, 6, 1_691_746_229_000L, 3_872_132_129L, counts);
        assertThat(counts.restarts).isZero();
        assertThat(counts.lost).isEqualTo(15);
    }

    @Test
    void anUptimeThatBeginsAnewIsARestart() {
        Sequence sequence = new Sequence(Step.DATAGRAM, true);
        sequence.next(10, 1, 1, 1_000_000, 900_000, counts);
        sequence.next(500, 1, 1, 1_100_000, 20_000, counts);
        assertThat(counts.restarts).isEqualTo(1);
        assertThat(counts.lost).isZero();
    }

    @Test
    void aJumpThatNoExporterCanCountIsAnotherCountAndNoLossOfBillions() {
        Sequence sequence = new Sequence(Step.DATAGRAM, false);
        sequence.next(10, 1, 1, 1_000_000, UNKNOWN, counts);
        sequence.next(1_900_000_000, 1, 1, 1_001_000, UNKNOWN, counts);
        sequence.next(1_900_000_003, 1, 1, 1_002_000, UNKNOWN, counts);

        assertThat(counts.restarts).isOne();
        assertThat(counts.lost).isEqualTo(2);
    }
}
