package observatory.jobs.elastic;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import observatory.jobs.document.Document;

/**
 * The body of a bulk request: two lines per document, compressed at the cheapest level, since the transport spends more
 * on a plain body than the compression costs.
 *
 * <pre>
 * {"index":{"_index":"observatory-findings","_id":"...","version":7,"version_type":"external_gte"}}
 * {"@timestamp":...}
 * </pre>
 */
final class BulkBody {

    private static final byte[] INDEX = bytes("{\"index\":{\"_index\":\"");
    private static final byte[] ID = bytes("\",\"_id\":\"");
    private static final byte[] VERSION = bytes("\",\"version_type\":\"external_gte\",\"version\":");
    private static final byte[] END = bytes("}}\n");
    private static final byte[] QUOTED_END = bytes("\"}}\n");

    private BulkBody() {}

    static byte[] of(List<Document> documents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
        try (OutputStream out = new FastGzip(bytes)) {
            for (Document document : documents) {
                write(document, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Document document, OutputStream out) throws IOException {
        JsonStringEncoder quote = JsonStringEncoder.getInstance();
        out.write(INDEX);
        out.write(quote.quoteAsUTF8(document.index()));
        out.write(ID);
        out.write(quote.quoteAsUTF8(document.id()));
        if (document.version() == Document.UNVERSIONED) {
            out.write(QUOTED_END);
        } else {
            out.write(VERSION);
            out.write(bytes(Long.toString(document.version())));
            out.write(END);
        }
        out.write(inOneLine(document.json()));
        out.write('\n');
    }

    /** A line break inside the source would end the document early and put its rest in the place of an action. */
    private static byte[] inOneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (isLineBreak(json[i])) {
                return withoutLineBreaks(json);
            }
        }
        return json;
    }

    private static byte[] withoutLineBreaks(byte[] json) {
        byte[] line = json.clone();
        for (int i = 0; i < line.length; i++) {
            line[i] = isLineBreak(line[i]) ? (byte) ' ' : line[i];
        }
        return line;
    }

    private static boolean isLineBreak(byte character) {
        return character == '\n' || character == '\r';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Gzip at level 1; the JDK's own class offers level 6 only. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(1);
        }
    }
}
