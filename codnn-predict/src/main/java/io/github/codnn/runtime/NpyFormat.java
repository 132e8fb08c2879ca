package io.github.codnn.runtime;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** NumPy's file of one array: a magic word, a version, and a Python dictionary before the elements. */
final class NpyFormat {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int MAX_HEADER = 1 << 16;

    private static final Map<String, ElementType> TYPES = Map.ofEntries(
            Map.entry("<f8", ElementType.FLOAT64),
            Map.entry("<f4", ElementType.FLOAT32),
            Map.entry("<f2", ElementType.FLOAT16),
            Map.entry("<i8", ElementType.INT64),
            Map.entry("<i4", ElementType.INT32),
            Map.entry("<i2", ElementType.INT16),
            Map.entry("|i1", ElementType.INT8),
            Map.entry("<u8", ElementType.UINT64),
            Map.entry("<u4", ElementType.UINT32),
            Map.entry("<u2", ElementType.UINT16),
            Map.entry("|u1", ElementType.UINT8),
            Map.entry("|b1", ElementType.BOOL),
            Map.entry("<c8", ElementType.COMPLEX64),
            Map.entry("<c16", ElementType.COMPLEX128));

    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]{1,64})['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9L,\\s]*)\\)");

    private NpyFormat() {}

    static TensorValue parse(byte[] content, String name) {
        if (content.length < 10 || !Arrays.equals(MAGIC, Arrays.copyOf(content, MAGIC.length))) {
            throw new IllegalArgumentException("is no .npy file: it does not begin with its magic word");
        }
        boolean isLong = content[6] >= 2;
        int start = isLong ? 12 : 10;
        long length = (content[8] & 0xFF) | (content[9] & 0xFF) << 8;
        if (isLong && content.length >= start) {
            length |= (long) (content[10] & 0xFF) << 16 | (long) (content[11] & 0xFF) << 24;
        }
        if (length > MAX_HEADER || start + length > content.length) {
            throw new IllegalArgumentException("states a header of " + length + " bytes, but has " + content.length
                    + " bytes in all. Maybe it was cut off");
        }
        int data = start + (int) length;
        String header = new String(content, start, (int) length, StandardCharsets.UTF_8);
        Tensor tensor = new Tensor(name, shape(header), type(header));
        if (tensor.bytes() != content.length - data) {
            throw new IllegalArgumentException("states " + tensor.type() + " " + tensor.shape() + " of "
                    + tensor.bytes() + " bytes, but holds " + (content.length - data) + " bytes of elements");
        }
        if (tensor.shape().rank() > 1 && field(ORDER, header, "fortran_order").equals("True")) {
            throw new IllegalArgumentException(
                    "is in Fortran order, column by column. Save numpy.ascontiguousarray(array) in its place");
        }
        return TensorValue.owning(tensor, Arrays.copyOfRange(content, data, content.length));
    }

    private static ElementType type(String header) {
        String text = field(TYPE, header, "descr");
        ElementType type = TYPES.get(text);
        if (type == null) {
            throw new IllegalArgumentException("has elements of NumPy type '" + text + "', but must have one of "
                    + TYPES.keySet().stream().sorted().toList());
        }
        return type;
    }

    private static TensorShape shape(String header) {
        List<Long> dimensions = new ArrayList<>();
        for (String part : field(SHAPE, header, "shape").replace("L", "").split(",", -1)) {
            if (!part.isBlank()) {
                try {
                    dimensions.add(Long.parseLong(part.strip()));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("states a dimension of '" + part.strip() + "'", e);
                }
            }
        }
        return new TensorShape(dimensions);
    }

    private static String field(Pattern pattern, String header, String name) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IllegalArgumentException("has no usable field '" + name + "' in its .npy header");
        }
        return matcher.group(1);
    }

    static byte[] header(Tensor tensor) {
        String shape = tensor.shape().dimensions().stream()
                .map(dimension -> dimension + ",")
                .collect(Collectors.joining(" ", "(", ")"));
        String text = "{'descr': '" + numpyType(tensor) + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int unpadded = 10 + text.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        byte[] dictionary = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] header = Arrays.copyOf(MAGIC, 10 + dictionary.length);
        header[6] = 1;
        header[8] = (byte) dictionary.length;
        header[9] = (byte) (dictionary.length >> 8);
        System.arraycopy(dictionary, 0, header, 10, dictionary.length);
        return header;
    }

    private static String numpyType(Tensor tensor) {
        Optional<String> text = TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == tensor.type())
                .map(Map.Entry::getKey)
                .findFirst();
        return text.orElseThrow(() -> new IllegalArgumentException(
                "NumPy has no type for the " + tensor.type() + " of '" + tensor.name() + "'. Write a .pb file"));
    }
}
