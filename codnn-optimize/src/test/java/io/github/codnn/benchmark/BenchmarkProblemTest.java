package io.github.codnn.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.planner.Planner;
import io.github.codnn.planner.Strategies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Solves every benchmark problem with what proves its optimum, and compares the files with the resources. */
class BenchmarkProblemTest {

    private static final Path FOLDER = Path.of("src", "main", "resources", "io", "github", "codnn", "benchmark");
    private static final double RELATIVE = 1e-9;
    private static final long MOST_BYTES = 100_000;

    /** One of each kind; the others are for the nightly tests. */
    private static final Set<String> SAMPLE = Set.of(
            "drawn-chain-12x5-response",
            "drawn-deadline-3-3-3x3-energy",
            "drawn-graph-12x4-period",
            "drawn-returns-8x3-period",
            "drawn-tasks-4-4x3-mean",
            "googlenet-trio-deadline-period",
            "squeezenet1.1-layers-trio-period",
            "vgg16-trio-blocking-period",
            "vit-b-16-rack-memory-period");

    private static Stream<String> sample() {
        return SAMPLE.stream().sorted();
    }

    private static Stream<String> others() {
        return BenchmarkProblem.names().stream().filter(name -> !SAMPLE.contains(name));
    }

    @ParameterizedTest
    @MethodSource("sample")
    void optimum_statedProof_givesValueAndBound(String name) {
        assertProven(name);
    }

    @ParameterizedTest
    @MethodSource("others")
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void optimum_statedProofOfAnyProblem_givesValueAndBound(String name) {
        assertProven(name);
    }

    private static void assertProven(String name) {
        BenchmarkProblem problem = BenchmarkProblem.named(name);
        double optimum = problem.optimum();
        boolean enumerated = problem.provenBy().equals(BenchmarkProblem.ENUMERATION);
        SearchResult result = solve(problem, enumerated ? "auto" : problem.provenBy());
        double bound =
                enumerated ? PlacementEnumeration.least(problem.scenario(), problem.objective()) : result.lowerBound();

        assertThat(result.best().orElseThrow().run().orElseThrow().value())
                .isCloseTo(optimum, within(RELATIVE * optimum));
        assertThat(bound).isCloseTo(optimum, within(RELATIVE * optimum));
        assertThat(problem.scenario().name()).isEqualTo(name);
    }

    private static SearchResult solve(BenchmarkProblem problem, String strategy) {
        return Planner.withDefaults()
                .withCollapser(GraphCollapser.none())
                .withStrategy(Strategies.named(strategy))
                .plan(problem.scenario(), problem.objective());
    }

    @Test
    void folder_resourcesOfTheLibrary_areOne() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> paths = Files.list(FOLDER)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                files.add(Objects.requireNonNull(path.getFileName()).toString());
                assertThat(resource(path)).isEqualTo(Files.readAllBytes(path));
                assertThat(Files.size(path)).isLessThan(MOST_BYTES);
            }
        }
        Set<String> named = new TreeSet<>(List.of("index.txt"));
        BenchmarkProblem.names().forEach(name -> named.add(name + ".json"));

        assertThat(files).isEqualTo(named);
        assertThat(BenchmarkProblem.names()).isSorted().hasSizeGreaterThan(25);
    }

    private static byte[] resource(Path file) throws IOException {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        try (InputStream stream = BenchmarkProblem.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    @Test
    void named_unknownProblem_namesTheNearest() {
        assertThatThrownBy(() -> BenchmarkProblem.named("vgg16-trio-periot"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Did you mean 'vgg16-trio-period'?")
                .hasMessageContaining("drawn-chain-12x5-mean");
    }

    /** Run on demand: a change to the zoo or to a cost model must not change the files. */
    @Test
    @EnabledIfSystemProperty(named = "codnn.benchmark.write", matches = "true")
    void files_drafts_areWrittenAnew() throws IOException {
        Set<String> names = new TreeSet<>();
        BenchmarkDrafts.all().forEach((name, draft) -> {
            names.add(name);
            double optimum = optimum(name, draft);
            ObjectNode document = (ObjectNode)
                    JsonFiles.parse(name, ProblemJson.render(draft.scenario())).node();
            document.put("origin", draft.origin());
            document.putObject("reference")
                    .put("objective", draft.objective().label())
                    .put("optimum", optimum)
                    .put("provenBy", draft.provenBy());
            JsonFiles.write(document, FOLDER.resolve(name + ".json"));
        });
        Files.writeString(FOLDER.resolve("index.txt"), String.join("\n", names) + "\n");

        assertThat(names).isNotEmpty();
    }

    private static double optimum(String name, BenchmarkDrafts.Draft draft) {
        BenchmarkProblem problem = new BenchmarkProblem(
                name,
                draft.origin(),
                ProblemJson.parse(ProblemJson.render(draft.scenario())),
                draft.objective(),
                0,
                draft.provenBy());
        boolean enumerated = draft.provenBy().equals(BenchmarkProblem.ENUMERATION);
        SearchResult result = solve(problem, enumerated ? "auto" : draft.provenBy());
        double value = result.best().orElseThrow().run().orElseThrow().value();
        double bound =
                enumerated ? PlacementEnumeration.least(problem.scenario(), problem.objective()) : result.lowerBound();
        assertThat(value).as(name).isCloseTo(bound, within(RELATIVE * value));
        return value;
    }
}
