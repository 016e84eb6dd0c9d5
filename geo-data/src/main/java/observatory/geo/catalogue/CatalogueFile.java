package observatory.geo.catalogue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML file of reviewed data: a mapping whose values are lists of entries. */
public final class CatalogueFile {
    private final String name;
    private final Entry root;
    private final MappingNode node;

    private CatalogueFile(String name, MappingNode node) {
        this.name = name;
        this.node = node;
        this.root = new Entry(name, node);
    }

    /**
     * Reads a file.
     *
     * @throws CatalogueException when it is missing or is no YAML mapping
     */
    public static CatalogueFile read(Path path) {
        try {
            return parse(path.getFileName().toString(), Files.readString(path));
        } catch (IOException unreadable) {
            throw new CatalogueException(
                    "cannot read " + path + "; it belongs to the product, restore it from the repository", unreadable);
        }
    }

    /**
     * Reads a file that a user wrote; messages name its whole path.
     *
     * @throws CatalogueException when it cannot be read or is no YAML mapping
     */
    public static CatalogueFile readOwn(Path path) {
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (IOException unreadable) {
            throw new CatalogueException(
                    "cannot read " + path + " (" + unreadable.getClass().getSimpleName()
                            + "); it must be a text in UTF-8 that this process may read",
                    unreadable);
        }
    }

    /** Reads a text; the name appears in messages. */
    public static CatalogueFile parse(String name, String text) {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (node instanceof MappingNode mapping) {
                return new CatalogueFile(name, mapping);
            }
        } catch (YAMLException malformed) {
            throw new CatalogueException(name + ": " + malformed.getMessage(), malformed);
        }
        throw new CatalogueException(name + ": expected keys and values at the top");
    }

    public String name() {
        return name;
    }

    /** The keys and values at the top. */
    public Entry root() {
        return root;
    }

    /** The entries of the list below a key. */
    public List<Entry> entries(String key) {
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) {
                return list(key, tuple.getValueNode());
            }
        }
        throw new CatalogueException(name + ": '" + key + "' is missing");
    }

    private List<Entry> list(String key, Node value) {
        if (!(value instanceof SequenceNode sequence)) {
            throw new CatalogueException(name + ": '" + key + "' must be a list");
        }
        List<Entry> entries = new ArrayList<>();
        sequence.getValue().forEach(item -> entries.add(new Entry(name, item)));
        return entries;
    }
}
