package io.github.codnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.SourceFile;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/versions.md} says about {@code @since}. */
final class SinceTest {

    private static final Pattern EXPORT = Pattern.compile("exports (io\\.github\\.codnn[\\w.]*);");
    private static final Pattern SINCE = Pattern.compile("@since\\s+(\\S+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern VERSION =
            Pattern.compile("(?m)^  <version>(\\d+\\.\\d+\\.\\d+)(?:-SNAPSHOT)?</version>\\r?$");

    @Test
    void packages_thatModulesExportToEverybody_sayOnceSinceWhen() {
        Set<String> exported = SourceFile.main()
                .filter(file -> file.name().equals("module-info.java"))
                .flatMap(file -> matches(EXPORT, file))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> saying = SourceFile.main()
                .filter(SourceFile::isPackageInfo)
                .filter(file -> matches(SINCE, file).count() == 1)
                .flatMap(file -> matches(PACKAGE, file))
                .toList();

        assertThat(exported).contains("io.github.codnn", "io.github.codnn.runtime", "io.github.codnn.planner");
        assertThat(saying).containsExactlyInAnyOrderElementsOf(exported);
    }

    @Test
    void since_ofAllFiles_namesNoVersionAfterThisOne() throws IOException {
        String pom = Files.readString(TestData.root().resolve("pom.xml"));
        Matcher version = VERSION.matcher(pom);
        assertThat(version.find())
                .as("pom.xml states a version of three numbers")
                .isTrue();
        int[] current = numbers(version.group(1));

        assertThat(SourceFile.main().flatMap(file -> matches(SINCE, file)))
                .isNotEmpty()
                .allMatch(since -> since.matches("\\d+\\.\\d+\\.\\d+"), "three numbers")
                .allMatch(since -> Arrays.compare(numbers(since), current) <= 0, "not after " + version.group(1));
    }

    private static int[] numbers(String version) {
        return Stream.of(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    private static Stream<String> matches(Pattern pattern, SourceFile file) {
        return pattern.matcher(file.text()).results().map(match -> match.group(1));
    }
}
