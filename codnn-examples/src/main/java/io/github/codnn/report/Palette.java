package io.github.codnn.report;

/** Colours of devices. Each device has a number, too, because colours repeat and not everyone can tell them apart. */
final class Palette {

    private static final int COLOURS = 8;

    private Palette() {}

    /** Returns the CSS class of a colour. */
    static String cssClass(int index) {
        return "c" + index % COLOURS;
    }
}
