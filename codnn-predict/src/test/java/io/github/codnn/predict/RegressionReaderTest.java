package io.github.codnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionReaderTest {

    private static final String RANGE =
            "'range': {'macs': [1, 2], 'inputBytes': [1, 2], 'outputBytes': [1, 2], 'weightBytes': [0, 2]}";
    private static final String MODEL = """
            {'format': 'codnn-regression/1', 'devices': [{'kind': 'k', 'features': 'FULL',
             'method': 'RELATIVE_NON_NEGATIVE', 'boosted': true, 'calibration': 1, 'scale': 1, 'scaleByKind': {'Conv': 2},
             'operators': [{'operator': 'Conv', 'secondsPerUnit': {'groups': 1e-6}, %1$s,
               'boost': {'logarithmsOf': [%2$s], 'trees': [{'input': [0, -1, -1], 'value': [1, 0.1, -0.1]}]}}],
             'general': {'secondsPerUnit': {'one': 1e-6}, %1$s},
             'power': {'general': {'watts': 1, 'joulesPerMac': 0, 'joulesPerByte': 0}, 'byKind': {}}}]}
            """.formatted(RANGE, "'" + String.join("', '", BoostedTrees.INPUTS) + "'");

    @TempDir
    private Path folder;

    private RegressionCostModel read(String text) throws IOException {
        return RegressionCostModel.read(Files.writeString(folder.resolve("model.json"), text.replace('\'', '"')));
    }

    @Test
    void read_model_isAccepted() throws IOException {
        assertThat(read(MODEL).regressions()).containsOnlyKeys("k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'groups': 1e-6 | 'groups': -1e-6 | devices[0].operators[0].secondsPerUnit.groups must be zero or",
                "'one': 1e-6 | 'one': -1 | devices[0].general.secondsPerUnit.one must be zero or greater",
                "'one': 1e-6 | 'one': NaN | devices[0].general.secondsPerUnit.one must be a finite number",
                "'one': 1e-6 | 'one': '1' | devices[0].general.secondsPerUnit.one must be a number",
                "'one': 1e-6 | 'two': 1 | devices[0].general.secondsPerUnit has an unknown field 'two'",
                "[0, -1, -1] | {'a': 0} | trees[0].input must be an array, but is an object",
                "[0, -1, -1] | [] | trees[0] must have at least one node",
                "[0, -1, -1] | [-1] | trees[0] must have at least one node and as many values",
                "[0, -1, -1] | [99, -1, -1] | trees[0].input[0] must be -1 for a leaf",
                "[0, -1, -1] | [-7, -1, -1] | trees[0].input[0] must be -1 for a leaf",
                "[0, -1, -1] | [0, 0, -1] | trees[0].input[1] must be -1 for a leaf",
                "[0, -1, -1] | [0.5, -1, -1] | trees[0].input[0] must be an integer",
                "[0, -1, -1] | 'leaf' | trees[0].input must be an array",
                "'trees': [ | 'trees': 3, 'more': [ | has an unknown field 'more'",
                "['macs', | ['mac', | logarithmsOf must be",
                "'macs': [1, 2] | 'macs': [2, 1] | range.macs must have the least and the greatest",
                "'macs': [1, 2] | 'macs': [1] | range.macs must have the least and the greatest",
                "'macs': [1, 2] | 'macs': {} | range.macs must be an array",
                "'boosted': true | 'boosted': 'yes' | devices[0].boosted must be true or false",
                "'features': 'FULL' | 'features': 'SOME' | devices[0].features must be one of",
                "'method': 'RELATIVE_NON_NEGATIVE' | 'method': 3 | devices[0].method must be a text",
                "'scale': 1, | 'scale': 0, | devices[0]: scale must be positive",
                "'calibration': 1 | 'calibration': -1 | devices[0]: calibration must be positive",
                "{'Conv': 2} | {'Conv': 0} | the factor of Conv must be positive",
                "'watts': 1 | 'watts': -1 | devices[0].power.general.watts must be zero or greater",
                "'groups': 1e-6 | 'groups': null | secondsPerUnit.groups must be a number, but is null",
                "'groups': 1e-6 | 'groups': 1e300 | secondsPerUnit.groups must be at most 1.0E9, but is 1.0E300",
                "'one': 1e-6 | 'one': 1e400 | secondsPerUnit.one must be a finite number, but is Infinity",
                "'one': 1e-6 | 'one': [1] | devices[0].general.secondsPerUnit.one must be a number",
                "'scale': 1, | 'scale': 1e308, | devices[0].scale must be from 1.0E-9 to 1.0E9, but is 1.0E308",
                "'calibration': 1 | 'calibration': 1e-320 | calibration must be from 1.0E-9 to 1.0E9",
                "{'Conv': 2} | {'Conv': 1e300} | scaleByKind.Conv must be from 1.0E-9 to 1.0E9, but is 1.0E300",
                "{'Conv': 2} | {'Conv': null} | scaleByKind.Conv must be a number, but is null",
                "{'Conv': 2} | [2] | scaleByKind must be an object, but is an array",
                "'watts': 1 | 'watts': 1e300 | power.general.watts: the value must be at most 1.0E18",
                "'joulesPerMac': 0 | 'joulesPerMac': 1e300 | joulesPerMac: the value must be at most 1.0E18",
                "'joulesPerByte': 0 | 'joulesPerByte': -1 | joulesPerByte must be zero or greater",
                "'kind': 'k' | 'kind': ' ' | devices[0].kind must not be blank",
                "'operator': 'Conv' | 'operator': '' | devices[0].operators[0].operator must not be blank",
                "'general': {'second | 'specific': {'second | has an unknown field 'specific'",
                "'boosted': true, | 'boosted': true, 'boosted': true, | Duplicate field 'boosted'",
                "'kind': 'k' | 'kind': 7 | devices[0].kind must be a text",
                "'devices' | 'machines' | has an unknown field 'machines'",
                "codnn-regression/1 | codnn-plan/1 | format must be 'codnn-regression/1'",
            })
    void read_fieldThatCannotBe_isRefusedByItsPath(String part, String replacement, String reason) {
        assertThat(MODEL).contains(part);

        assertThatThrownBy(() -> read(MODEL.replace(part, replacement)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("model.json")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'format': 'codnn-regression/1', 'devices': []}",
                "{'format': 'codnn-regression/1', 'devices': null}",
                "{'format': 'codnn-regression/1', 'devices': {}}",
                "{'format': 'codnn-regression/1', 'devices': [null]}",
                "{'format': 'codnn-regression/1'}",
                "{'devices': []}",
                "[]",
                "",
                "null",
                "{'format': 'codnn-regression/1', 'devices': [[[[]]]]}",
                "v 0 a"
            })
    void read_fileWithoutDevices_isRefusedInOneLine(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("model.json")
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "regression-deep.json | nested",
                "regression-empty-tree.json | boost.",
                "regression-tree-object.json | boost.",
                "regression-negative-weights.json | secondsPerUnit.groups must be zero or greater",
            })
    void read_faults_areRefusedInOneLine(String name, String reason) {
        Path file = TestData.path("faults/attack/" + name);

        assertThatThrownBy(() -> RegressionCostModel.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }
}
