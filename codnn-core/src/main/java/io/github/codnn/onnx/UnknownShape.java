package io.github.codnn.onnx;

/** Why a shape cannot be computed although nothing is wrong; the shape that the file declares may still help. */
final class UnknownShape extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownShape(String reason) {
        super(reason, null, false, false);
    }
}
