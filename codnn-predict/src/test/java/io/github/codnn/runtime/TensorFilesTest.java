package io.github.codnn.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFilesTest {

    private static final long LIMIT = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT8", "FLOAT4", "INT4", "UINT4", "INT2", "UINT2", "STRING"},
            mode = EnumSource.Mode.EXCLUDE)
    void protobuf_ofEveryType_comesBackAsWritten(ElementType type) {
        TensorValue value = counting(new Tensor("x", TensorShape.of(2, 3), type));

        assertThat(roundTrip(value, "a.pb")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32,'2,3'", "FLOAT64,'4'", "INT64,''", "UINT8,'0,7'", "BOOL,'1,1,1'", "COMPLEX64,'3'"})
    void numpy_ofAnyShape_comesBackWithTheNameOfTheFile(ElementType type, String extents) {
        long[] dimensions = Arrays.stream(extents.split(","))
                .filter(text -> !text.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        TensorValue value = counting(new Tensor("image", TensorShape.of(dimensions), type));

        assertThat(roundTrip(value, "image.npy")).isEqualTo(value);
    }

    @Test
    void numpy_ofAnotherWriter_isRead() throws IOException {
        byte[] elements = {1, 0, 0, 0, 2, 0, 0, 0};
        Path file = npy("{\"descr\":\"<i4\",\"fortran_order\":False,\"shape\":(2L,)}\n", elements);

        assertThat(TensorFiles.read(file, LIMIT).data().getInt(4)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1)} ; 4 ; Fortran order",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (1,)} ; 4 ; NumPy type '>f4'",
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,)} ; 8 ; NumPy type '|O'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)} ; 4 ; holds 4 bytes",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9)} ; 4 ; 2^63-1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)} ; 4 ; dimension",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)} ; 4 ; 'shape'",
                "{'descr': '<f4', 'fortran_order': False} ; 4 ; 'shape'",
                "nothing ; 4 ; 'shape'"
            })
    void numpy_thatCannotBeUsed_isRefusedByName(String header, int bytes, String reason) throws IOException {
        Path file = npy(header, new byte[bytes]);

        assertThatThrownBy(() -> TensorFiles.read(file, LIMIT))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void protobuf_withNumbersInsteadOfRawData_isRead() throws IOException {
        Message tensor = new Message().packed(1, 2).number(2, 5).packed(5, -1, 300);
        Path file = Files.write(folder.resolve("x.pb"), tensor.bytes());

        TensorValue value = TensorFiles.read(file, LIMIT);

        assertThat(value.tensor()).isEqualTo(new Tensor("x", TensorShape.of(2), ElementType.INT16));
        assertThat(value.data().getShort(0)).isEqualTo((short) -1);
        assertThat(value.data().getShort(2)).isEqualTo((short) 300);
    }

    @Test
    void protobuf_ofOnnxFiles_isRead() throws IOException {
        Path file = Files.write(
                folder.resolve("x.pb"),
                OnnxFile.zeros("w", OnnxFile.FLOAT, 3, 4).bytes());

        assertThat(TensorFiles.read(file, LIMIT)).isEqualTo(TensorValue.zeros(Tensor.float32("w", 3, 4)));
    }

    @Test
    void protobuf_thatCannotBeUsed_isRefusedByName() throws IOException {
        assertRefused(new Message().number(1, 2), "no data type");
        assertRefused(new Message().number(1, 1000000).number(2, 1), "has 4000000 bytes, but 0 are given");
        assertRefused(new Message().number(1, -1).number(2, 1), "zero or greater");
        assertRefused(new Message().text(6, "a").number(2, 8), "text");
        assertRefused(new Message().number(2, 99), "ONNX type 99");
        assertRefused(new Message().number(2, 1).text(13, "a"), "another file");
        assertRefused(new Message().packed(1, new long[65]).number(2, 1), "more than 64 dimensions");
    }

    private void assertRefused(Message tensor, String reason) throws IOException {
        Path file = Files.write(folder.resolve("bad.pb"), tensor.bytes());
        assertThatThrownBy(() -> TensorFiles.read(file, LIMIT))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void read_fileAboveTheLimit_isRefused() {
        TensorFiles.write(TensorValue.zeros(Tensor.float32("x", 100)), folder.resolve("x.npy"));

        assertThatThrownBy(() -> TensorFiles.read(folder.resolve("x.npy"), 527))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("has 528 bytes, more than the 527");
    }

    @ParameterizedTest
    @ValueSource(strings = {".npy", ".pb"})
    void read_fileOfChangedBytes_isRefusedOrRead(String ending) throws IOException {
        Path file = folder.resolve("x" + ending);
        TensorFiles.write(counting(Tensor.float32("x", 2, 3)), file);
        byte[] good = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int change = 0; bad.length > 0 && change < 3; change++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, bad);
            try {
                assertThat(TensorFiles.read(file, LIMIT).tensor().bytes()).isLessThanOrEqualTo(bad.length);
            } catch (CodnnException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 1999);
    }

    @Test
    void write_typeThatNumpyLacks_namesTheOtherFormat() {
        TensorValue value = TensorValue.zeros(new Tensor("x", TensorShape.of(1), ElementType.BFLOAT16));

        assertThatThrownBy(() -> TensorFiles.write(value, folder.resolve("x.npy")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("BFLOAT16")
                .hasMessageContaining(".pb");
        assertThat(folder.resolve("x.npy")).doesNotExist();
    }

    private TensorValue roundTrip(TensorValue value, String name) {
        Path file = folder.resolve(name);
        TensorFiles.write(value, file);
        return TensorFiles.read(file, LIMIT);
    }

    private Path npy(String header, byte[] elements) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0});
        out.write(text);
        out.write(elements);
        return Files.write(folder.resolve("x.npy"), out.toByteArray());
    }

    private static TensorValue counting(Tensor tensor) {
        byte[] bytes = new byte[(int) tensor.bytes()];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) (index + 1);
        }
        return TensorValue.of(tensor, bytes);
    }
}
