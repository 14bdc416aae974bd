package dev.engram.io.image;

import java.nio.file.Path;
import java.util.Comparator;

/** The order in which the pictures of a folder are taken. */
public enum NameOrder {
    /** Character by character: frame1, frame10, frame2. It does not depend on what else is there, and is that of sets of pictures. */
    CHARACTERS {
        @Override
        Comparator<Path> ofFiles() {
            return Comparator.naturalOrder();
        }
    },
    /** Digits that stand together are one number: frame1, frame2, frame10. It is that of frames that follow each other. */
    NUMBERS {
        @Override
        Comparator<Path> ofFiles() {
            return Comparator.comparing(file -> String.valueOf(file.getFileName()), NameOrder::compareNumbers);
        }
    };

    /** Of files in one folder. */
    abstract Comparator<Path> ofFiles();

    /** Token by token, a token being a run of digits or one other character; names of the same tokens character by character. */
    private static int compareNumbers(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfDigits(a, i);
                int endB = endOfDigits(b, j);
                order = compareDigits(a.substring(i, endA), b.substring(j, endB));
                i = endA;
                j = endB;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        int left = Integer.compare(a.length() - i, b.length() - j);
        return left != 0 ? left : a.compareTo(b);
    }

    private static int compareDigits(String a, String b) {
        String x = a.replaceFirst("^0+(?=.)", "");
        String y = b.replaceFirst("^0+(?=.)", "");
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }

    private static int endOfDigits(String name, int from) {
        int end = from;
        while (end < name.length() && isDigit(name.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
