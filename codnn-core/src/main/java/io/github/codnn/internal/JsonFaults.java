package io.github.codnn.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a JSON document, without the names of the parser's classes and settings. */
final class JsonFaults {

    private static final Pattern TOKEN = Pattern.compile("(?s)Unrecognized token '(.*?)'.*");

    /** An addition that names a class or a setting, in brackets or after a colon. */
    private static final Pattern INTERNAL = Pattern.compile(
            "(?s)\\s*(\\((for|start|through)[^)]*\\)|\\[Source[^]]*]|\\(?(use|enable|by) [A-Za-z`.]*Feature.*)");

    private JsonFaults() {}

    /** Says what is wrong with the syntax. */
    static String fault(String message) {
        if (message.startsWith("Unexpected end-of-input")) {
            return "it ends too early, inside of an object, a list or a text";
        }
        Matcher token = TOKEN.matcher(message);
        if (token.matches()) {
            return "'" + token.group(1) + "' is no value; a text needs quotation marks";
        }
        String plain = INTERNAL.matcher(message).replaceAll("");
        return plain.contains("Feature") ? "this is not allowed in JSON" : plain;
    }

    /** Says which limit is exceeded. */
    static String limit(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("nesting depth")) {
            return "its objects and lists are nested too deeply";
        }
        if (lower.contains("number")) {
            return "a number has too many digits";
        }
        return lower.contains("name length") || lower.contains("string") ? "a text is too long" : "it is too long";
    }
}
