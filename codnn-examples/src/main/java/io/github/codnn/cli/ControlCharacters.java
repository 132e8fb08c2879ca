package io.github.codnn.cli;

/** Makes characters visible that would command a terminal. Names in files may hold any. */
final class ControlCharacters {

    private ControlCharacters() {}

    /** Returns a text with each control or format character written as its code point, such as {@code \\u001b}. */
    static String shown(String text) {
        if (text.chars().noneMatch(ControlCharacters::isHidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(character -> {
            if (isHidden(character)) {
                shown.append(String.format("\\u%04x", character));
            } else {
                shown.append((char) character);
            }
        });
        return shown.toString();
    }

    private static boolean isHidden(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }
}
