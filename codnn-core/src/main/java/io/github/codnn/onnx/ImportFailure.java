package io.github.codnn.onnx;

/** Why a part of an ONNX file cannot be used; {@link OnnxReader} adds where, and makes it a {@code CodnnException}. */
final class ImportFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayBeTooSmall;

    ImportFailure(String reason) {
        this(reason, false);
    }

    private ImportFailure(String reason, boolean mayBeTooSmall) {
        // Without a stack trace: it is caught a few frames up and only its message is kept.
        super(reason, null, false, false);
        this.mayBeTooSmall = mayBeTooSmall;
    }

    /** An extent is too small, maybe because the file leaves a dimension open. */
    static ImportFailure tooSmall(String reason) {
        return new ImportFailure(reason, true);
    }

    boolean mayBeTooSmall() {
        return mayBeTooSmall;
    }
}
