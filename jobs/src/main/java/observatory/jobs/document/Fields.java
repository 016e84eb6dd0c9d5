package observatory.jobs.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one flat JSON object. Absent values (null, empty text, empty lists) are left out, so that "exists" in a query
 * means what it says.
 */
final class Fields {
    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final JsonGenerator json;

    Fields() {
        try {
            json = JSON.createGenerator(bytes);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Fields put(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            write(() -> json.writeStringField(name, value));
        }
        return this;
    }

    Fields put(String name, long value) {
        write(() -> json.writeNumberField(name, value));
        return this;
    }

    Fields put(String name, boolean value) {
        write(() -> json.writeBooleanField(name, value));
        return this;
    }

    Fields put(String name, List<String> values) {
        if (!values.isEmpty()) {
            write(() -> {
                json.writeArrayFieldStart(name);
                for (String value : values) {
                    json.writeString(value);
                }
                json.writeEndArray();
            });
        }
        return this;
    }

    byte[] end() {
        write(() -> {
            json.writeEndObject();
            json.close();
        });
        return bytes.toByteArray();
    }

    private static void write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
