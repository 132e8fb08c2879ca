package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodnnTest {

    private static final String[] COMMANDS = {
        "inspect",
        "collapse",
        "mine",
        "plan",
        "compare",
        "simulate",
        "split",
        "profile",
        "fit",
        "reproduce",
        "serve",
        "quickstart"
    };

    @ParameterizedTest
    @ValueSource(strings = {"", "help", "--help"})
    void codnn_noCommand_namesAll(String argument) {
        CommandRunner.Outcome outcome = argument.isEmpty() ? CommandRunner.codnn() : CommandRunner.codnn(argument);
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains(COMMANDS);
    }

    @Test
    void codnn_helpOfACommand_isThatOfTheCommandItself() {
        for (String command : COMMANDS) {
            CommandRunner.Outcome help = CommandRunner.codnn("help", command);
            assertThat(help.status()).isZero();
            assertThat(help.out()).startsWith("Usage: codnn " + command);
            assertThat(CommandRunner.codnn(command, "--help").out()).isEqualTo(help.out());
        }
    }
}
