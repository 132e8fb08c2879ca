package io.github.codnn.graph;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * The operation of a layer. A sealed family: operators that cost models and collapsers distinguish have a type of their
 * own, and operators that no reader knows are {@link Other}.
 *
 * <p>{@link #kind()} is the name under which costs are fitted and patterns are mined; it is the ONNX operator name
 * where ONNX has one.
 */
public sealed interface Operator {

    /**
     * Returns the operator's name in the field, such as {@code Conv}, {@code Gemm}, {@code MaxPool} or {@code Relu}.
     *
     * @return the ONNX operator name where ONNX has one
     */
    String kind();

    /**
     * A convolution over any number of spatial axes, with or without groups and dilation.
     *
     * @param window the sliding window
     * @param groups the number of groups, at least 1; equal to the input channels for a depthwise convolution
     * @param transposed whether this is a transposed convolution (a learned upsampling)
     */
    record Convolution(Window window, long groups, boolean transposed) implements Operator {
        /** Checks the components. */
        public Convolution {
            Objects.requireNonNull(window, "window");
            Checks.positive(groups, "The number of groups of a convolution");
        }

        @Override
        public String kind() {
            return transposed ? "ConvTranspose" : "Conv";
        }
    }

    /** A fully connected layer: a matrix product with weights, with or without bias. */
    record FullyConnected() implements Operator {
        @Override
        public String kind() {
            return "Gemm";
        }
    }

    /** A matrix product, of two activations or of an activation and weights, batched over the leading axes. */
    record MatMul() implements Operator {
        @Override
        public String kind() {
            return "MatMul";
        }
    }

    /**
     * Pooling with a sliding window.
     *
     * @param function what is taken over the window
     * @param window the sliding window
     */
    record Pooling(Function function, Window window) implements Operator {
        /** What is taken over the window. */
        public enum Function {
            /** The greatest element. */
            MAX("MaxPool"),
            /** The mean of the elements. */
            AVERAGE("AveragePool"),
            /** The Lp norm of the elements. */
            LP("LpPool");

            private final String kind;

            Function(String kind) {
                this.kind = kind;
            }
        }

        /** Checks the components. */
        public Pooling {
            Objects.requireNonNull(function, "function");
            Objects.requireNonNull(window, "window");
        }

        @Override
        public String kind() {
            return function.kind;
        }
    }

    /**
     * Pooling over all spatial axes at once.
     *
     * @param function what is taken
     */
    record GlobalPooling(Pooling.Function function) implements Operator {
        /** Checks the components. */
        public GlobalPooling {
            Objects.requireNonNull(function, "function");
        }

        @Override
        public String kind() {
            return "Global" + function.kind;
        }
    }

    /**
     * A function of one tensor, element by element: {@code Relu}, {@code Sigmoid}, {@code Gelu} and the like.
     *
     * @param kind the ONNX name of the function
     */
    record Activation(String kind) implements Operator {
        /** Checks the components. */
        public Activation {
            Checks.notBlank(kind, "The kind of an activation");
        }
    }

    /**
     * A function of several tensors, element by element: {@code Add}, {@code Mul}, {@code Where} and the like.
     *
     * @param kind the ONNX name of the function
     */
    record Elementwise(String kind) implements Operator {
        /** Checks the components. */
        public Elementwise {
            Checks.notBlank(kind, "The kind of an element-wise operator");
        }
    }

    /**
     * A normalisation: {@code BatchNormalization}, {@code LRN}, {@code LayerNormalization} and the like.
     *
     * @param kind the ONNX name of the normalisation
     */
    record Normalization(String kind) implements Operator {
        /** Checks the components. */
        public Normalization {
            Checks.notBlank(kind, "The kind of a normalisation");
        }
    }

    /**
     * A softmax or one of its relatives along an axis.
     *
     * @param kind {@code Softmax}, {@code LogSoftmax} or {@code Hardmax}
     */
    record Softmax(String kind) implements Operator {
        /** Checks the components. */
        public Softmax {
            Checks.notBlank(kind, "The kind of a softmax");
        }
    }

    /** Tensors concatenated along an axis. */
    record Concat() implements Operator {
        @Override
        public String kind() {
            return "Concat";
        }
    }

    /**
     * Elements moved or dropped but not computed: {@code Reshape}, {@code Flatten}, {@code Transpose}, {@code Slice},
     * {@code Split}, {@code Pad}, {@code Gather}, {@code Resize}, {@code Dropout} at inference and the like.
     *
     * @param kind the ONNX name of the operator
     */
    record DataMovement(String kind) implements Operator {
        /** Checks the components. */
        public DataMovement {
            Checks.notBlank(kind, "The kind of a data movement");
        }
    }

    /**
     * A reduction over axes or a selection by size: {@code ReduceMean}, {@code ArgMax}, {@code TopK} and the like.
     *
     * @param kind the ONNX name of the operator
     */
    record Reduction(String kind) implements Operator {
        /** Checks the components. */
        public Reduction {
            Checks.notBlank(kind, "The kind of a reduction");
        }
    }

    /**
     * A recurrent layer over a sequence.
     *
     * @param kind {@code LSTM}, {@code GRU} or {@code RNN}
     * @param hiddenSize the size of the hidden state, at least 1
     * @param directions 1, or 2 if the sequence is also read backwards
     */
    record Recurrent(String kind, long hiddenSize, int directions) implements Operator {
        /** Checks the components. */
        public Recurrent {
            Checks.notBlank(kind, "The kind of a recurrent layer");
            Checks.positive(hiddenSize, "The hidden size of a recurrent layer");
            Checks.inRange(directions, 1, 2, "The number of directions of a recurrent layer");
        }
    }

    /**
     * Several layers merged into one, with the inner layers as its body.
     *
     * @param label what the block is, such as {@code Inception}; equal for blocks of one kind
     * @param body the inner layers; its inputs and outputs are the tensors of the block
     */
    record Block(String label, LayerGraph body) implements Operator {
        /** Checks the components. */
        public Block {
            Checks.notBlank(label, "The label of a block");
            Objects.requireNonNull(body, "body");
        }

        @Override
        public String kind() {
            return label;
        }
    }

    /**
     * An operator that the reader does not know, or a layer of which only measured figures are known.
     *
     * @param kind the name as given, not blank
     * @param isPartial whether the multiply-accumulates of its layer are those of a part of its work only, because the
     *     rest is not known
     */
    record Other(String kind, boolean isPartial) implements Operator {
        /** Checks the components. */
        public Other {
            Checks.notBlank(kind, "The kind of an unknown operator");
        }

        /**
         * Makes an operator whose work is known as a whole, or not at all.
         *
         * @param kind the name as given, not blank
         */
        public Other(String kind) {
            this(kind, false);
        }
    }
}
