package io.github.codnn.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Crc32cTest {

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    @Property(tries = 300, seed = "14")
    void join_twoParts_isTheChecksumOfBoth(
            @ForAll @Size(max = 300) byte[] first, @ForAll @Size(max = 300) byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        assertThat(Crc32c.join(checksum(first), checksum(second), second.length))
                .isEqualTo(checksum(both));
    }

    /** The check value of RFC 3720 for 32 bytes of zeros, joined from two halves, and a length beyond 32 bits. */
    @Test
    void join_zeros_givesKnownValues() {
        int half = checksum(new byte[16]);
        int whole = Crc32c.join(half, half, 16);
        int large = checksum(new byte[0]);
        int part = whole;
        long length = 32;
        for (int doubling = 0; doubling < 30; doubling++) {
            part = Crc32c.join(part, part, length);
            length *= 2;
        }
        large = Crc32c.join(large, part, length);

        assertThat(whole).isEqualTo(0x8A9136AA);
        assertThat(FileDigest.text(whole)).isEqualTo("crc32c:8a9136aa");
        assertThat(Crc32c.join(whole, large, length)).isEqualTo(Crc32c.join(large, whole, 32));
    }
}
