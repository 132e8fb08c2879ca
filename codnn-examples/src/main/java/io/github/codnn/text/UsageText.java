package io.github.codnn.text;

import io.github.codnn.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;

/** What is wrong with the arguments of a command, in our own words where those of the parser are not clear. */
public final class UsageText {

    private UsageText() {}

    /**
     * Says what is wrong.
     *
     * @param exception what the parser has found
     * @return one or two sentences
     */
    public static String of(ParameterException exception) {
        Optional<ArgSpec> argument = argument(exception);
        List<String> choices = argument.map(UsageText::choices).orElse(List.of());
        if (choices.isEmpty()) {
            return String.valueOf(exception.getMessage()).replace("option option", "option") + ".";
        }
        String label = argument.get().paramLabel();
        String all = String.join(", ", choices);
        if (exception instanceof MissingParameterException) {
            return label + " is missing. It is one of " + all + ".";
        }
        String value = exception.getValue();
        return value == null
                ? exception.getMessage() + "."
                : label + " is one of " + all + ", but not '" + value + "'." + NearestNames.question(value, choices);
    }

    private static Optional<ArgSpec> argument(ParameterException exception) {
        return exception instanceof MissingParameterException missing
                        && missing.getMissing() != null
                        && !missing.getMissing().isEmpty()
                ? Optional.of(missing.getMissing().get(0))
                : Optional.ofNullable(exception.getArgSpec());
    }

    private static List<String> choices(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .collect(Collectors.toList());
    }
}
