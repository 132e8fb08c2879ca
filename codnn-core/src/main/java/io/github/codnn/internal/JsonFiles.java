package io.github.codnn.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes whole JSON documents strictly: one document, no duplicate keys, limited size. */
public final class JsonFiles {

    /** Twenty times the size of ten thousand layers measured on ten kinds of device. */
    private static final long MAX_BYTES = 64L << 20;

    // The parser accepts NaN and Infinity so that the check of their field can name it.
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_BYTES)
                            .maxNestingDepth(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    // The shortest digits that are read back exactly, equal on every version of Java.
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .build();

    private static final ObjectWriter WRITER =
            MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private JsonFiles() {}

    /**
     * Starts a document.
     *
     * @return an empty object
     */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads a file of at most 64 MiB.
     *
     * @param file the file
     * @return its document
     * @throws CodnnException if the file cannot be read or is not one JSON document
     */
    public static JsonField read(Path file) {
        String document = file.toString();
        try (InputStream stream = Files.newInputStream(file)) {
            if (Files.isDirectory(file)) {
                throw new CodnnException(document + ": is a directory, not a JSON file");
            }
            return parse(document, MAPPER.getFactory().createParser(stream));
        } catch (NoSuchFileException e) {
            throw new CodnnException(document + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new CodnnException(document + ": this program may not read the file", e);
        } catch (IOException e) {
            throw new CodnnException(document + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a text of at most 64 MiB.
     *
     * @param document the name of the text, for messages
     * @param text the text
     * @return its document
     * @throws CodnnException if the text is not one JSON document
     */
    public static JsonField parse(String document, String text) {
        try {
            return parse(document, MAPPER.getFactory().createParser(text));
        } catch (IOException e) {
            throw new CodnnException(document + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static JsonField parse(String document, JsonParser parser) throws IOException {
        try (parser) {
            JsonNode root = MAPPER.readTree(parser);
            if (root == null || root.isMissingNode()) {
                throw new CodnnException(document + ": is empty, but must be a JSON document");
            }
            if (parser.nextToken() != null) {
                throw new CodnnException(document + ": line "
                        + parser.currentTokenLocation().getLineNr() + ": something follows the end of the document");
            }
            return new JsonField(document, "", root);
        } catch (StreamConstraintsException e) {
            throw new CodnnException(
                    document + ": is larger or nested more deeply than any plan needs: "
                            + JsonFaults.limit(String.valueOf(e.getOriginalMessage())),
                    e);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr() + ":";
            throw new CodnnException(
                    document + ":" + line + " is not valid JSON: "
                            + JsonFaults.fault(String.valueOf(e.getOriginalMessage())) + column(e) + hint(e),
                    e);
        }
    }

    private static String column(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
    }

    /** A digit where the name of a field must begin stands behind a decimal comma. */
    private static String hint(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        return message.matches("(?s)Unexpected character \\('\\d'.*double-quote to start field name.*")
                ? ". Write numbers with a point, not with a decimal comma"
                : "";
    }

    /**
     * Renders a document. JSON has no infinity and no NaN: null is written instead.
     *
     * @param document the document
     * @return its text, which ends in a line break
     */
    public static String text(JsonNode document) {
        try {
            return WRITER.writeValueAsString(finite(document)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values cannot fail to be written", e);
        }
    }

    private static JsonNode finite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(finite(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, finite(array.get(index)));
            }
        }
        return node.isDouble() && !Double.isFinite(node.doubleValue()) ? NullNode.getInstance() : node;
    }

    /**
     * Writes a document atomically.
     *
     * @param document the document
     * @param file the file, replaced if it exists
     * @throws CodnnException if the file cannot be written
     */
    public static void write(JsonNode document, Path file) {
        byte[] bytes = text(document).getBytes(StandardCharsets.UTF_8);
        try {
            WholeFiles.write(file, bytes);
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be written: " + WholeFiles.reason(e), e);
        }
    }
}
