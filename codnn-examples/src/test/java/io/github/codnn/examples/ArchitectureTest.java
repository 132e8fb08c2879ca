package io.github.codnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;
import java.util.Map;
import java.util.Set;

/** The packages of this module use the public API of the library only. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_WHAT_USERS_SEE = ArchitectureRules.ONLY_WHAT_USERS_SEE;

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = ArchitectureRules.PACKAGES_HAVE_NO_CYCLES;

    /** Which packages of the library they use is free, as long as users see them. */
    @ArchTest
    static void arrowsWithinTheModule_areExactlyThese(JavaClasses classes) {
        Map<String, Set<String>> arrows = ArchitectureRules.arrows(classes);
        arrows.values()
                .forEach(targets -> targets.retainAll(Set.of(
                        "chart",
                        "cli",
                        "examples",
                        "export",
                        "observe",
                        "progress",
                        "replan",
                        "report",
                        "reproduce",
                        "run",
                        "serve",
                        "text",
                        "units")));
        arrows.values().removeIf(Set::isEmpty);

        assertThat(arrows)
                .isEqualTo(Map.of(
                        "chart",
                        Set.of("text"),
                        "cli",
                        Set.of(
                                "chart",
                                "examples",
                                "export",
                                "observe",
                                "progress",
                                "replan",
                                "report",
                                "reproduce",
                                "run",
                                "serve",
                                "text",
                                "units"),
                        "progress",
                        Set.of("text"),
                        "replan",
                        Set.of("observe", "run"),
                        "report",
                        Set.of("chart", "observe", "reproduce", "run", "text"),
                        "reproduce",
                        Set.of("chart"),
                        "run",
                        Set.of("observe", "serve"),
                        "text",
                        Set.of("observe", "run")));
    }
}
