package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A report as a test reads it: apart from style and script it is XML. */
final class ReportFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String html;
    private final Document document;

    private ReportFile(String html, Document document) {
        this.html = html;
        this.document = document;
    }

    static ReportFile read(Path file) throws Exception {
        String html = Files.readString(file);
        String xml = html.replaceFirst("(?s)<style>.*?</style>", "").replaceFirst("(?s)<script>.*?</script>", "");
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.replace("<!DOCTYPE html>", ""))));
        return new ReportFile(html, document);
    }

    String html() {
        return html;
    }

    String text() {
        return document.getDocumentElement().getTextContent();
    }

    List<Element> elements(String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }

    /** Lists the names of all attributes of all elements. */
    List<String> attributes() {
        List<String> names = new ArrayList<>();
        for (Element element : elements("*")) {
            NamedNodeMap attributes = element.getAttributes();
            for (int index = 0; index < attributes.getLength(); index++) {
                names.add(attributes.item(index).getNodeName());
            }
        }
        return names;
    }

    /** Checks each figure that names its place in the JSON document, and returns how many there are. */
    int checkFigures(String json) throws Exception {
        JsonNode root = MAPPER.readTree(json);
        int count = 0;
        for (Element data : elements("data")) {
            String pointer = data.getAttribute("data-json");
            if (!pointer.isEmpty()) {
                JsonNode node = root.at(pointer);
                assertThat(node.isNumber()).as(pointer + " is a number").isTrue();
                assertThat(Double.parseDouble(data.getAttribute("value")))
                        .as(pointer)
                        .isEqualTo(node.asDouble());
                count++;
            }
        }
        return count;
    }
}
