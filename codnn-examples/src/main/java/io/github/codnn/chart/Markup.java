package io.github.codnn.chart;

import io.github.codnn.text.ControlCharacters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * HTML or SVG under construction. Texts and values of attributes are escaped, so that a name from a file is always
 * shown and never becomes an element, an attribute or a script. Names of elements and attributes are not checked: they
 * must come from the program. Not thread-safe.
 */
public final class Markup {

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param element its name
     * @param attributes names and values in turn; doubles are written with two digits after the point at most
     * @return this markup
     */
    public Markup open(String element, Object... attributes) {
        tag(element, attributes);
        text.append('>');
        open.push(element);
        return this;
    }

    /**
     * Ends the element that was begun last.
     *
     * @return this markup
     */
    public Markup close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    /**
     * Adds an element of SVG without content.
     *
     * @param element its name
     * @param attributes names and values in turn
     * @return this markup
     */
    public Markup empty(String element, Object... attributes) {
        tag(element, attributes);
        text.append("/>");
        return this;
    }

    /**
     * Adds an element with a text.
     *
     * @param element its name
     * @param words the text
     * @param attributes names and values in turn
     * @return this markup
     */
    public Markup element(String element, String words, Object... attributes) {
        return open(element, attributes).text(words).close();
    }

    /**
     * Adds a text.
     *
     * @param words the text
     * @return this markup
     */
    public Markup text(String words) {
        text.append(escaped(words));
        return this;
    }

    /**
     * Adds markup as it is.
     *
     * @param trusted markup that holds no name from a file, or whose names are escaped
     * @return this markup
     */
    public Markup raw(String trusted) {
        text.append(trusted);
        return this;
    }

    private void tag(String element, Object... attributes) {
        text.append('<').append(element);
        for (int index = 0; index < attributes.length; index += 2) {
            String value = attributes[index + 1] instanceof Double number
                    ? number(number)
                    : escaped(attributes[index + 1].toString());
            text.append(' ')
                    .append(attributes[index])
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
    }

    /**
     * Renders a coordinate.
     *
     * @param value the coordinate
     * @return it with two digits after the point at most
     */
    public static String number(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
    }

    /**
     * Escapes a text for HTML and XML, within elements and attributes in quotes. Characters that are invisible, or
     * that change the direction of writing, become visible as their codes.
     *
     * @param words any text
     * @return the text without markup
     */
    public static String escaped(String words) {
        StringBuilder escaped = new StringBuilder(words.length() + 8);
        ControlCharacters.shown(words).codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    /** Returns the markup so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
