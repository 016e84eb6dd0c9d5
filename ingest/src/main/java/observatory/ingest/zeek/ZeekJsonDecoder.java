package observatory.ingest.zeek;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.identity.UserAgents;
import observatory.ingest.text.JsonLines;
import observatory.ingest.text.Outcomes;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Decodes blocks of Zeek logs written as JSON. The kind of log is not in the record, unless a shipper adds {@code _path};
 * it comes in the message's header, and is checked against the fields. Keeps nothing between messages but buffers; one
 * instance serves one thread.
 */
public final class ZeekJsonDecoder implements Decoder {
    private final ZeekRecord record = new ZeekRecord();
    private final UserAgents userAgents = new UserAgents();
    private final Slice value = new Slice();
    private final JsonLines.Scratch scratch = new JsonLines.Scratch();

    @Override
    public Decoded decode(RawMessage message) {
        return JsonLines.decode(message, new Reader(message));
    }

    private final class Reader implements JsonLines.RecordReader {
        private final RawMessage message;
        private final @Nullable String hint;

        Reader(RawMessage message) {
            this.message = message;
            this.hint = message.header().length == 0 ? null : new String(message.header(), StandardCharsets.UTF_8);
        }

        @Override
        public void read(JsonParser json) throws IOException {
            record.clear();
            readFields(json, "");
        }

        @Override
        public void finish(Outcomes outcomes) {
            String path = path();
            ZeekLog log = path == null ? ZeekLog.UNUSED : ZeekLog.ofPath(path);
            new ZeekObservations(message, record, outcomes, userAgents)
                    .finish(log, path == null ? "of no known log" : path);
        }

        private @Nullable String path() {
            String stated = record.text(ZeekField.PATH);
            if (stated != null) {
                return stated;
            }
            boolean isUsed = hint == null || ZeekLog.ofPath(hint) != ZeekLog.UNUSED;
            String seen = isUsed ? pathOfFields() : null;
            return seen != null ? seen : hint;
        }
    }

    /** The log that these fields can only come from, among those that we read; null when they do not tell. */
    private @Nullable String pathOfFields() {
        if (record.has(ZeekField.CONN_STATE) || record.has(ZeekField.ORIG_IP_BYTES)) {
            return "conn";
        }
        if (record.has(ZeekField.QTYPE) || record.has(ZeekField.QTYPE_NAME)) {
            return "dns";
        }
        if (record.has(ZeekField.CIPHER) && record.has(ZeekField.ESTABLISHED)) {
            return "ssl";
        }
        if (record.has(ZeekField.MAC) && (record.has(ZeekField.ASSIGNED_ADDR) || hasMessageTypes())) {
            return "dhcp";
        }
        return null;
    }

    private boolean hasMessageTypes() {
        return !record.list(ZeekField.MSG_TYPES).isEmpty();
    }

    private void readFields(JsonParser json, String prefix) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            ZeekField field = ZeekField.named(prefix.isEmpty() ? name : prefix + name);
            if (field != null) {
                readValue(json, token, field);
            } else if (token == JsonToken.START_OBJECT && name.equals("id") && prefix.isEmpty()) {
                // Some shippers unfold the dots: {"id":{"orig_h":...}}.
                readFields(json, "id.");
            } else {
                json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the record breaks off");
        }
    }

    private void readValue(JsonParser json, @Nullable JsonToken token, ZeekField field) throws IOException {
        if (JsonLines.isScalar(token)) {
            record.set(field, JsonLines.slice(json, value, scratch));
        } else if (token == JsonToken.START_ARRAY && field.type == ZeekField.Type.LIST) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                readElement(json, field);
            }
        } else if (token != JsonToken.VALUE_NULL) {
            record.setFault(field, token == JsonToken.START_ARRAY ? "an array" : "an object");
            json.skipChildren();
        }
    }

    private void readElement(JsonParser json, ZeekField field) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new IOException("the record breaks off");
        }
        if (JsonLines.isScalar(token)) {
            record.add(field, JsonLines.slice(json, value, scratch));
        } else {
            // Keeps answers and TTLs in step.
            record.add(field, value.set(new byte[0], 0, 0));
            json.skipChildren();
        }
    }
}
