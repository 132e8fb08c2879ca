package io.github.codnn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodnnExceptionTest {

    @Test
    void message_partsOfTheInput_isOneLine() {
        assertThat(new CodnnException("a.onnx: node 'x\r\n\ty' has no input"))
                .hasMessage("a.onnx: node 'x y' has no input");
        assertThat(new CodnnException("one\u2028two\u2029three\u0085four\u000bfive"))
                .hasMessage("one two three four five");
    }

    @Test
    void message_controlCharacters_becomeQuestionMarks() {
        assertThat(new CodnnException("'\0' or '\u001b[31m' or '\u009b'", new IllegalStateException("inner")))
                .hasMessage("'?' or '?[31m' or '?'")
                .hasRootCauseMessage("inner");
    }

    @Test
    void message_plainText_stays() {
        assertThat(new CodnnException("two  spaces, \u00fc and \ud83d\ude00"))
                .hasMessage("two  spaces, \u00fc and \ud83d\ude00");
    }

    /** A search that starts anew at each blank takes hours here. */
    @Test
    void message_manyBlanks_takesLinearTime() {
        String blanks = " ".repeat(4_000_000);

        assertThat(new CodnnException(blanks + "\n.").getMessage()).isEqualTo(blanks + " .");
    }
}
