/* What a disk surely has of a folder: LD_PRELOAD this, and each fsync is written down. What was never synced is lost in a power cut.

   POWER_UNDER   folder; only files and folders under it count, and itself
   POWER_LOG     folder; each fsync leaves NUMBER.file.INODE, a copy of the file, or NUMBER.folder.INODE, a line "INODE TYPE NAME" for
                 each entry, with "TAB TARGET" behind a link's: TYPE is 0 for a file, 1 for a folder, 2 for a link. Names are durable
                 only where their folder was synced
   POWER_STATE   a file of 8 bytes that processes share to number their fsyncs together */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *under, *into;
static _Atomic long own_count, *count = &own_count;

__attribute__((constructor)) static void begin(void) {
    under = getenv("POWER_UNDER");
    into = getenv("POWER_LOG");
    const char *state = getenv("POWER_STATE");
    int shared = state ? open(state, O_RDWR | O_CLOEXEC) : -1;
    if (shared < 0) return;
    void *memory = mmap(NULL, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
    if (memory != MAP_FAILED) count = memory;
    close(shared);
}

static void copy_file(int from, int to) {
    char piece[1 << 16];
    off_t at = 0;
    ssize_t length;
    while ((length = pread(from, piece, sizeof piece, at)) > 0 && write(to, piece, length) == length) at += length;
}

static void list_folder(int folder, int to) {
    DIR *entries = fdopendir(folder);
    struct dirent *entry;
    while (entries && (entry = readdir(entries))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        char target[4096];
        ssize_t length = entry->d_type == DT_LNK ? readlinkat(dirfd(entries), entry->d_name, target, sizeof target - 1) : -1;
        target[length < 0 ? 0 : length] = 0;
        int type = entry->d_type == DT_DIR ? 1 : entry->d_type == DT_LNK ? 2 : 0;
        dprintf(to, length < 0 ? "%lu %d %s\n" : "%lu %d %s\t%s\n", (unsigned long)entry->d_ino, type, entry->d_name, target);
    }
    if (entries) closedir(entries);
}

static void write_down(int descriptor) {
    char link[64], path[4096], name[4200], part[4300];
    struct stat status;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = under && into ? readlink(link, path, sizeof path - 1) : -1;
    if (length < 0 || fstat(descriptor, &status)) return;
    path[length] = 0;
    if (strncmp(path, under, strlen(under))) return;
    int is_folder = S_ISDIR(status.st_mode);
    snprintf(name, sizeof name, "%s/%06ld.%s.%lu", into, atomic_fetch_add(count, 1) + 1, is_folder ? "folder" : "file", (unsigned long)status.st_ino);
    snprintf(part, sizeof part, "%s.part", name);
    /* DuckDB's lock would go with any other descriptor of its file that is closed here: one that can be read is not opened again */
    int is_readable = (fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_WRONLY && !is_folder;
    int from = is_readable ? descriptor : open(link, O_RDONLY | O_CLOEXEC), to = open(part, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (from >= 0 && to >= 0) is_folder ? list_folder(from, to) : copy_file(from, to);
    if (!is_readable && !is_folder && from >= 0) close(from); /* closedir has closed a folder's */
    if (to >= 0) close(to);
    rename(part, name);
}

#define SYNC(name)                                                                        \
    int name(int descriptor) {                                                            \
        int before = errno;                                                               \
        write_down(descriptor);                                                           \
        errno = before;                                                                   \
        return ((int (*)(int))dlsym(RTLD_NEXT, #name))(descriptor);                       \
    }
SYNC(fsync)
SYNC(fdatasync)
