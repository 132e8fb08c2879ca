package io.github.codnn.onnx;

/** Why a part of an ONNX file cannot be used; {@link OnnxReader} adds where, and makes it a {@code CodnnException}. */
final class ImportFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImportFailure(String reason) {
        // Without a stack trace: it is caught a few frames up and only its message is kept.
        super(reason, null, false, false);
    }
}
