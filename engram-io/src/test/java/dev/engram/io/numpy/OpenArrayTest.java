package dev.engram.io.numpy;

import static dev.engram.io.TestFiles.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class OpenArrayTest {
    /** The first two rows of the array [[1, 2], [3, 4], [5, 6]] of bytes. */
    private static OpenArray twoRows(InputStream in) {
        return OpenArray.of("a.bin", NpyType.UINT8, ByteOrder.LITTLE_ENDIAN, new int[] {3, 2}, 2, in);
    }

    private static ByteArrayInputStream data(int... values) {
        return new ByteArrayInputStream(bytes(values));
    }

    @Test
    void rowsComeOneAfterTheOther() throws Exception {
        OpenArray array = twoRows(data(1, 2, 3, 4, 5, 6));

        assertThat(array.type()).isEqualTo(NpyType.UINT8);
        assertThat(array.shape()).containsExactly(2, 2);
        assertThat(array.isInRows()).isTrue();
        assertThat(array.isTaken()).isFalse();
        assertThat(array.next(1)).containsExactly(1, 2);
        assertThat(array.isTaken()).isTrue();
        assertThat(array.next(1)).containsExactly(3, 4);
    }

    @Test
    void anArrayInFortranOrderIsNotInRowsUnlessItHasOneDimension() {
        for (int[] shape : new int[][] {{3, 2}, {6}, {}}) {
            NpyHeader header = new NpyHeader(NpyType.UINT8, ByteOrder.LITTLE_ENDIAN, true, shape, 0);

            assertThat(OpenArray.of("a.npy", header, 2, data()).isInRows()).isEqualTo(shape.length < 2);
        }
    }

    @Test
    void moreRowsThanThereAreGiveThoseThereAre() throws Exception {
        OpenArray array = OpenArray.of("a.bin", NpyType.INT8, ByteOrder.LITTLE_ENDIAN, new int[] {2}, 3, data(1, 0xff));

        assertThat(array.all()).isEqualTo(new NpyArray(NpyType.INT8, new int[] {2}, new float[] {1, -1}));
    }

    @Test
    void theRestIsReadWhereAnythingWasTaken() throws Exception {
        ByteArrayInputStream in = data(1, 2, 3, 4, 5, 6);

        assertThat(twoRows(in).<float[]>used(a -> a.next(1))).containsExactly(1, 2);
        assertThat(in.available()).isZero();
    }

    @Test
    void nothingIsReadWhereNothingWasTaken() throws Exception {
        ByteArrayInputStream in = data(1, 2, 3);

        assertThat(twoRows(in).<int[]>used(OpenArray::shape)).containsExactly(2, 2);
        assertThat(in.available()).isEqualTo(3);
    }

    @Test
    void aStreamOfAnotherLengthThanTheArrayIsRefused() {
        assertThatThrownBy(() -> twoRows(data(1, 2, 3, 4, 5)).used(OpenArray::all))
                .isInstanceOf(InputException.class)
                .hasMessage("a.bin is truncated: its data ends early. Maybe copy or download it again.");
        assertThatThrownBy(() -> twoRows(data(1, 2, 3, 4, 5, 6, 0)).used(OpenArray::all))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.bin goes on after the 6 values that its header promises");
    }
}
