package io.github.codnn.testproblems;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A generator that returns given numbers in order, and records the bounds that it was asked for. */
public final class ScriptedRandom implements RandomGenerator {

    private final Deque<Object> script = new ArrayDeque<>();
    private final List<Integer> bounds = new ArrayList<>();

    /** Makes a generator of integers, doubles and booleans. */
    public static ScriptedRandom of(Object... numbers) {
        ScriptedRandom random = new ScriptedRandom();
        random.script.addAll(List.of(numbers));
        return random;
    }

    /** Makes a generator from text: integers, doubles, which have a point, and t or f for a coin. */
    public static ScriptedRandom parse(String text) {
        return of(Arrays.stream(text.split(" ", -1)).map(ScriptedRandom::number).toArray());
    }

    private static Object number(String text) {
        return switch (text) {
            case "t" -> true;
            case "f" -> false;
            default -> text.contains(".") ? (Object) Double.valueOf(text) : (Object) Integer.valueOf(text);
        };
    }

    /** Returns the bounds of the integers that were drawn, in order. */
    public List<Integer> bounds() {
        return bounds;
    }

    /** Returns these bounds with a blank between them. */
    public String boundsText() {
        return bounds.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** Tells whether all numbers were drawn. */
    public boolean isUsedUp() {
        return script.isEmpty();
    }

    @Override
    public int nextInt(int bound) {
        bounds.add(bound);
        return (Integer) script.remove();
    }

    @Override
    public double nextDouble() {
        return (Double) script.remove();
    }

    @Override
    public boolean nextBoolean() {
        return (Boolean) script.remove();
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("No long numbers in the script");
    }
}
