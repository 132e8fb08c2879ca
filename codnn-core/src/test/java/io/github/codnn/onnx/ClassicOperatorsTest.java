package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.DOUBLE;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.STRING;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Tensor;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators of classic machine learning and on text: types and shapes by their definitions. */
class ClassicOperatorsTest {

    @TempDir
    private Path folder;

    private static OnnxFile file() {
        return OnnxFile.opset(20).domain(ClassicRules.DOMAIN, 3);
    }

    private ImportedModel model(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        Message node = OnnxFile.node("", operator, inputs, List.of("y"), attributes);
        return OnnxReader.withDefaults()
                .read(file.node(OnnxFile.inDomain(ClassicRules.DOMAIN, node))
                        .output("y")
                        .write(folder));
    }

    private Tensor output(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        ImportedModel model = model(file, operator, inputs, attributes);
        assertThat(model.unknownOperators()).isEmpty();
        return model.graph().outputs().get(0);
    }

    private static void assertTensor(Tensor tensor, ElementType type, String shape) {
        assertThat(tensor.type()).isEqualTo(type);
        assertThat(tensor.shape()).hasToString(shape);
    }

    @ParameterizedTest
    @CsvSource({"Binarizer, FLOAT64", "Imputer, FLOAT64", "Normalizer, FLOAT32", "Scaler, FLOAT32"})
    void preparation_keepsTheShape(String operator, ElementType type) {
        assertTensor(output(file().input("x", DOUBLE, 4, 3), operator, List.of("x")), type, "[4, 3]");
    }

    @ParameterizedTest
    @CsvSource({
        "TreeEnsembleRegressor, n_targets, FLOAT32",
        "SVMRegressor, n_targets, FLOAT32",
        "LinearRegressor, targets, FLOAT32",
        "TreeEnsemble, n_targets, FLOAT64"
    })
    void regressor_hasAColumnForEachTarget(String operator, String attribute, ElementType type) {
        assertTensor(
                output(file().input("x", DOUBLE, 4, 3), operator, List.of("x"), integer(attribute, 5)), type, "[4, 5]");
        assertTensor(output(file().input("x", DOUBLE, 3), operator, List.of("x")), type, "[1, 1]");
    }

    @ParameterizedTest
    @CsvSource({"'2,5', '[2, 3]'", "'4,2,5', '[4, 2, 3]'", "5, '[1, 3]'"})
    void arrayFeatureExtractor_takesColumns(String extents, String shape) {
        Object[] input =
                List.of(extents.split(",", -1)).stream().map(Long::valueOf).toArray();
        OnnxFile file = file().input("x", FLOAT, input).input("i", INT64, 3);

        assertTensor(output(file, "ArrayFeatureExtractor", List.of("x", "i")), ElementType.FLOAT32, shape);
    }

    @Test
    void labelEncoder_hasTheTypeOfItsValues() {
        Message texts = new Message().text(1, "classes_strings").text(9, "a").number(20, 8);

        assertTensor(label(INT64, ints("values_int64s", 1, 2)), ElementType.INT64, "[4]");
        assertTensor(label(INT64, OnnxFile.reals("values_floats", 1, 2)), ElementType.FLOAT32, "[4]");
        assertTensor(
                label(INT64, OnnxFile.tensorValue("values_tensor", OnnxFile.zeros("", DOUBLE, 2))),
                ElementType.FLOAT64,
                "[4]");
        assertTensor(label(STRING, texts), ElementType.INT64, "[4]");
        assertTensor(label(INT64, texts), ElementType.STRING, "[4]");
        assertTensor(label(STRING), ElementType.STRING, "[4]");
    }

    private Tensor label(int type, Message... attributes) {
        return output(file().input("x", type, 4), "LabelEncoder", List.of("x"), attributes);
    }

    private ImportedModel text(String operator, List<String> outputs, Message... attributes) {
        OnnxFile file = OnnxFile.opset(20).input("x", STRING, 4, 3).node(operator, List.of("x"), outputs, attributes);
        outputs.forEach(file::output);
        return OnnxReader.withDefaults().read(file.write(folder));
    }

    @Test
    void tfIdfVectorizer_hasAColumnForEachGroupOfWords() {
        Tensor counted = text("TfIdfVectorizer", List.of("y"), ints("ngram_indexes", 2, 0, 6))
                .graph()
                .outputs()
                .get(0);

        assertTensor(counted, ElementType.FLOAT32, "[4, 7]");
        assertThatThrownBy(() -> text("TfIdfVectorizer", List.of("y")))
                .hasMessageContaining("'ngram_indexes' is missing or empty");
    }

    @Test
    void stringSplit_atMostSoOften_hasOnePartMoreAndTheirCounts() {
        ImportedModel model = text("StringSplit", List.of("parts", "n"), integer("maxsplit", 2));

        assertTensor(model.graph().outputs().get(0), ElementType.STRING, "[4, 3, 3]");
        assertTensor(model.graph().outputs().get(1), ElementType.INT64, "[4, 3]");
        assertThat(model.notices()).anyMatch(notice -> notice.contains("the greatest possible length is taken"));
    }

    @Test
    void stringSplit_anyNumber_isOpen() {
        ImportedModel model = text("StringSplit", List.of("parts", "n"));

        assertThat(model.notices()).isNotEmpty();
    }

    @Test
    void stringNormalizer_mayLeaveWordsOut() {
        ImportedModel model = text("StringNormalizer", List.of("y"));

        assertTensor(model.graph().outputs().get(0), ElementType.STRING, "[4, 3]");
        assertThat(model.notices()).anyMatch(notice -> notice.contains("the greatest possible length is taken"));
    }
}
