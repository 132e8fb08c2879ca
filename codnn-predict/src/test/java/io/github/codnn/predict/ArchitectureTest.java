package io.github.codnn.predict;

import static io.github.codnn.testing.ArchitectureRules.sees;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;

/** Predictors see core and each other without cycles, and never the search. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    private static final String[] VISIBLE = {
        "collapse", "cost", "format", "graph", "mining", "plan", "platform", "zoo", "monitor", "predict", "profile"
    };

    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule PREDICT = sees("predict", VISIBLE);

    @ArchTest
    static final ArchRule PROFILE = sees("profile", VISIBLE);

    @ArchTest
    static final ArchRule MONITOR = sees("monitor", VISIBLE);
}
