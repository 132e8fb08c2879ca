package io.github.codnn.testing;

import java.util.List;

/**
 * A small model around one operator, with what a reader must make of it.
 *
 * @param name the operator and what is special about the case
 * @param model the file
 * @param shapes the shapes of its outputs, such as {@code [1, 2]}, worked out by hand from the operator's definition
 * @param macs its multiply-accumulates
 * @param parameters its trained values
 */
public record OnnxCase(String name, OnnxFile model, List<String> shapes, long macs, long parameters) {

    static OnnxCase of(String name, OnnxFile model, String... shapes) {
        return new OnnxCase(name, model, List.of(shapes), 0, 0);
    }

    OnnxCase macs(long count) {
        return new OnnxCase(name, model, shapes, count, parameters);
    }

    OnnxCase parameters(long count) {
        return new OnnxCase(name, model, shapes, macs, count);
    }

    @Override
    public String toString() {
        return name;
    }
}
