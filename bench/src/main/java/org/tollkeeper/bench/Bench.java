package org.tollkeeper.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The benchmarks' command line.
@Command(
        name = "tollkeeper-bench",
        description = "Benchmarks of Tollkeeper.",
        subcommands = {PipelineCommand.class, RoadsCommand.class, KernelCommand.class},
        mixinStandardHelpOptions = true)
public final class Bench implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command.");
    }
}
