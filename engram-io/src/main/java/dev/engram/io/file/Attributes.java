package dev.engram.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** What a replacement keeps of what it replaces: permissions, owner and group, where the system has them and allows it. */
final class Attributes {
    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rw-------");

    private Attributes() {}

    /** How to create the new file: for nobody else to read where it replaces one, until it is given the old one's permissions. */
    static FileAttribute<?>[] atFirst(Path old) {
        boolean closed = Files.exists(old)
                && old.getFileSystem().supportedFileAttributeViews().contains("posix");
        return closed
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS_ONLY)}
                : new FileAttribute<?>[0];
    }

    /** Gives the new what the old has; nothing where there is no old. A group that cannot be kept gets no more than all others. */
    static void keep(Path old, Path fresh) throws IOException {
        PosixFileAttributeView to = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (to == null || !Files.exists(old)) {
            return;
        }
        PosixFileAttributes from = Files.readAttributes(old, PosixFileAttributes.class);
        PosixFileAttributes now = to.readAttributes();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(from.permissions());
        if (!now.group().equals(from.group()) && !isDone(() -> to.setGroup(from.group()))) {
            likeOthers(permissions, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
            likeOthers(permissions, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
            likeOthers(permissions, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
        }
        if (!now.owner().equals(from.owner())) {
            isDone(() -> to.setOwner(from.owner()));
        }
        to.setPermissions(permissions);
    }

    private static void likeOthers(
            Set<PosixFilePermission> permissions, PosixFilePermission group, PosixFilePermission others) {
        if (!permissions.contains(others)) {
            permissions.remove(group);
        }
    }

    private static boolean isDone(Ownership.Act act) {
        try {
            act.run();
            return true;
        } catch (IOException e) {
            return false; // not allowed
        }
    }
}
