package io.github.codnn.cli;

import io.github.codnn.run.MemberSettings;
import io.github.codnn.run.Worker;
import io.github.codnn.text.ControlCharacters;
import io.github.codnn.units.Units;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code codnn worker --device NAME}: runs the stages of one device. */
@Command(
        name = "worker",
        description = {
            "Runs the stages of one device, for 'codnn run' on this or another machine, until it is stopped.",
            "Members talk without encryption and without passwords: the open edition of Hazelcast has no TLS. Let only"
                    + " machines that you trust reach the port."
        },
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

    @Option(
            names = "--device",
            required = true,
            paramLabel = "NAME",
            description = "The device of the plan that this machine is.")
    private String device = "";

    @Option(
            names = "--join",
            paramLabel = "HOST:PORT",
            description = "A worker that is running already. The first one is started without.")
    private Optional<String> join = Optional.empty();

    @Mixin
    private MemberArguments members = new MemberArguments();

    @Option(names = "--with-parent", hidden = true, description = "End when standard input ends.")
    private boolean withParent;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        MemberSettings settings = members.settings(device, join);
        Worker worker = Worker.start(settings);
        try {
            CountDownLatch stopped = new CountDownLatch(1);
            Thread hook = new Thread(() -> {
                worker.close();
                stopped.countDown();
            });
            Runtime.getRuntime().addShutdownHook(hook);
            spec.commandLine()
                    .getOut()
                    .println("ready: device " + ControlCharacters.shown(device) + " at " + worker.address()
                            + ", without TLS");
            spec.commandLine().getOut().flush();
            if (withParent) {
                awaitParent(System.in);
            } else {
                stopped.await();
            }
            return CommandLine.ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommandLine.ExitCode.OK;
        } finally {
            worker.close();
        }
    }

    /** The pipe from the parent ends when the parent does, however it ends. */
    private static void awaitParent(InputStream in) {
        try {
            for (int read = in.read(); read >= 0; read = in.read()) {
                // Whatever the parent says.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options that state how a process takes part in a cluster. */
    static final class MemberArguments {

        @Option(
                names = "--bind",
                paramLabel = "HOST[:PORT]",
                description = "The address of this machine on which to listen; the first free port from "
                        + MemberSettings.DEFAULT_PORT + " unless given. Default: ${DEFAULT-VALUE}, within reach of this"
                        + " machine only.")
        private String bind = "127.0.0.1";

        @Option(
                names = "--cluster",
                paramLabel = "NAME",
                description = "Members of other clusters do not mix. Default: ${DEFAULT-VALUE}.")
        private String cluster = "codnn";

        @Option(
                names = "--heartbeat-timeout",
                paramLabel = "TIME",
                converter = Units.WholeSeconds.class,
                description = "A member without a sign of life for so long is lost. Default: ${DEFAULT-VALUE}.")
        private int heartbeatSeconds = 10;

        @Option(
                names = "--public-address",
                paramLabel = "HOST:PORT",
                description = "Where others reach this member, if not at --bind, as in a container or behind a router.")
        private Optional<String> publicAddress = Optional.empty();

        MemberSettings settings(String device, Optional<String> join) {
            return new MemberSettings(device, cluster, bind, join, publicAddress, heartbeatSeconds);
        }

        int heartbeatSeconds() {
            return heartbeatSeconds;
        }
    }
}
