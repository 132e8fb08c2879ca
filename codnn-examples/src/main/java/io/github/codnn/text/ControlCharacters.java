package io.github.codnn.text;

/** Makes characters visible that would command a terminal. Names in files may hold any. */
public final class ControlCharacters {

    private ControlCharacters() {}

    /**
     * Returns a text with each control, format or separator character and each half of a surrogate pair without the
     * other written as its code, such as {@code \\u001b}.
     *
     * @param text any text
     * @return the text as a terminal may print it
     */
    public static String shown(String text) {
        if (text.codePoints().noneMatch(ControlCharacters::isHidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (isHidden(point)) {
                for (char character : Character.toChars(point)) {
                    shown.append(String.format("\\u%04x", (int) character));
                }
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
