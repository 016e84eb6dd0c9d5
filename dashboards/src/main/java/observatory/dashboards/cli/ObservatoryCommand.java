package observatory.dashboards.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command line, and the way into the program. */
@Command(
        name = "observatory",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows which phone talks to whom, where, and how we know.",
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            UpCommand.class,
            CollectCommand.class,
            DecodeCommand.class,
            ExplainCommand.class,
            SimulateCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            FindingsCommand.class,
            AlertsCommand.class,
            KibanaCommand.class,
            GeoCommand.class,
            RevealCommand.class,
            EraseCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nMore:%n",
        footer = {
            "  observatory test       runs all tests; arguments go to Maven",
            "  OBSERVATORY_JAVA_HOME  the JDK to use",
            "  OBSERVATORY_JAVA_OPTS  options for java, such as -Xmx4g"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:found something, or the work failed", "2:wrong usage"})
public final class ObservatoryCommand implements Runnable {
    /** Commands that are given the id of a document, which may begin with a hyphen. */
    private static final List<String> TAKING_IDS = List.of("explain", "findings");

    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "show the stack trace of a failure")
    private boolean debug;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.ofProcess(Clock.systemUTC());
        PrintWriter out = new PrintWriter(surroundings.out(), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8);
        int exitCode = commandLine(surroundings).setOut(out).setErr(err).execute(arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** The whole command line, over the surroundings that the commands work in. */
    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine root = new CommandLine(new ObservatoryCommand(), new CommandFactory(surroundings));
        helpEverywhere(root);
        for (String name : TAKING_IDS) {
            Objects.requireNonNull(root.getSubcommands().get(name)).setUnmatchedOptionsArePositionalParams(true);
        }
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command, surroundings))
                .setParameterExceptionHandler((failure, arguments) -> reportUsage(failure));
    }

    private static void helpEverywhere(CommandLine command) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            CommandSpec asked = subcommand.getCommandSpec();
            if (TAKING_IDS.contains(asked.name()) || TAKING_IDS.contains(command.getCommandName())) {
                // No -h and no -V: an id may begin so.
                asked.addOption(OptionSpec.builder("--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build());
            } else if (!(asked.userObject() instanceof CommandLine.HelpCommand)) {
                asked.mixinStandardHelpOptions(true)
                        .versionProvider(command.getCommandSpec().versionProvider());
            }
            helpEverywhere(subcommand);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int report(Throwable failure, CommandLine command, Surroundings surroundings) {
        FailureLine line = FailureLine.of(failure);
        command.getOut().flush();
        PrintWriter err = command.getErr();
        if (isDebug(command)) {
            failure.printStackTrace(err);
        }
        if (line.expected()) {
            err.println("observatory: " + line.message());
        } else {
            LoggerFactory.getLogger(ObservatoryCommand.class).info("unexpected failure", failure);
            err.println("observatory: " + line.message() + " (unexpected; details in "
                    + surroundings.folders().log() + ")");
        }
        return line.exitCode();
    }

    private static int reportUsage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("observatory: "
                + FailureLine.of(CommandFailure.usage(String.valueOf(failure.getMessage())))
                        .message());
        err.println(suggestion(failure)
                .map(word -> "Did you mean '" + word + "'?")
                .orElse("Try '" + command.getCommandSpec().qualifiedName() + " --help'."));
        return CommandFailure.USAGE;
    }

    private static Optional<String> suggestion(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        CommandLine command = failure.getCommandLine();
        List<String> known = new ArrayList<>(command.getSubcommands().keySet());
        known.addAll(command.getCommandSpec().optionsMap().keySet());
        return Suggestion.nearest(unmatched.getUnmatched().getFirst(), known);
    }

    private static boolean isDebug(CommandLine command) {
        return command.getCommandSpec().root().userObject() instanceof ObservatoryCommand root && root.debug;
    }
}
