package io.github.codnn.onnx;

import com.google.common.collect.ImmutableSet;

/** The operators that compute every element of one tensor from the same element of another of the same type. */
final class ActivationRules {

    /** Those that need neither an attribute nor another input. */
    static final ImmutableSet<String> PLAIN = ImmutableSet.of(
            "Abs",
            "Acos",
            "Acosh",
            "Asin",
            "Asinh",
            "Atan",
            "Atanh",
            "Ceil",
            "Celu",
            "Cos",
            "Cosh",
            "Elu",
            "Erf",
            "Exp",
            "Floor",
            "Gelu",
            "HardSigmoid",
            "HardSwish",
            "LeakyRelu",
            "Log",
            "Mish",
            "Neg",
            "Not",
            "Reciprocal",
            "Relu",
            "Round",
            "Selu",
            "Sigmoid",
            "Sign",
            "Sin",
            "Sinh",
            "Softplus",
            "Softsign",
            "Sqrt",
            "Tan",
            "Tanh",
            "ThresholdedRelu");

    /** All, with those whose settings a layer does not keep, and those of early operator sets. */
    static final ImmutableSet<String> ALL = ImmutableSet.<String>builder()
            .addAll(PLAIN)
            .add(
                    "Affine",
                    "BitwiseNot",
                    "Clip",
                    "CumProd",
                    "CumSum",
                    "ImageScaler",
                    "ParametricSoftplus",
                    "ScaledTanh",
                    "Shrink")
            .add("Swish")
            .build();

    private ActivationRules() {}
}
