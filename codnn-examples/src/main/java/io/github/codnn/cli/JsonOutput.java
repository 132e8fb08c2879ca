package io.github.codnn.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;

/** Writes the one JSON document of a command. */
final class JsonOutput {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final DefaultIndenter SAME_ON_ALL_SYSTEMS = new DefaultIndenter("  ", "\n");

    private JsonOutput() {}

    /** Starts a document. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Takes a document into another. */
    static ObjectNode parse(String document) {
        try {
            return (ObjectNode) MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A document that was just written cannot fail to be read", e);
        }
    }

    /** Renders a document. JSON has no infinity and no NaN: null is written instead. */
    static String render(ObjectNode document) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = MAPPER.createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(SAME_ON_ALL_SYSTEMS));
            MAPPER.writeTree(new FiniteNumbers(generator), document);
        } catch (IOException e) {
            throw new IllegalStateException("A tree of plain values cannot fail to be written", e);
        }
        return text.toString();
    }

    private static final class FiniteNumbers extends JsonGeneratorDelegate {

        FiniteNumbers(JsonGenerator generator) {
            super(generator);
        }

        @Override
        public void writeNumber(double value) throws IOException {
            if (Double.isFinite(value)) {
                super.writeNumber(value);
            } else {
                writeNull();
            }
        }
    }
}
