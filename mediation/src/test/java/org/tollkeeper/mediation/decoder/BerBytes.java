package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.HexFormat;

/// Elements of Basic Encoding Rules, written by hand for tests.
public final class BerBytes {

    private static final int CONTEXT = 0x80;
    private static final int APPLICATION = 0x40;
    private static final int CONSTRUCTED = 0x20;

    private BerBytes() {}

    /// A value under a context-specific tag.
    public static byte[] value(int tag, byte[] content) {
        return element(CONTEXT, tag, content);
    }

    /// Parts under a context-specific tag.
    public static byte[] parts(int tag, byte[]... parts) {
        return element(CONTEXT | CONSTRUCTED, tag, all(parts));
    }

    /// A value under an application tag.
    static byte[] appValue(int tag, byte[] content) {
        return element(APPLICATION, tag, content);
    }

    /// Parts under an application tag.
    static byte[] app(int tag, byte[]... parts) {
        return element(APPLICATION | CONSTRUCTED, tag, all(parts));
    }

    /// Parts of a length that only their end tells.
    static byte[] open(int first, byte[]... parts) {
        return all(new byte[] {(byte) first, (byte) 0x80}, all(parts), new byte[2]);
    }

    public static byte[] number(long number) {
        return BigInteger.valueOf(number).toByteArray();
    }

    public static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    public static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /// A directory number: the byte of its kind (91 = international, a1 = national, 81 = unknown)
    /// and its digits, halves swapped.
    public static byte[] directory(String kind, String digits) {
        String filled = digits.length() % 2 == 0 ? digits : digits + "f";
        StringBuilder swapped = new StringBuilder(kind);
        for (int i = 0; i < filled.length(); i += 2) {
            swapped.append(filled.charAt(i + 1)).append(filled.charAt(i));
        }
        return hex(swapped.toString());
    }

    public static byte[] all(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] element(int kind, int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (tag < 31) {
            out.write(kind | tag);
        } else {
            out.write(kind | 31);
            if (tag >= 128) {
                out.write(0x80 | tag >> 7);
            }
            out.write(tag & 0x7f);
        }
        if (content.length < 128) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
