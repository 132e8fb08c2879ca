package io.github.codnn.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A script for bash that completes commands, options, names and files. It completes the last word of the line as it was
 * typed, because bash cuts words at each colon and equals sign.
 */
public final class CompletionScript {

    private static final String MODELS = "models";
    private static final String FILES = "files";

    private static final String SCRIPT = """
            # Completion of codnn for bash, and for zsh with bashcompinit.

            _codnn_words() {
              local IFS=$' \\t\\n'
              COMPREPLY=( $(compgen -W "$1" -- "$current") )
            }

            _codnn_files() {
              local IFS=$'\\n'
              COMPREPLY=( $(compgen -f -- "$current") )
              if [ ${#COMPREPLY[@]} -gt 0 ]; then
                type compopt &>/dev/null && compopt -o filenames
              fi
            }

            _codnn_models() {
              case "$current" in
                *:*) _codnn_words "%s" ;;
                *)
                  _codnn_files
                  if [ ${#COMPREPLY[@]} -eq 0 ]; then
                    _codnn_words "zoo: problem:"
                    type compopt &>/dev/null && compopt -o nospace
                  fi
                  ;;
              esac
            }

            # Completes the last of several words with commas between them.
            _codnn_list() {
              local before=${current%%"${current##*,}"}
              current=${current##*,}
              _codnn_words "$1"
              local index
              for index in "${!COMPREPLY[@]}"; do
                COMPREPLY[index]=$before${COMPREPLY[index]}
              done
            }

            _complete_codnn() {
              local line=${COMP_LINE:0:COMP_POINT}
              local current=${line##*[[:space:]]}
              local before=${line%%"$current"}
              before=${before%%"${before##*[![:space:]]}"}
              local previous=${before##*[[:space:]]}
              local command=${COMP_WORDS[1]}
              local typed=$current
              COMPREPLY=()
              case "$current" in
                --*=*)
                  previous=${current%%%%=*}
                  current=${current#*=}
                  ;;
              esac
              if [ "$COMP_CWORD" -le 1 ]; then
                case "$current" in
                  -*) _codnn_words "--help --version" ;;
                  *) _codnn_words "%s" ;;
                esac
                return
              fi
              case "$command:$previous" in
            %s    *)
                  case "$command:$current" in
            %s        *) return ;;
                  esac
                  ;;
              esac
              case "$typed" in
                *:*)
                  case "$COMP_WORDBREAKS" in
                    *:*)
                      local cut=${current%%"${current##*:}"}
                      COMPREPLY=( "${COMPREPLY[@]#"$cut"}" )
                      ;;
                  esac
                  ;;
              esac
            }

            complete -F _complete_codnn codnn
            """;

    private CompletionScript() {}

    /**
     * Makes the script.
     *
     * @param root the command {@code codnn} with all commands
     * @param models what stands for a model other than a file, such as {@code zoo:alexnet}
     * @param names the names that options with some labels take, such as those of strategies, by option
     * @return the script
     */
    public static String of(CommandLine root, List<String> models, Map<String, List<String>> names) {
        StringBuilder options = new StringBuilder();
        StringBuilder positionals = new StringBuilder();
        Map<String, String> patterns = new TreeMap<>();
        for (Map.Entry<String, CommandLine> entry : root.getSubcommands().entrySet()) {
            String name = entry.getKey();
            CommandSpec command = entry.getValue().getCommandSpec();
            for (OptionSpec option : command.options()) {
                if (option.arity().max() > 0) {
                    for (String each : option.names()) {
                        patterns.merge(reply(option, names), name + ":" + each, (all, more) -> all + "|" + more);
                    }
                }
            }
            String all = command.options().stream().map(OptionSpec::longestName).collect(Collectors.joining(" "));
            positionals.append("        %s:-*) _codnn_words \"%s\" ;;%n".formatted(name, all));
            String reply = name.equals("help")
                    ? "_codnn_words \"" + String.join(" ", root.getSubcommands().keySet()) + '"'
                    : command.positionalParameters().stream()
                            .findFirst()
                            .map(each -> reply(each, names))
                            .orElse("return");
            positionals.append("        %s:*) %s ;;%n".formatted(name, reply));
        }
        patterns.forEach((reply, pattern) -> options.append("    %s) %s ;;%n".formatted(pattern, reply)));
        return SCRIPT.formatted(
                        String.join(" ", models),
                        String.join(" ", root.getSubcommands().keySet()),
                        options,
                        positionals)
                .replace("\r\n", "\n");
    }

    /** The call that completes a value; nothing is offered for numbers and names of the user's own. */
    private static String reply(ArgSpec value, Map<String, List<String>> names) {
        String name = value instanceof OptionSpec option ? option.longestName() : "";
        if (value.completionCandidates() != null) {
            String words = StreamSupport.stream(value.completionCandidates().spliterator(), false)
                    .map(each -> each.toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" "));
            return "_codnn_words \"" + words + '"';
        }
        if (names.containsKey(name) && value.paramLabel().startsWith("NAME")) {
            return "_codnn_list \"" + String.join(" ", names.get(name)) + '"';
        }
        return switch (kind(value.paramLabel())) {
            case MODELS -> "_codnn_models";
            case FILES -> "_codnn_files";
            default -> "return";
        };
    }

    private static String kind(String label) {
        if (label.matches("(?s)\\[?(MODEL\\b(?!\\.)).*")) {
            return MODELS;
        }
        return label.matches("(?s).*\\b(MODEL\\.|FILE|DIR|FOLDER|PATH|PLAN|GRAPH).*") ? FILES : "";
    }
}
