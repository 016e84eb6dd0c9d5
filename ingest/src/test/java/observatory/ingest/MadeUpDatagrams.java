package observatory.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.DatagramBuilder;

/** Datagrams of made-up flows, of the size that fits into an Ethernet frame. */
final class MadeUpDatagrams {
    private static final int V5_RECORDS = 30;
    private static final int RECORDS = 24;
    private static final int SFLOW_SAMPLES = 7;

    /** What routers send: 18 fields, 51 bytes. */
    private static final int[] FIELDS = {
        8, 4, 12, 4, 15, 4, 10, 4, 14, 4, 2, 4, 1, 4, 22, 4, 21, 4, 7, 2, 11, 2, 6, 1, 4, 1, 5, 1, 61, 1, 58, 2, 136, 1,
        48, 1
    };

    private MadeUpDatagrams() {}

    /** So many records of a format, which must fill whole datagrams. */
    static List<RawMessage> of(Format format, int records) {
        return switch (format) {
            case NETFLOW5 -> datagrams(format, records / V5_RECORDS, MadeUpDatagrams::v5);
            case NETFLOW9 -> datagrams(format, records / RECORDS, MadeUpDatagrams::v9);
            case IPFIX -> datagrams(format, records / RECORDS, MadeUpDatagrams::ipfix);
            case SFLOW5 -> datagrams(format, records / SFLOW_SAMPLES, MadeUpDatagrams::sflow);
            default -> throw new IllegalArgumentException(format + " has no datagrams");
        };
    }

    private static List<RawMessage> datagrams(Format format, int count, IntFunction<byte[]> maker) {
        List<RawMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(new RawMessage(
                    format, "exporter", "site", "peer", 0, 0, 0, new byte[2], maker.apply(i), List.of()));
        }
        return messages;
    }

    private static byte[] v5(int number) {
        return DatagramBuilder.v5(
                (long) number * V5_RECORDS, V5_RECORDS, DatagramBuilder.SECONDS + number, 60_000 + number * 1000L);
    }

    private static byte[] v9(int number) {
        DatagramBuilder datagram = DatagramBuilder.v9(number);
        // As routers do: the template now and then.
        return (number % 100 == 0 ? datagram.template(260, FIELDS) : datagram)
                .data(260, records(number))
                .bytes();
    }

    private static byte[] ipfix(int number) {
        DatagramBuilder datagram = DatagramBuilder.ipfix((long) number * RECORDS);
        return (number % 100 == 0 ? datagram.template(260, FIELDS) : datagram)
                .data(260, records(number))
                .bytes();
    }

    private static byte[] records(int number) {
        DatagramBuilder records = DatagramBuilder.record();
        for (int i = 0; i < RECORDS; i++) {
            int flow = number * RECORDS + i;
            records.u32(0x0a14_0000 + flow % 5000)
                    .u32(0xc633_6400 + flow % 250)
                    .u32(0)
                    .u32(1 + flow % 3)
                    .u32(4)
                    .u32(10)
                    .u32(1000L + flow)
                    .u32(50_000)
                    .u32(59_000)
                    .u16(1024 + flow % 60_000)
                    .u16(443)
                    .u8(0x18)
                    .u8(6)
                    .u8(0)
                    .u8(0)
                    .u16(20)
                    .u8(1)
                    .u8(1);
        }
        return records.bytes();
    }

    private static byte[] sflow(int number) {
        DatagramBuilder datagram = DatagramBuilder.record()
                .u32(5)
                .u32(1)
                .u32(0x0a00_0001)
                .u32(0)
                .u32(number)
                .u32(number * 10L)
                .u32(SFLOW_SAMPLES);
        for (int i = 0; i < SFLOW_SAMPLES; i++) {
            int flow = number * SFLOW_SAMPLES + i;
            datagram.u32(1)
                    .u32(32 + 8 + 16 + 64)
                    .u32(flow)
                    .u32(3)
                    .u32(512)
                    .u32(flow)
                    .u32(0)
                    .u32(3)
                    .u32(4)
                    .u32(1);
            datagram.u32(1).u32(16 + 64).u32(1).u32(1518).u32(4).u32(64);
            datagram.u16(0x001b)
                    .u32(0x0c00_0001)
                    .u16(0x0015)
                    .u32(0x65aa_0000L + flow % 5000)
                    .u16(0x0800);
            datagram.u16(0x4500).u16(1500).u32(0).u8(64).u8(6).u16(0);
            datagram.u32(0x0a14_0000 + flow % 5000).u32(0xc633_6400 + flow % 250);
            datagram.u16(1024 + flow % 60_000).u16(443).u64(0).u64(0).u64(0).u16(0);
        }
        return datagram.bytes();
    }
}
