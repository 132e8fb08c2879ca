package io.github.codnn.onnx;

import java.util.Arrays;

/** Whole numbers with a blank between them, as tables of cases have them. */
final class NumberText {

    private NumberText() {}

    /** Returns the extents of an input. */
    static Object[] extents(String text) {
        return Arrays.stream(whole(text)).boxed().toArray();
    }

    /** Returns the values of an attribute or a weight. */
    static long[] whole(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }
}
