package io.github.codnn.onnx;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Ways to damage a file, as a disk, a network or an enemy would. */
enum OnnxMutation {
    TRUNCATE {
        @Override
        byte[] apply(byte[] file, RandomGenerator random) {
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    },
    FLIP {
        @Override
        byte[] apply(byte[] file, RandomGenerator random) {
            byte[] flipped = file.clone();
            for (int count = 1 + random.nextInt(8); count > 0; count--) {
                flipped[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return flipped;
        }
    },
    SPLICE {
        @Override
        byte[] apply(byte[] file, RandomGenerator random) {
            int length = 1 + random.nextInt(Math.min(file.length, 4096));
            int from = random.nextInt(file.length - length + 1);
            return inserted(file, random.nextInt(file.length), Arrays.copyOfRange(file, from, from + length));
        }
    },
    CUT_OUT {
        @Override
        byte[] apply(byte[] file, RandomGenerator random) {
            int length = 1 + random.nextInt(Math.min(file.length - 1, 512));
            int from = random.nextInt(file.length - length);
            byte[] rest = Arrays.copyOf(file, file.length - length);
            System.arraycopy(file, from + length, rest, from, file.length - length - from);
            return rest;
        }
    },
    /** The numbers at which counts and lengths go wrong, in place of what was there. */
    HUGE_NUMBER {
        @Override
        byte[] apply(byte[] file, RandomGenerator random) {
            long[] numbers = {1L << 31, (1L << 31) - 1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 62, 1L << 20
            };
            byte[] changed = file.clone();
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                byte[] number = varint(numbers[random.nextInt(numbers.length)]);
                int at = random.nextInt(Math.max(1, file.length - number.length));
                System.arraycopy(number, 0, changed, at, Math.min(number.length, file.length - at));
            }
            return changed;
        }
    },
    /** A dimension put where some message begins. */
    NEGATIVE_DIMENSION {
        @Override
        byte[] apply(byte[] file, RandomGenerator random) {
            return replacedAfter(file, random, (byte) 0x08, varint(-1 - random.nextInt(1 << 20)));
        }
    },
    /** Names made equal to each other: cycles, tensors written twice, tensors of the wrong shape. */
    SAME_NAMES {
        @Override
        byte[] apply(byte[] file, RandomGenerator random) {
            byte[] changed = file.clone();
            for (int tries = 0; tries < 64; tries++) {
                int a = random.nextInt(file.length - 1);
                int b = random.nextInt(file.length - 1);
                int length = file[a] & 0x7f;
                if (a != b && isName(file, a) && isName(file, b) && file[b] == file[a]) {
                    System.arraycopy(file, a + 1, changed, b + 1, length);
                }
            }
            return changed;
        }
    },
    /** Graphs in attributes of nodes of graphs, deeper than any stack. */
    DEEP_NESTING {
        @Override
        byte[] apply(byte[] file, RandomGenerator random) {
            byte[] inner = {0x22, 2, 'I', 'f'};
            for (int depth = 10 + random.nextInt(2000); depth > 0; depth--) {
                inner = message(random.nextBoolean() ? 0x0a : 0x32, inner);
                inner = message(0x2a, inner);
            }
            return inserted(file, file.length, message(0x3a, message(0x0a, inner)));
        }
    };

    abstract byte[] apply(byte[] file, RandomGenerator random);

    static byte[] inserted(byte[] file, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(file, file.length + more.length);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(file, at, longer, at + more.length, file.length - at);
        return longer;
    }

    static byte[] message(int tag, byte[] content) {
        byte[] length = varint(content.length);
        byte[] message = new byte[1 + length.length + content.length];
        message[0] = (byte) tag;
        System.arraycopy(length, 0, message, 1, length.length);
        System.arraycopy(content, 0, message, 1 + length.length, content.length);
        return message;
    }

    static byte[] varint(long number) {
        byte[] bytes = new byte[10];
        int length = 0;
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] replacedAfter(byte[] file, RandomGenerator random, byte tag, byte[] number) {
        byte[] changed = file.clone();
        int start = random.nextInt(file.length);
        for (int i = 0; i < file.length; i++) {
            int at = (start + i) % file.length;
            if (file[at] == tag && at + 1 + number.length <= file.length) {
                System.arraycopy(number, 0, changed, at + 1, number.length);
                return changed;
            }
        }
        return changed;
    }

    private static boolean isName(byte[] file, int at) {
        int length = file[at];
        if (length < 1 || length > 64 || at + 1 + length > file.length) {
            return false;
        }
        for (int i = at + 1; i <= at + length; i++) {
            if (file[i] < '!' || file[i] > '~') {
                return false;
            }
        }
        return true;
    }
}
