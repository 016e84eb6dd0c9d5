package observatory.ingest.netflow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;

/**
 * An {@link ExporterSession} as bytes: templates, domains, fingerprints, data that wait. What is derived (compiled
 * templates, caches) is made anew.
 *
 * <pre>
 * magic(4) version(1) templates domains fingerprints held
 * </pre>
 */
final class SessionSnapshot {
    private static final int MAGIC = 0x4f45_5853;
    private static final int VERSION = 1;

    /** Against lengths that broken bytes invent: more than any list of a session may hold. */
    private static final int LONGEST_LIST = 65_536;

    private static final int LONGEST_PAYLOAD = 65_535;

    private SessionSnapshot() {}

    static byte[] write(ExporterSession session) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeByte(VERSION);
            writeTemplates(session, out);
            writeDomains(session, out);
            for (long print : session.fingerprints()) {
                out.writeLong(print);
            }
            out.writeByte(session.nextFingerprint());
            out.writeInt(session.heldSets().size());
            for (HeldSet set : session.heldSets()) {
                writeHeld(set, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static void read(byte[] snapshot, ExporterSession session) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
            require(in.readInt() == MAGIC, "it begins otherwise");
            int version = in.readByte();
            require(version == VERSION, "it is of version " + version + ", version " + VERSION + " is read");
            readTemplates(session, in);
            readDomains(session, in);
            for (int i = 0; i < ExporterSession.FINGERPRINTS; i++) {
                session.fingerprints()[i] = in.readLong();
            }
            session.setNextFingerprint(in.readByte());
            int held = in.readInt();
            require(held >= 0 && held <= ExporterSession.MOST_HELD_SETS, held + " sets wait");
            for (int i = 0; i < held; i++) {
                session.addHeld(readHeld(in));
            }
            require(in.available() == 0, in.available() + " bytes follow it");
        } catch (IOException | IllegalStateException broken) {
            throw new IllegalArgumentException(
                    "no snapshot of an exporter session: " + broken.getMessage() + " (" + snapshot.length + " bytes)",
                    broken);
        }
    }

    private static void require(boolean condition, String found) {
        if (!condition) {
            throw new IllegalStateException(found);
        }
    }

    private static int length(DataInputStream in, int most) throws IOException {
        int length = in.readInt();
        require(length >= 0 && length <= most, "a list of " + length + " elements, at most " + most);
        return length;
    }

    private static void writeTemplates(ExporterSession session, DataOutputStream out) throws IOException {
        Map<Long, Template> templates = session.templates().all();
        out.writeInt(templates.size());
        for (Map.Entry<Long, Template> entry : templates.entrySet()) {
            Template template = entry.getValue();
            out.writeLong(entry.getKey());
            out.writeBoolean(template.isOptions());
            out.writeInt(template.fields());
            for (int i = 0; i < template.fields(); i++) {
                out.writeLong(template.element(i));
                out.writeShort(template.length(i));
            }
        }
    }

    private static void readTemplates(ExporterSession session, DataInputStream in) throws IOException {
        int count = length(in, TemplateTable.MOST_TEMPLATES);
        for (int i = 0; i < count; i++) {
            long key = in.readLong();
            boolean isOptions = in.readBoolean();
            int fields = length(in, ExporterSession.MOST_TEMPLATE_FIELDS);
            long[] elements = new long[fields];
            int[] lengths = new int[fields];
            for (int field = 0; field < fields; field++) {
                elements[field] = in.readLong();
                lengths[field] = in.readUnsignedShort();
            }
            Template template = new Template(isOptions, elements, lengths);
            require(template.minimumLength() > 0, "a template of no bytes");
            session.templates().put(key, template);
        }
    }

    private static void writeDomains(ExporterSession session, DataOutputStream out) throws IOException {
        out.writeInt(session.domains().size());
        for (Map.Entry<Long, Domain> entry : session.domains().entrySet()) {
            Domain domain = entry.getValue();
            out.writeLong(entry.getKey());
            out.writeLong(domain.sampling);
            out.writeLong(domain.systemStartMillis);
            out.writeLong(domain.skewToldMillis);
            out.writeBoolean(domain.isKeyedByPort);
            writeNumbers(domain.samplers, out);
            writeNumbers(domain.interfaces, out);
            out.writeInt(domain.applications.size());
            for (long key : domain.applications.keys()) {
                out.writeLong(key);
                out.writeUTF(Objects.requireNonNull(domain.applications.get(key)));
            }
            out.writeInt(domain.streams.size());
            for (Map.Entry<Long, Sequence> stream : domain.streams.entrySet()) {
                out.writeLong(stream.getKey());
                stream.getValue().write(out);
            }
            writeCounts(domain.counts, out);
        }
    }

