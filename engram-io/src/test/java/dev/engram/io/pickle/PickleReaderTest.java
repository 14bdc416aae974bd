package dev.engram.io.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The hexadecimal texts were made by Python 3 with NumPy 2.4.6:
 * {@code pickle.dumps({'data': np.arange(6, dtype='u1').reshape(2, 3), 'labels': [3, 4]}, protocol=p).hex()}.
 */
class PickleReaderTest {
    private static final String PROTOCOL_4 =
            "800495ad000000000000007d94288c0464617461948c166e756d70792e5f636f72652e6d756c74696172726179"
                    + "948c0c5f7265636f6e7374727563749493948c056e756d7079948c076e6461727261799493944b008594430162"
                    + "9487945294284b014b024b03869468058c0564747970659493948c02753194898887945294284b038c017c944e"
                    + "4e4e4affffffff4affffffff4b00749462894306000102030405947494628c066c6162656c73945d94284b034b"
                    + "0465752e";

    private static PickledArray read(String hex) {
        return new PickleReader("batch", HexFormat.of().parseHex(hex)).readArray("data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // protocol 0
                "286470300a56646174610a70310a636e756d70792e5f636f72652e6d756c746961727261790a5f7265636f6e73"
                        + "74727563740a70320a28636e756d70790a6e6461727261790a70330a2849300a7470340a635f636f646563730a"
                        + "656e636f64650a70350a2856620a70360a566c6174696e310a70370a7470380a5270390a747031300a52703131"
                        + "0a2849310a2849320a49330a747031320a636e756d70790a64747970650a7031330a285675310a7031340a4930"
                        + "300a4930310a747031350a527031360a2849330a567c0a7031370a4e4e4e492d310a492d310a49300a74703138"
                        + "0a624930300a67350a28565c753030303001020304050a7031390a67370a747032300a527032310a747032320a"
                        + "6273566c6162656c730a7032330a286c7032340a49330a6149340a61732e",
                // protocol 1
                "7d7100285804000000646174617101636e756d70792e5f636f72652e6d756c746961727261790a5f7265636f6e"
                        + "7374727563740a710228636e756d70790a6e6461727261790a7103284b00747104635f636f646563730a656e63"
                        + "6f64650a710528580100000062710658060000006c6174696e31710774710852710974710a52710b284b01284b"
                        + "024b0374710c636e756d70790a64747970650a710d2858020000007531710e4930300a4930310a74710f527110"
                        + "284b0358010000007c71114e4e4e4affffffff4affffffff4b00747112624930300a6805285806000000000102"
                        + "030405711368077471145271157471166258060000006c6162656c7371175d7118284b034b0465752e",
                // protocol 2
                "80027d7100285804000000646174617101636e756d70792e5f636f72652e6d756c746961727261790a5f726563"
                        + "6f6e7374727563740a7102636e756d70790a6e6461727261790a71034b00857104635f636f646563730a656e63"
                        + "6f64650a7105580100000062710658060000006c6174696e31710786710852710987710a52710b284b014b024b"
                        + "0386710c636e756d70790a64747970650a710d58020000007531710e898887710f527110284b0358010000007c"
                        + "71114e4e4e4affffffff4affffffff4b0074711262896805580600000000010203040571136807867114527115"
                        + "7471166258060000006c6162656c7371175d7118284b034b0465752e",
                // protocol 3
                "80037d7100285804000000646174617101636e756d70792e5f636f72652e6d756c746961727261790a5f726563"
                        + "6f6e7374727563740a7102636e756d70790a6e6461727261790a71034b00857104430162710587710652710728"
                        + "4b014b024b03867108636e756d70790a64747970650a710958020000007531710a898887710b52710c284b0358"
                        + "010000007c710d4e4e4e4affffffff4affffffff4b0074710e62894306000102030405710f7471106258060000"
                        + "006c6162656c7371115d7112284b034b0465752e",
                PROTOCOL_4,
                // protocol 5
                "80059598000000000000007d94288c0464617461948c136e756d70792e5f636f72652e6e756d65726963948c0b"
                        + "5f66726f6d62756666657294939428960600000000000000000102030405948c056e756d7079948c0564747970"
                        + "659493948c02753194898887945294284b038c017c944e4e4e4affffffff4affffffff4b007494624b024b0386"
                        + "948c014394749452948c066c6162656c73945d94284b034b0465752e"
            })
    void everyProtocolGivesTheArray(String hex) {
        PickledArray array = read(hex);

        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.dtype().isUint8()).isTrue();
        assertThat(array.fortranOrder()).isFalse();
        assertThat(array.bytes()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void fortranOrderAndBytesAsKeysAreSeen() {
        // {b'data': np.asfortranarray(...), b'labels': [3, 4]}, protocol 2
        PickledArray array =
                read("80027d710028635f636f646563730a656e636f64650a7101580400000064617461710258060000006c6174696e"
                        + "317103867104527105636e756d70792e5f636f72652e6d756c746961727261790a5f7265636f6e737472756374"
                        + "0a7106636e756d70790a6e6461727261790a71074b0085710868015801000000627109680386710a52710b8771"
                        + "0c52710d284b014b024b0386710e636e756d70790a64747970650a710f58020000007531711089888771115271"
                        + "12284b0358010000007c71134e4e4e4affffffff4affffffff4b00747114628868015806000000000301040205"
                        + "7115680386711652711774711862680158060000006c6162656c737119680386711a52711b5d711c284b034b04"
                        + "65752e");

        assertThat(array.fortranOrder()).isTrue();
        assertThat(array.bytes()).containsExactly(0, 3, 1, 4, 2, 5);
    }

    @Test
    void systemCallIsRefusedByName() {
        // class E: __reduce__ = lambda self: (os.system, ('echo evil',)); pickle.dumps({'data': E()}, protocol=2)
        String evil = "80027d7100580400000064617461710163706f7369780a73797374656d0a71025809000000"
                + "6563686f206576696c7103857104527105732e";

        assertThatThrownBy(() -> read(evil))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("posix.system")
                .hasMessageContaining("nothing is run");
    }

    @Test
    void instructionNobodyNeedsIsNamed() {
        // pickle.dumps({'data': {1, 2}}, protocol=4): EMPTY_SET is 0x8f
        String set = "80049513000000000000007d948c0464617461948f94284b014b0290732e";

        assertThatThrownBy(() -> read(set)).isInstanceOf(InputException.class).hasMessageContaining("0x8f");
    }

    @Test
    void truncationAtEveryLengthIsReported() {
        byte[] whole = HexFormat.of().parseHex(PROTOCOL_4);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> new PickleReader("batch", part).readArray("data"))
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void damageNeverEndsInAnythingButAClearError() {
        Random random = new Random(20_261_122);
        byte[] whole = HexFormat.of().parseHex(PROTOCOL_4);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(new PickleReader("batch", damaged).readArray("data").bytes())
                        .isNotNull();
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("batch");
            }
        }
    }

    @Test
    void listThatHoldsItselfDoesNoHarm() {
        // l = []; l.append(l); {l: 1} by hand: EMPTY_DICT, EMPTY_LIST, memo, append itself, as a key
        assertThatThrownBy(() -> read("80027d5d71006800614b01732e")).isInstanceOf(InputException.class);
        // ... and as a module name for STACK_GLOBAL
        assertThatThrownBy(() -> read("80045d7100680061680093" + "2e")).isInstanceOf(InputException.class);
    }
}
