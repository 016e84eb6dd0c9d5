package observatory.dashboards.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import observatory.ingest.Decoders;
import observatory.ingest.archive.ArchiveException;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.DeviceSighting;
import observatory.jobs.attribute.Inventory;

/**
 * What the operator's own lists say of the devices. An inventory says what is, not what happened: it is read before the
 * job begins and has no place in event time.
 *
 * @param inventory the devices by MAC
 * @param faults rows that are not used, each with its place and why; no more than {@link #FAULT_LIMIT} and one
 * @param unused number of rows that are not used
 */
public record Listed(Inventory inventory, List<String> faults, long unused) {
    /** No list was given. */
    public static final Listed NOTHING = new Listed(Inventory.NONE, List.of(), 0);

    /** More faults than this are counted only. */
    static final int FAULT_LIMIT = 20;

    public Listed {
        faults = List.copyOf(faults);
    }

    static boolean isInventory(ArchiveFile file) {
        return file.format() == Format.INVENTORY;
    }

    /**
     * Reads one file that has to be an inventory.
     *
     * @throws ArchiveException when it cannot be read or is none
     */
    public static Listed read(Path path) {
        ArchiveFile file = ArchiveFile.open(path, ArchiveSettings.NONE);
        if (!isInventory(file)) {
            throw new ArchiveException(path + ": " + file.format().label()
                    + ", not an inventory, whose first line names the columns mac and model, group or owner");
        }
        return of(List.of(file));
    }

    /** Reads all inventories among files. Of several rows of one MAC the last counts. */
    static Listed of(List<ArchiveFile> files) {
        List<DeviceSighting> rows = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        long unused = 0;
        for (ArchiveFile file : files) {
            if (!isInventory(file)) {
                continue;
            }
            Decoder decoder = Decoders.forFormat(file.format());
            try (BlockReader blocks = file.blocks()) {
                for (RawMessage block = blocks.next(); block != null; block = blocks.next()) {
                    Decoded decoded = decoder.decode(block);
                    decoded.observations().forEach(row -> rows.add((DeviceSighting) row));
                    for (Rejection rejection : decoded.rejections()) {
                        if (rejection.reason() != Rejection.Reason.UNUSED_KIND) {
                            unused++;
                            if (faults.size() < FAULT_LIMIT) {
                                faults.add(place(rejection));
                            }
                        }
                    }
                }
            }
        }
        long nameless = rows.stream().filter(row -> row.mac() == null).count();
        if (nameless > 0) {
            faults.add("rows without a MAC, by which devices are listed: " + nameless);
        }
        return new Listed(Inventory.of(rows), faults, unused + nameless);
    }

    private static String place(Rejection rejection) {
        return rejection.source() + ":" + rejection.line() + ": "
                + rejection.reason().label() + ": " + rejection.detail();
    }
}
