package observatory.geo.catalogue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Many short texts in one array of bytes, made into strings only when asked for. Immutable. */
public final class TextPool {
    /** Most texts and bytes a stored pool may have; stops a damaged file from asking for all memory. */
    private static final int MOST = 1 << 28;

    private final byte[] bytes;
    private final int[] ends;

    private TextPool(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    public String get(int index) {
        int start = index == 0 ? 0 : ends[index - 1];
        return new String(bytes, start, ends[index] - start, StandardCharsets.UTF_8);
    }

    public int size() {
        return ends.length;
    }

    public int storedBytes() {
        return 8 + bytes.length + ends.length * 4;
    }

    public void writeTo(ByteBuffer out) {
        out.putInt(ends.length).putInt(bytes.length);
        for (int end : ends) {
            out.putInt(end);
        }
        out.put(bytes);
    }

    public static TextPool readFrom(ByteBuffer in) {
        int count = in.getInt();
        int length = in.getInt();
        if (count < 0 || length < 0 || count > MOST || length > MOST || in.remaining() < count * 4L + length) {
            throw new IllegalArgumentException("damaged texts");
        }
        int[] ends = new int[count];
        in.asIntBuffer().get(ends);
        in.position(in.position() + count * 4);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new TextPool(bytes, ends);
    }

    /** Collects texts, each once. */
    public static final class Builder {
        private final Map<String, Integer> known = new HashMap<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int[] ends = new int[1024];

        /** The index of a text. */
        public int add(String text) {
            Integer index = known.get(text);
            if (index != null) {
                return index;
            }
            int next = known.size();
            known.put(text, next);
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            if (next == ends.length) {
                ends = Arrays.copyOf(ends, next * 2);
            }
            ends[next] = bytes.size();
            return next;
        }

        public TextPool build() {
            return new TextPool(bytes.toByteArray(), Arrays.copyOf(ends, known.size()));
        }
    }
}
