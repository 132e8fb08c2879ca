package io.github.codnn.chainsearch;

import java.util.Optional;

/** Sets of devices as numbers of mixed radix; each digit is the number of devices of one class. */
public final class DeviceSets {

    private static final int MOST = 1 << 22;

    public final int all; // the set of all devices, and the greatest of all sets
    public final int[] stride; // [class] the number that one device of it adds to the code of a set
    final int[] classes; // [set] those with a device in it, as bits
    public final int[] size; // [set] number of devices
    private final int[] count; // [class]

    /** Returns the sets if they are few enough to keep a number for each. */
    public static Optional<DeviceSets> of(ChainModel model) {
        long sets = 1;
        for (int ofClass : model.count) {
            sets = Math.min(Integer.MAX_VALUE, sets * (ofClass + 1));
        }
        return sets <= MOST ? Optional.of(new DeviceSets(model)) : Optional.empty();
    }

    private DeviceSets(ChainModel model) {
        stride = new int[model.classes];
        count = model.count;
        int sets = 1;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            stride[deviceClass] = sets;
            sets *= model.count[deviceClass] + 1;
        }
        all = sets - 1;
        classes = new int[sets];
        size = new int[sets];
        int known = 1; // sets of the classes before
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            for (int set = known; set < known * (model.count[deviceClass] + 1); set++) {
                classes[set] = classes[set - known] | 1 << deviceClass;
                size[set] = size[set - known] + 1;
            }
            known *= model.count[deviceClass] + 1;
        }
    }

    /** Returns how many devices of a class are in a set. */
    public int used(int set, int deviceClass) {
        return set / stride[deviceClass] % (count[deviceClass] + 1);
    }

    /** Tells whether a device of a class is in a set. */
    public boolean contains(int set, int deviceClass) {
        return (classes[set] >>> deviceClass & 1) != 0;
    }
}
