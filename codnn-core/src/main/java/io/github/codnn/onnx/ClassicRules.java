package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators on text, and those of the domain of classic machine learning: encoders, scalers, trees, linear models. */
final class ClassicRules {

    static final String DOMAIN = "ai.onnx.ml";

    private ClassicRules() {}

    /** Text in the default domain. */
    static void register(Map<String, Rule> rules) {
        // Stop words go, so that fewer words than there were may be left.
        rules.put(
                "StringNormalizer",
                node -> moved(node, ElementType.STRING, node.shape(0)).asGreatest());
        rules.put("StringSplit", ClassicRules::split);
        rules.put("TfIdfVectorizer", ClassicRules::counted);
        rules.put("ImageDecoder", node -> {
            throw new UnknownShape("the size of the image depends on the data");
        });
    }

    static void registerClassic(Map<String, Rule> rules) {
        for (String same : List.of("Binarizer", "Imputer")) {
            rules.put(same, node -> moved(node, node.type(0), node.shape(0)));
        }
        for (String scaled : List.of("Normalizer", "Scaler")) {
            rules.put(scaled, node -> moved(node, ElementType.FLOAT32, node.shape(0)));
        }
        rules.put("LabelEncoder", node -> moved(node, labelType(node), node.shape(0)));
        rules.put("ArrayFeatureExtractor", ClassicRules::columns);
        rules.put("TreeEnsemble", node -> targets(node, node.type(0)));
        for (String regressor : List.of("TreeEnsembleRegressor", "LinearRegressor", "SVMRegressor")) {
            rules.put(regressor, node -> targets(node, ElementType.FLOAT32));
        }
    }

    private static Inference moved(ResolvedNode node, ElementType type, TensorShape shape) {
        return Inference.of(new Operator.DataMovement(node.operator()), type, shape);
    }

    /** As many parts as the longest text has; the number of parts of each is known to be there. */
    private static Inference split(ResolvedNode node) {
        if (!node.hasAttribute("maxsplit")) {
            throw new UnknownShape("how many parts it makes depends on the data");
        }
        TensorShape parts = ShapeArithmetic.joined(
                node.shape(0), ShapeArithmetic.of(Math.addExact(node.number("maxsplit", 0, 0, 1 << 20), 1)));
        return Inference.of(
                        new Operator.DataMovement("StringSplit"),
                        new Output(ElementType.STRING, parts),
                        new Output(ElementType.INT64, node.shape(0)))
                .asGreatest();
    }

    /** One figure for each word or group of words of a vocabulary. */
    private static Inference counted(ResolvedNode node) {
        long[] columns = node.numbers("ngram_indexes").orElse(new long[0]);
        long last = Arrays.stream(columns)
                .max()
                .orElseThrow(() -> new ImportFailure("attribute 'ngram_indexes' is missing or empty"));
        TensorShape input = node.shapeOfLeastRank(0, 1);
        TensorShape batch = ShapeArithmetic.part(input, 0, input.rank() - 1);
        return Inference.of(
                new Operator.Reduction("TfIdfVectorizer"),
                ElementType.FLOAT32,
                ShapeArithmetic.joined(batch, ShapeArithmetic.of(Math.addExact(last, 1))));
    }

    private static ElementType labelType(ResolvedNode node) {
        if (node.tensor("values_tensor").isPresent()) {
            return GeneratorRules.typeOf(node.tensor("values_tensor").orElseThrow());
        }
        if (node.hasAttribute("values_int64s")) {
            return ElementType.INT64;
        }
        if (node.hasAttribute("values_floats")) {
            return ElementType.FLOAT32;
        }
        boolean oldFromText = node.hasAttribute("classes_strings") && node.type(0) == ElementType.STRING;
        return oldFromText ? ElementType.INT64 : ElementType.STRING;
    }

    private static Inference columns(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 1);
        TensorShape rows = input.rank() == 1 ? ShapeArithmetic.of(1) : ShapeArithmetic.part(input, 0, input.rank() - 1);
        return moved(
                node,
                node.type(0),
                ShapeArithmetic.joined(rows, ShapeArithmetic.of(node.shape(1).elements())));
    }

    private static Inference targets(ResolvedNode node, ElementType type) {
        long targets = node.number(node.operator().equals("LinearRegressor") ? "targets" : "n_targets", 1, 1, 1 << 30);
        TensorShape input = node.shapeOfLeastRank(0, 1);
        long rows = input.rank() == 1 ? 1 : input.dimension(0);
        return Inference.of(new Operator.Other(node.operator(), true), type, ShapeArithmetic.of(rows, targets));
    }
}
