package io.github.codnn.bench;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;

/** Benchmarks measure the library through its public API, as users call it; there is no exception. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_WHAT_USERS_SEE = ArchitectureRules.ONLY_WHAT_USERS_SEE;
}
