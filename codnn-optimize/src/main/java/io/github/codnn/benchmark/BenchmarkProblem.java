package io.github.codnn.benchmark;

import io.github.codnn.NearestNames;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.JsonField;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A planning problem with a proven optimum, from the set that comes with this library. Each is a problem file in the
 * format of {@link ProblemJson}, with two fields more: {@code origin}, where its figures are from, and
 * {@code reference}, what is known of it ({@code objective}, {@code optimum} and {@code provenBy}). No planner reads
 * these fields.
 *
 * <p>Immutable and thread-safe. Reading one takes time and memory in proportion to its file, at most 100 KB.
 *
 * @param name its name, such as {@code vgg16-trio-period}; also that of its scenario
 * @param origin where its network, its times and its platform are from
 * @param scenario the problem
 * @param objective what the optimum minimises
 * @param optimum the least value among all plans, in the unit of the objective
 * @param provenBy what proves it: the name of a strategy whose bound reaches the optimum, or {@link #ENUMERATION}
 */
public record BenchmarkProblem(
        String name, String origin, Scenario scenario, Objective objective, double optimum, String provenBy) {

    /** The proof of a small problem: all of its placements were evaluated. */
    public static final String ENUMERATION = "enumeration";

    private static final String INDEX = "index.txt";
    private static final List<String> REFERENCE = List.of("objective", "optimum", "provenBy");

    /** Checks the components. */
    public BenchmarkProblem {
        Checks.notBlank(name, "name");
        Checks.notBlank(origin, "origin");
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(objective, "objective");
        Checks.nonNegativeFinite(optimum, "optimum");
        Checks.notBlank(provenBy, "provenBy");
    }

    /**
     * Returns the names of all problems.
     *
     * @return the names in alphabetical order
     */
    public static List<String> names() {
        return resource(INDEX).lines().toList();
    }

    /**
     * Reads all problems.
     *
     * @return the problems in the order of {@link #names()}
     */
    public static List<BenchmarkProblem> all() {
        return names().stream().map(BenchmarkProblem::read).toList();
    }

    /**
     * Reads one problem.
     *
     * @param name its name
     * @return the problem
     * @throws IllegalArgumentException if there is none of that name; the message lists the names
     */
    public static BenchmarkProblem named(String name) {
        List<String> names = names();
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no benchmark problem '" + name + "'." + NearestNames.choice(name, names));
        }
        return read(name);
    }

    private static BenchmarkProblem read(String name) {
        String text = resource(name + ".json");
        JsonField document = JsonFiles.parse(name, text);
        JsonField reference = document.get("reference").only(REFERENCE);
        return new BenchmarkProblem(
                name,
                document.get("origin").text(),
                ProblemJson.parse(text),
                Objective.named(reference.get("objective").text()),
                reference.get("optimum").nonNegative(),
                reference.get("provenBy").text());
    }

    private static String resource(String file) {
        try (InputStream stream = Objects.requireNonNull(BenchmarkProblem.class.getResourceAsStream(file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": this part of the library cannot be read", e);
        }
    }
}
