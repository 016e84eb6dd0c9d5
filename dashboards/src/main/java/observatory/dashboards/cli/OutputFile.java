package observatory.dashboards.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes for its user: every failure names it. */
final class OutputFile extends FilterOutputStream {
    private final Path file;

    private OutputFile(Path file, OutputStream out) {
        super(out);
        this.file = file;
    }

    /** Opens the file for writing, emptying it when it exists. */
    static OutputFile open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw CommandFailure.usage("is a folder, not a file to write: " + file);
        }
        return new OutputFile(file, Files.newOutputStream(file));
    }

    static void write(Path file, byte[] bytes) throws IOException {
        try (OutputFile out = open(file)) {
            out.write(bytes);
        }
    }

    @Override
    public void write(int b) throws IOException {
        try {
            out.write(b);
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw named(e);
        }
    }

    private IOException named(IOException e) {
        FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }
}
