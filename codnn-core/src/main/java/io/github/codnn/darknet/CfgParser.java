package io.github.codnn.darknet;

import io.github.codnn.CodnnException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the text of a Darknet cfg file apart into sections. */
final class CfgParser {

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private CfgParser() {}

    static List<CfgSection> parse(String file, String text) {
        List<CfgSection> sections = new ArrayList<>();
        String[] lines = LINE_END.split(text.startsWith("\uFEFF") ? text.substring(1) : text, -1);
        for (int i = 0; i < lines.length; i++) {
            // Darknet drops white space wherever it stands.
            String line = SPACE.matcher(uncommented(lines[i])).replaceAll("");
            if (line.startsWith("[")) {
                sections.add(section(file, line, i + 1));
            } else if (!line.isEmpty()) {
                option(file, line, i + 1, sections);
            }
        }
        return sections;
    }

    private static String uncommented(String line) {
        String text = line.stripLeading();
        if (text.isEmpty() || text.charAt(0) == ';' || text.charAt(0) == '\0') {
            return "";
        }
        int comment = text.indexOf('#');
        return comment < 0 ? text : text.substring(0, comment);
    }

    private static CfgSection section(String file, String line, int at) {
        if (!line.endsWith("]") || line.length() < 3) {
            throw new CodnnException(
                    file + ", line " + at + ": '" + CfgSection.quoted(line) + "' is not a section name in brackets");
        }
        return new CfgSection(line.substring(1, line.length() - 1), at);
    }

    private static void option(String file, String line, int at, List<CfgSection> sections) {
        int equals = line.indexOf('=');
        if (equals <= 0) {
            throw new CodnnException(file + ", line " + at + ": '" + CfgSection.quoted(line)
                    + "' is neither a [section] nor an option as in key=value");
        }
        if (sections.isEmpty()) {
            throw new CodnnException(file + ", line " + at + ": option '" + CfgSection.quoted(line)
                    + "' stands before the first section, which must be [net]");
        }
        sections.get(sections.size() - 1).put(line.substring(0, equals), line.substring(equals + 1), at);
    }
}
