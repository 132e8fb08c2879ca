package io.github.codnn.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;

/**
 * The rules that hold in every published module; a module's own test adds the arrows between its packages.
 *
 * <p>Each rule allows a module that has nothing to check yet.
 */
public final class ArchitectureRules {

    private static final String OURS = "io.github.codnn";

    /** A network as a graph of JGraphT is meant to show a type of that library. */
    private static final Map<String, String> FOREIGN_TYPES =
            Map.of(OURS + ".graph.LayerGraph.asJGraphT()", "org.jgrapht.Graph");

    /** Users of CoDNN do not see which libraries it uses, but for the exceptions above. */
    @ArchTest
    static final ArchRule SIGNATURES_SHOW_ONLY_OUR_OWN_AND_JAVA_TYPES = classes()
            .that(are(PublicApi.VISIBLE))
            .should(PublicApi.showOnlyTypesOf(
                    resideInAnyPackage("java..", OURS + "..").and(not(resideInAPackage(OURS + ".internal.."))),
                    FOREIGN_TYPES))
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching(OURS + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_EXAMPLES_OR_BENCHMARKS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    OURS + ".examples..", OURS + ".cli..", OURS + ".reproduce..", OURS + ".chart..", OURS + ".bench..")
            .allowEmptyShould(true);

    /** What is shown to users must be possible for users; for modules that are not published. */
    public static final ArchRule ONLY_WHAT_USERS_SEE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    OURS + ".internal..",
                    OURS + ".pipeline..",
                    OURS + ".chainsearch..",
                    OURS + ".costsearch..",
                    OURS + ".dagsearch..",
                    OURS + ".frontsearch..",
                    OURS + ".slicing..");

    /** A collection in a stream can claim more than it holds, or take exponential time to be hashed. */
    @ArchTest
    static final ArchRule SERIAL_FORMS_HOLD_NO_COLLECTIONS = noFields()
            .that()
            .areNotStatic()
            .and()
            .doNotHaveModifier(JavaModifier.TRANSIENT)
            .and()
            .areDeclaredInClassesThat(writtenAsTheyAre())
            .should()
            .haveRawType(assignableTo(Iterable.class)
                    .or(assignableTo(Map.class))
                    .or(assignableTo(Optional.class))
                    .or(equivalentTo(Object.class)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PUBLIC_CLASSES_ARE_CLOSED = classes()
            .that(are(PublicApi.VISIBLE))
            .should(PublicApi.beClosedForInheritance())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_SETTERS = noMethods()
            .that()
            .haveNameMatching("set[A-Z].*")
            .should()
            .haveRawReturnType(void.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_CONSOLE =
            GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_JAVA_UTIL_LOGGING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging")
            .allowEmptyShould(true);

    /** The same seed gives the same result: randomness and time of day come from the caller. */
    @ArchTest
    static final ArchRule NO_HIDDEN_RANDOMNESS_OR_CLOCK = noClasses()
            .should()
            .accessTargetWhere(target(Math.class, "random")
                    .or(target(System.class, "currentTimeMillis"))
                    .or(target(StrictMath.class, "random"))
                    .or(target(RandomGenerator.class, "getDefault", "of"))
                    .or(target(ThreadLocalRandom.class))
                    .or(unseeded(Random.class))
                    .or(unseeded(SplittableRandom.class))
                    .or(shuffleWithoutGenerator()))
            .allowEmptyShould(true);

    /** The caller's executor is the only source of threads, the common pool included. */
    @ArchTest
    static final ArchRule NO_THREADS = noClasses()
            .should()
            .beAssignableTo(Thread.class)
            .orShould()
            .accessTargetWhere(constructorOf(Thread.class)
                    .or(constructorOf(Timer.class))
                    .or(constructorOf(ThreadPoolExecutor.class))
                    .or(constructorOf(ForkJoinPool.class))
                    .or(target(ForkJoinPool.class, "commonPool"))
                    .or(target(Executors.class))
                    .or(target(BaseStream.class, "parallel"))
                    .or(namedAnywhere("parallelStream"))
                    .or(parallelArrayOperation())
                    .or(asyncWithoutExecutor()))
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    /**
     * Returns the arrows between the packages of ours, as a module's test states them.
     *
     * @param classes the classes of a module
     * @return for each package the packages that it depends on, without itself, the shared exceptions and
     *     {@code internal}
     */
    public static Map<String, Set<String>> arrows(JavaClasses classes) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass from : classes) {
            Set<String> targets = arrows.computeIfAbsent(packageOf(from), any -> new TreeSet<>());
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(OURS + "."))
                    .map(ArchitectureRules::packageOf)
                    .filter(target -> !target.equals(packageOf(from)) && !target.equals("internal"))
                    .forEach(targets::add);
        }
        arrows.values().removeIf(Set::isEmpty);
        return arrows;
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
    }

    private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, String... names) {
        List<String> wanted = List.of(names);
        return access(
                owner.getSimpleName() + wanted,
                access -> access.getTargetOwner().isAssignableTo(owner)
                        && (wanted.isEmpty() || wanted.contains(access.getName())));
    }

    private static DescribedPredicate<JavaAccess<?>> namedAnywhere(String name) {
        return access(name, access -> access.getName().equals(name));
    }

    private static DescribedPredicate<JavaAccess<?>> constructorOf(Class<?> owner) {
        return target(owner, "<init>");
    }

    private static DescribedPredicate<JavaAccess<?>> unseeded(Class<?> generator) {
        return access(
                "new " + generator.getSimpleName() + "()",
                access -> constructorOf(generator).test(access) && parameterCount(access) == 0);
    }

    private static DescribedPredicate<JavaAccess<?>> shuffleWithoutGenerator() {
        return access(
                "shuffle(List)",
                access -> target(Collections.class, "shuffle").test(access) && parameterCount(access) == 1);
    }

    private static DescribedPredicate<JavaAccess<?>> parallelArrayOperation() {
        return access(
                "Arrays.parallel...",
                access -> target(Arrays.class).test(access) && access.getName().startsWith("parallel"));
    }

    private static DescribedPredicate<JavaAccess<?>> asyncWithoutExecutor() {
        return access(
                "CompletableFuture...Async without an executor",
                access -> target(CompletableFuture.class).test(access)
                        && access.getName().endsWith("Async")
                        && !access.getDescription().contains("java.util.concurrent.Executor)"));
    }

    private static int parameterCount(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget unit
                ? unit.getRawParameterTypes().size()
                : -1;
    }

    private static DescribedPredicate<JavaAccess<?>> access(String description, Predicate<JavaAccess<?>> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    private static DescribedPredicate<JavaClass> writtenAsTheyAre() {
        return DescribedPredicate.describe(
                "are serializable without a form of their own",
                type -> type.isAssignableTo(Serializable.class)
                        && !type.isEnum()
                        && !type.isAssignableTo(Throwable.class)
                        && type.getMethods().stream()
                                .noneMatch(method -> method.getName().equals("writeReplace")));
    }
}
