package io.github.codnn.optimize;

import static io.github.codnn.testing.ArchitectureRules.sees;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;

/** Strategies see the search, the search sees core, and neither sees the predictors. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    private static final String[] VISIBLE = {
        "collapse", "cost", "format", "graph", "mining", "plan", "platform", "zoo", "optimize"
    };

    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule OPTIMIZE = sees("optimize", VISIBLE);

    @ArchTest
    static final ArchRule STRATEGY = sees("strategy", VISIBLE);
}
