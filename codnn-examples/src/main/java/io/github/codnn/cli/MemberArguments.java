package io.github.codnn.cli;

import io.github.codnn.run.MemberSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that state how a process takes part in a cluster. */
final class MemberArguments {

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
            paramLabel = "SECONDS",
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
