package io.github.codnn.onnx;

import java.util.Locale;

/** Names of stages and their files. The number makes names unique, whatever the devices are called. */
final class StageNames {

    private static final int MAX_DEVICE_CHARACTERS = 60;

    private StageNames() {}

    static String stage(int index) {
        return "stage-" + (index + 1);
    }

    /** A file name that is safe on every file system. */
    static String file(int index, String device) {
        String stage = stage(index);
        if (device.equals(stage)) {
            return stage + ".onnx";
        }
        String safe = device.replaceAll("[^A-Za-z0-9._-]", "_").toLowerCase(Locale.ROOT);
        return stage + "-" + safe.substring(0, Math.min(safe.length(), MAX_DEVICE_CHARACTERS)) + ".onnx";
    }
}