    private static void readDomains(ExporterSession session, DataInputStream in) throws IOException {
        int count = length(in, ExporterSession.MOST_DOMAINS);
        for (int i = 0; i < count; i++) {
            Domain domain = new Domain();
            session.domains().put(in.readLong(), domain);
            domain.sampling = in.readLong();
            domain.systemStartMillis = in.readLong();
            domain.skewToldMillis = in.readLong();
            domain.isKeyedByPort = in.readBoolean();
            readNumbers(domain.samplers, in);
            readNumbers(domain.interfaces, in);
            domain.restoreOnlySampler();
            int applications = length(in, LONGEST_LIST);
            for (int application = 0; application < applications; application++) {
                domain.applications.put(in.readLong(), in.readUTF());
            }
            int streams = length(in, Domain.MOST_STREAMS);
            for (int stream = 0; stream < streams; stream++) {
                Sequence sequence = new Sequence(Sequence.Step.DATAGRAM, true);
                domain.streams.put(in.readLong(), sequence);
                sequence.read(in);
            }
            readCounts(domain.counts, in);
        }
    }

    private static void writeNumbers(LongTable<Long> table, DataOutputStream out) throws IOException {
        out.writeInt(table.size());
        for (long key : table.keys()) {
            out.writeLong(key);
            out.writeLong(Objects.requireNonNull(table.get(key)));
        }
    }

    private static void readNumbers(LongTable<Long> table, DataInputStream in) throws IOException {
        int count = length(in, LONGEST_LIST);
        for (int i = 0; i < count; i++) {
            table.put(in.readLong(), in.readLong());
        }
    }

    private static void writeCounts(StatusCounts counts, DataOutputStream out) throws IOException {
        out.writeLong(counts.datagrams);
        out.writeLong(counts.lost);
        out.writeLong(counts.gaps);
        out.writeLong(counts.restarts);
        out.writeLong(counts.duplicates);
        out.writeLong(counts.outOfOrder);
        out.writeLong(counts.received);
        out.writeLong(counts.dropped);
        out.writeBoolean(counts.isWorthTelling);
    }

    private static void readCounts(StatusCounts counts, DataInputStream in) throws IOException {
        counts.datagrams = in.readLong();
        counts.lost = in.readLong();
        counts.gaps = in.readLong();
        counts.restarts = in.readLong();
        counts.duplicates = in.readLong();
        counts.outOfOrder = in.readLong();
        counts.received = in.readLong();
        counts.dropped = in.readLong();
        counts.isWorthTelling = in.readBoolean();
    }

    private static void writeHeld(HeldSet set, DataOutputStream out) throws IOException {
        Export export = set.export();
        RawMessage message = export.message();
        out.writeInt(set.templateId());
        out.writeBoolean(export.format() == Format.NETFLOW9);
        out.writeInt(export.sourcePort());
        out.writeLong(export.domain());
        out.writeLong(export.exportNanos());
        out.writeLong(export.uptimeMillis());
        out.writeLong(export.shiftNanos());
        out.writeLong(export.headerSampling());
        out.writeUTF(message.sensor());
        out.writeUTF(message.site());
        out.writeUTF(message.source());
        out.writeLong(message.offset());
        out.writeLong(message.receivedNanos());
        out.writeInt(message.payload().length);
        out.write(message.payload());
    }

    private static HeldSet readHeld(DataInputStream in) throws IOException {
        int templateId = in.readInt();
        Format format = in.readBoolean() ? Format.NETFLOW9 : Format.IPFIX;
        int sourcePort = in.readInt();
        long domain = in.readLong();
        long exportNanos = in.readLong();
        long uptimeMillis = in.readLong();
        long shiftNanos = in.readLong();
        long headerSampling = in.readLong();
        String sensor = in.readUTF();
        String site = in.readUTF();
        String source = in.readUTF();
        long offset = in.readLong();
        long receivedNanos = in.readLong();
        byte[] payload = new byte[length(in, LONGEST_PAYLOAD)];
        in.readFully(payload);
        RawMessage message =
                new RawMessage(format, sensor, site, source, 0, offset, receivedNanos, new byte[0], payload, List.of());
        Export export =
                new Export(message, format, sourcePort, domain, exportNanos, uptimeMillis, shiftNanos, headerSampling);
        return new HeldSet(export, templateId);
    }
}
