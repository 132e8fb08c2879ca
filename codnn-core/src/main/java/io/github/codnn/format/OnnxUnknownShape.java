package io.github.codnn.format;

/** Why a shape cannot be computed although nothing is wrong; the shape that the file declares may still help. */
final class OnnxUnknownShape extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OnnxUnknownShape(String reason) {
        super(reason, null, false, false);
    }
}
