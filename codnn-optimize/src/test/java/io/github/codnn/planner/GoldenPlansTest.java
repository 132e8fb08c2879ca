package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.problem.OffloadingProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Compares what all searches give with {@code golden-plans.txt}, byte for byte: a change that is not meant to change
 * any plan must pass without a change to that file. A normal build runs each search on a part of the problems,
 * {@code -Dcodnn.nightly=true} on all; {@code -Dcodnn.golden.write=true} writes the file anew.
 */
class GoldenPlansTest {

    private static final Path FILE = Path.of("src", "test", "resources", "golden-plans.txt");
    private static final int BLOCK = 8; // groups in a row that a normal build searches: they have all objectives
    private static final int BLOCKS = 5;
    private static final int EXACT_SHARE = 16;
    private static final int FRONT_SHARE = 20; // a normal build looks for fronts in one of so many groups of problems
    private static final int DIGEST_DIGITS = 16;
    private static final Pattern CHANGING =
            Pattern.compile("(?m)^ *\"(elapsed\\w*|version|codnnVersion|java\\w*|jdk\\w*|created\\w*)\" : .*\n");
    private static final String HEAD = """
            # What each search gives for each problem of GoldenProblems: as at commit 4f20fc9, but for lines that were
            # changed on purpose since.
            # Each line: problem, search, value, evaluations, reason to stop, and the first 16 hexadecimal digits of the
            # SHA-256 of the plan file without times and versions. For a front: problem, search, hypervolume, number of
            # plans, whether it is proven to be complete, and the digest. For a refusal: problem, search, the exception.
            # A change that is meant to change plans writes this file anew, and its commit says why:
            # mvn -pl codnn-optimize -am test -Dtest=GoldenPlansTest -Dsurefire.failIfNoSpecifiedTests=false
            #     -Dcodnn.golden.write=true
            """;

    @Test
    void search_problemsOfTheGoldenFile_giveTheSamePlans() throws IOException {
        boolean write = Boolean.getBoolean("codnn.golden.write");
        boolean all = write || Boolean.getBoolean("codnn.nightly");
        Map<String, String> documents = run(all);
        List<String> actual = new ArrayList<>();
        documents.forEach((key, document) -> actual.add(line(key, document)));
        if (write) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, HEAD + String.join("\n", actual) + "\n");
        }
        Map<String, String> expected = golden();
        if (all) {
            assertThat(documents.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        }
        assertSame(documents, expected);
    }

    private static Map<String, String> run(boolean all) {
        List<String> searches = List.copyOf(GoldenSearches.all().keySet());
        List<String> problems = List.copyOf(GoldenProblems.all().keySet());
        Map<String, String> documents = new LinkedHashMap<>();
        GoldenProblems.all()
                .forEach((problemName, problem) -> GoldenSearches.all().forEach((searchName, search) -> {
                    int problemIndex = problems.indexOf(problemName);
                    if (all || isInNormalBuild(problemIndex, searchName, searches.indexOf(searchName))) {
                        documents.put(problemName + " " + searchName, document(search, problem));
                    }
                }));
        return documents;
    }

    /** Each search meets 8 problems or more of each kind, with every objective; those that refuse most meet half. */
    private static boolean isInNormalBuild(int problem, String searchName, int search) {
        int group = problem / GoldenProblems.GROUP;
        if (searchName.equals("Exact")) {
            return problem % EXACT_SHARE == 0;
        }
        if (searchName.startsWith("Exact")) {
            return (problem + search) % 2 == 0;
        }
        if (searchName.contains("Pareto")) {
            return (group + search) % FRONT_SHARE == 0;
        }
        return group / BLOCK == search % BLOCKS;
    }

    private static String document(Function<OffloadingProblem, String> search, OffloadingProblem problem) {
        try {
            return CHANGING.matcher(search.apply(problem)).replaceAll("").replace(",\n", "\n");
        } catch (IllegalArgumentException | IllegalStateException refusal) {
            return refusal.getClass().getSimpleName() + ": " + refusal.getMessage();
        }
    }

    private static String line(String key, String document) {
        if (!document.startsWith("{")) {
            return key + " " + document.replace('\n', ' ');
        }
        return String.join(
                " ",
                key,
                field(document, "value"),
                field(document, "evaluations"),
                field(document, "stopReason"),
                digest(document));
    }

    private static String field(String document, String name) {
        Matcher matcher =
                Pattern.compile("(?m)^  \"" + name + "\" : \"?([^\"\n]*)").matcher(document);
        return matcher.find() ? matcher.group(1) : "-";
    }

    private static String digest(String document) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FILE)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(" ", 3);
                lines.put(parts[0] + " " + parts[1], line);
            }
        }
        return lines;
    }

    private static void assertSame(Map<String, String> documents, Map<String, String> expected) {
        Map<String, Integer> differing = new TreeMap<>();
        List<String> first = new ArrayList<>();
        documents.forEach((key, document) -> {
            String actual = line(key, document);
            String wanted = expected.getOrDefault(key, "no line");
            if (!actual.equals(wanted)) {
                differing.merge(key.substring(key.indexOf(' ') + 1), 1, Integer::sum);
                first.addAll(List.of(wanted, actual, document));
            }
        });
        if (!differing.isEmpty()) {
            throw new AssertionError("Of " + documents.size() + " plans, these differ from " + FILE + ": " + differing
                    + "\nfirst expected: " + first.get(0) + "\nfirst actual:   " + first.get(1) + "\n"
                    + screen(first.get(2)));
        }
    }

    /** Leaves out the problem, and the middle of what is longer than a screen. */
    private static String screen(String document) {
        int outcome = Math.max(0, document.indexOf("\n  \"tasks\" : [", document.indexOf("\n  }")));
        List<String> lines = Arrays.asList(document.substring(outcome).split("\n"));
        if (lines.size() <= 40) {
            return String.join("\n", lines);
        }
        List<String> ends = new ArrayList<>(lines.subList(0, 20));
        ends.add("...");
        ends.addAll(lines.subList(lines.size() - 20, lines.size()));
        return String.join("\n", ends);
    }
}
