package io.github.codnn;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds the names that a mistyped one may have meant: those with the least edit distance (insertions, deletions,
 * changes and swaps of neighbours), and those that begin with it. Upper and lower case and punctuation make no
 * difference.
 *
 * <p>Takes O(names * length^2) time for names of that length. Thread-safe.
 */
public final class NearestNames {

    private static final int MOST_NAMES = 3;
    private static final int MAX_CHARACTERS = 64; // a longer text is no mistyped name

    private record Candidate(String name, int distance) {}

    private NearestNames() {}

    /**
     * Returns the names that a text may have meant.
     *
     * @param given the text
     * @param known the names that there are
     * @return at most three names, the nearest first; none if nothing is near
     */
    public static List<String> of(String given, Collection<String> known) {
        String key = key(given);
        if (key.isEmpty() || given.length() > MAX_CHARACTERS) {
            return List.of();
        }
        int most = key.length() / 3;
        List<Candidate> near = known.stream()
                .filter(name -> name.length() <= MAX_CHARACTERS)
                .map(name -> new Candidate(name, distance(key, key(name))))
                .filter(each -> each.distance <= most)
                .sorted(Comparator.comparingInt(Candidate::distance))
                .toList();
        if (near.isEmpty()) {
            return known.stream()
                    .filter(name -> name.length() <= MAX_CHARACTERS)
                    .filter(name -> key.length() > 2 && key(name).startsWith(key))
                    .limit(MOST_NAMES)
                    .toList();
        }
        int least = near.get(0).distance;
        return near.stream()
                .filter(each -> each.distance <= least + 1)
                .limit(MOST_NAMES)
                .map(Candidate::name)
                .toList();
    }

    /**
     * Asks for the names that a text may have meant, to be put into a message.
     *
     * @param given the text
     * @param known the names that there are
     * @return {@code " Did you mean 'a' or 'b'?"} with the space before it, nothing if no name is near
     */
    public static String question(String given, Collection<String> known) {
        List<String> near = of(given, known);
        return near.isEmpty()
                ? ""
                : near.stream()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }

    /**
     * Asks for the names that a text may have meant, and lists all, to be put into a message.
     *
     * @param given the text
     * @param known the names that there are
     * @return {@code " Did you mean 'a'? There are a, b"} with the space before it
     */
    public static String choice(String given, Collection<String> known) {
        return question(given, known) + " There are " + String.join(", ", known);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** The optimal string alignment distance, row by row. */
    private static int distance(String first, String second) {
        int[] beforeLast = new int[second.length() + 1];
        int[] last = new int[second.length() + 1];
        for (int column = 0; column < last.length; column++) {
            last[column] = column;
        }
        for (int row = 1; row <= first.length(); row++) {
            int[] current = new int[second.length() + 1];
            current[0] = row;
            for (int column = 1; column < current.length; column++) {
                boolean same = first.charAt(row - 1) == second.charAt(column - 1);
                int change = last[column - 1] + (same ? 0 : 1);
                current[column] = Math.min(change, Math.min(last[column], current[column - 1]) + 1);
                if (isSwap(first, row, second, column)) {
                    current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[second.length()];
    }

    private static boolean isSwap(String first, int row, String second, int column) {
        return row > 1
                && column > 1
                && first.charAt(row - 1) == second.charAt(column - 2)
                && first.charAt(row - 2) == second.charAt(column - 1);
    }
}
