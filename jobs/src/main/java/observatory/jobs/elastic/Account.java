package observatory.jobs.elastic;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who runs Elasticsearch.
 *
 * @param prefix command that becomes that user; empty: this process's own user
 */
record Account(List<String> prefix) {

    /** The uid that owns nothing on any system. */
    private static final int NOBODY = 65534;

    Account {
        prefix = List.copyOf(prefix);
    }

    /** The user of this process, or nobody when that is root. */
    static Account suitable() {
        if (!isRoot()) {
            return new Account(List.of());
        }
        Account nobody = new Account(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        if (!nobody.can("/bin/sh", "-c", ":")) {
            throw new ElasticException(
                    ElasticException.NO_ANSWER,
                    "Elasticsearch does not run as root, and 'setpriv' (package util-linux) cannot change the user here."
                            + " Run as another user.");
        }
        return nobody;
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    boolean isOther() {
        return !prefix.isEmpty();
    }

    /** Whether it can read and enter; asked of the system, which knows about mounts and access lists. */
    boolean canRead(Path path) {
        return can("test", "-r", path.toString(), "-a", "-x", path.toString());
    }

    boolean canWrite(Path path) {
        return canRead(path) && can("test", "-w", path.toString());
    }

    private boolean can(String... command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives a folder and all in it to this account; symbolic links are not followed. */
    void own(Path folder) throws IOException {
        if (!isOther()) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return give(directory);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return give(file);
            }
        });
    }

    private static FileVisitResult give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        return FileVisitResult.CONTINUE;
    }
}
