package observatory.dashboards.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** One call of the command line inside the test, with what it printed. */
final class CommandRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CommandLine root;

    CommandRun(Path home) {
        Clock clock = Clock.fixed(Instant.parse("2021-06-01T12:00:00Z"), ZoneOffset.UTC);
        root = ObservatoryCommand.commandLine(new Surroundings(home, clock, out, err))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }

    int execute(String... arguments) {
        int exitCode = root.execute(arguments);
        root.getOut().flush();
        return exitCode;
    }

    /** What the arguments are understood to be, without doing it. */
    CommandLine.ParseResult parse(String... arguments) {
        return root.parseArgs(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Every command that can be called, the root not included. */
    List<CommandLine> commands() {
        List<CommandLine> found = new ArrayList<>();
        collect(root, found);
        return found;
    }

    private static void collect(CommandLine command, List<CommandLine> found) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            if (!(subcommand.getCommandSpec().userObject() instanceof CommandLine.HelpCommand)) {
                found.add(subcommand);
            }
            collect(subcommand, found);
        }
    }
}
