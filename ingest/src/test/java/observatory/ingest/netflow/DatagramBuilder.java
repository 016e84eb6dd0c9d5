package observatory.ingest.netflow;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;

/** Writes datagrams as an exporter would, for tests. */
public final class DatagramBuilder {
    /** 2024-01-01T00:00:00Z. */
    public static final long SECONDS = 1_704_067_200L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final boolean isIpfix;

    private DatagramBuilder(boolean isIpfix) {
        this.isIpfix = isIpfix;
    }

    /** A v9 datagram of source id 7, exported a second after the one before. */
    public static DatagramBuilder v9(long sequence) {
        return v9(sequence, 7, SECONDS + sequence, 60_000 + sequence * 1000);
    }

    static DatagramBuilder v9(long sequence, long domain, long seconds, long uptime) {
        return new DatagramBuilder(false)
                .u16(9)
                .u16(1)
                .u32(uptime)
                .u32(seconds)
                .u32(sequence)
                .u32(domain);
    }

    /** An IPFIX message of observation domain 7. */
    public static DatagramBuilder ipfix(long sequence) {
        return ipfix(sequence, 7);
    }

    static DatagramBuilder ipfix(long sequence, long domain) {
        return new DatagramBuilder(true)
                .u16(10)
                .u16(0)
                .u32(SECONDS)
                .u32(sequence)
                .u32(domain);
    }

    /** A v5 datagram of so many records, from 10.0.0.1 to 192.0.2.1. */
    public static byte[] v5(long sequence, int records, long seconds, long uptime) {
        DatagramBuilder builder = new DatagramBuilder(false)
                .u16(5)
                .u16(records)
                .u32(uptime)
                .u32(seconds)
                .u32(0)
                .u32(sequence)
                .u16(0)
                .u16(0x4000 | 10);
        for (int i = 0; i < records; i++) {
            builder.u32(0x0a00_0001)
                    .u32(0xc000_0201)
                    .u32(0)
                    .u16(1)
                    .u16(2)
                    .u32(3)
                    .u32(300)
                    .u32(uptime - 2000)
                    .u32(uptime - 1000)
                    .u16(5060)
                    .u16(5061)
                    .u16(0)
                    .u16(17)
                    .u32(0)
                    .u32(0);
        }
        return builder.bytes.toByteArray();
    }

    /** A template set with one template; fields are id and length in turns. */
    public DatagramBuilder template(int id, int... fields) {
        u16(isIpfix ? 2 : 0).u16(8 + fields.length * 2).u16(id).u16(fields.length / 2);
        for (int field : fields) {
            u16(field);
        }
        return this;
    }

    /** An options template set; the first field is the scope. */
    DatagramBuilder options(int id, int... fields) {
        u16(isIpfix ? 3 : 1).u16(10 + fields.length * 2).u16(id);
        if (isIpfix) {
            u16(fields.length / 2).u16(1);
        } else {
            u16(4).u16(fields.length * 2 - 4);
        }
        for (int field : fields) {
            u16(field);
        }
        return this;
    }

    /** A data set. */
    public DatagramBuilder data(int id, byte[] records) {
        u16(id).u16(4 + records.length);
        return raw(records);
    }

    DatagramBuilder raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    public DatagramBuilder u8(int value) {
        return write(1, value);
    }

    public DatagramBuilder u16(int value) {
        return write(2, value);
    }

    public DatagramBuilder u32(long value) {
        return write(4, value);
    }

    public DatagramBuilder u64(long value) {
        return write(8, value);
    }

    /** Bytes of a record or of a datagram; an IPFIX message gets its length. */
    public byte[] bytes() {
        byte[] all = bytes.toByteArray();
        if (isIpfix) {
            all[2] = (byte) (all.length >>> 8);
            all[3] = (byte) all.length;
        }
        return all;
    }

    /** An empty sequence of bytes, for records. */
    public static DatagramBuilder record() {
        return new DatagramBuilder(false);
    }

    /** A datagram as a collector would hand it on, from port 4000. */
    static RawMessage message(byte[] datagram) {
        return message(datagram, 4000, 0);
    }

    static RawMessage message(byte[] datagram, int port, long receivedNanos) {
        byte[] header = {(byte) (port >>> 8), (byte) port};
        return new RawMessage(
                Format.NETFLOW9, "exporter", "site", "192.0.2.9", 0, 0, receivedNanos, header, datagram, List.of());
    }

    private DatagramBuilder write(int length, long value) {
        try {
            for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
                out.write((int) (value >>> shift));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }
}
