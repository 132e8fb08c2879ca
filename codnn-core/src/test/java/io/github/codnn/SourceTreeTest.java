package io.github.codnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.SourceFile;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Budgets of the source code of all modules: sizes of lines, files and packages, and what a {@code package-info} says.
 *
 * <p>They hold for the source tree and not for classes, because a compiler keeps neither lines nor comments.
 */
final class SourceTreeTest {

    private static final int MAX_LINE_CHARACTERS = 120;
    private static final int MAX_FILE_LINES = 400;

    /** The tests of one class share their set-up, and a list of cases may be long. */
    private static final int MAX_TEST_LINES = 600;

    private static final int MAX_PACKAGE_FILES = 40;
    private static final int MAX_PUBLIC_TYPES = 15;

    /** Packages that are public only because a sister package needs them. */
    private static final Set<String> NOT_FOR_USERS =
            Set.of("internal", "pipeline", "chainsearch", "costsearch", "dagsearch", "frontsearch");

    /** Larger packages: a class per family of operators, and the parts of one algorithm that nothing else uses. */
    private static final Set<String> LARGE_PACKAGES = Set.of("onnx", "mining");

    /**
     * Packages with more public types. {@code bench}: JMH calls generated subclasses of benchmarks and their states, so
     * all are public; {@code predict}: measurements, their files, fits and what a fit is judged by are one subject.
     */
    private static final Map<String, Integer> MORE_PUBLIC_TYPES = Map.of("bench", 18, "predict", 16);

    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (?:(?:final|abstract|sealed|non-sealed) )*(?:class|interface|record|enum) ");

    private static final Pattern START_TYPE =
            Pattern.compile("[Ss]tart\\s+(?:\\*\\s+)?from\\s+(?:\\*\\s+)?\\{@(?:link|code)\\s");

    @Test
    void sourceTree_ofAllModules_isFound() {
        assertThat(SourceFile.all().map(SourceFile::module).distinct())
                .contains("codnn-core", "codnn-predict", "codnn-optimize", "codnn-examples", "codnn-bench");
    }

    @Test
    void lines_ofAllFiles_fitTheWidth() {
        assertThat(SourceFile.all().flatMap(SourceTreeTest::wideLines)).isEmpty();
    }

    @Test
    void files_ofAllModules_areShort() {
        assertThat(SourceFile.all()
                        .filter(file -> file.lines().size() > (file.isTest() ? MAX_TEST_LINES : MAX_FILE_LINES))
                        .map(file -> file.path() + " has " + file.lines().size() + " lines"))
                .isEmpty();
    }

    @Test
    void packages_ofAllModules_haveFewFiles() {
        Map<String, Integer> files = count(SourceFile.main().filter(file -> !file.isPackageInfo()));

        LARGE_PACKAGES.forEach(files::remove);
        assertThat(files.values()).allMatch(count -> count <= MAX_PACKAGE_FILES, "at most 40 files: " + files);
    }

    @Test
    void packages_forUsers_haveFewPublicTypes() {
        Map<String, Integer> types = count(SourceFile.main()
                .filter(file -> PUBLIC_TYPE.matcher(file.text()).find()));

        NOT_FOR_USERS.forEach(types::remove);
        assertThat(types)
                .allSatisfy((name, count) -> assertThat(count)
                        .as("public types of package %s", name)
                        .isLessThanOrEqualTo(MORE_PUBLIC_TYPES.getOrDefault(name, MAX_PUBLIC_TYPES)));
    }

    @Test
    void packages_ofAllModules_areNullMarkedAndNameAStartType() {
        Set<String> described = Set.copyOf(SourceFile.main()
                .filter(SourceFile::isPackageInfo)
                .filter(file -> file.text().contains("\n@NullMarked\n"))
                .filter(file -> file.packageName().equals("internal")
                        || START_TYPE.matcher(file.text()).find())
                .map(SourceFile::packageName)
                .toList());

        assertThat(SourceFile.main()
                        .filter(file -> !file.name().equals("module-info.java"))
                        .map(SourceFile::packageName)
                        .distinct())
                .allMatch(described::contains);
    }

    private static Map<String, Integer> count(Stream<SourceFile> files) {
        Map<String, Integer> counts = new TreeMap<>();
        files.forEach(file -> counts.merge(file.packageName(), 1, Integer::sum));
        return counts;
    }

    /** Tables in text blocks of tests and addresses of web pages cannot be wrapped. */
    private static Stream<String> wideLines(SourceFile file) {
        return file.linesOutsideOfTextBlocks()
                .filter(line -> line.text().codePointCount(0, line.text().length()) > MAX_LINE_CHARACTERS)
                .filter(line -> !line.text().contains("https://"))
                .map(line -> file.path() + ":" + line.number() + " is wider than " + MAX_LINE_CHARACTERS);
    }
}
