/* A disk that fails when it is told to: LD_PRELOAD this, and the n-th call that changes files under a folder fails.

   FAULT_UNDER   folder; only files under it count (of link and rename: the new name)
   FAULT_AT      which call fails, 1-based; without it calls are counted only
   FAULT_TIMES   how many calls fail from there on; 0: all of them, as on a disk that stays full [1]
   FAULT_ERRNO   what they fail with [28, ENOSPC]
   FAULT_CALLS   which calls count: write fsync truncate unlink rename create, separated by commas [all]
   FAULT_STATE   a file of 8 bytes that processes share to count together; without it each process counts alone
   FAULT_LOG     a file that gets a line for each call that failed: pid, number, call, path */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *under, *calls, *log_path;
static long first, times, error_number;
static _Atomic long own_count, *count = &own_count;

#define REAL(name) ({ static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name); real; })

static long number(const char *name, long otherwise) {
    const char *value = getenv(name);
    return value && *value ? atol(value) : otherwise;
}

__attribute__((constructor)) static void begin(void) {
    under = getenv("FAULT_UNDER");
    calls = getenv("FAULT_CALLS");
    log_path = getenv("FAULT_LOG");
    first = number("FAULT_AT", -1);
    times = number("FAULT_TIMES", 1);
    error_number = number("FAULT_ERRNO", ENOSPC);
    const char *state = getenv("FAULT_STATE");
    if (!state) return;
    int shared = REAL(open)(state, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (shared < 0 || REAL(ftruncate)(shared, sizeof(long)) != 0) return;
    void *memory = mmap(NULL, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
    if (memory != MAP_FAILED) count = memory;
    close(shared);
}

static int fails(const char *call, const char *path) {
    if (!under || !path || strncmp(path, under, strlen(under)) != 0) return 0;
    if (calls && *calls && !strstr(calls, call)) return 0;
    long now = atomic_fetch_add(count, 1) + 1;
    if (first < 0 || now < first || (times > 0 && now >= first + times)) return 0;
    if (log_path) {
        char line[4200];
        int length = snprintf(line, sizeof line, "%d %ld %s %s\n", getpid(), now, call, path);
        int log = REAL(open)(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (log >= 0) { if (REAL(write)(log, line, length) < 0) {} close(log); }
    }
    errno = error_number;
    return 1;
}

static int fails_at(const char *call, int descriptor) {
    char link[64], path[4096];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = under ? readlink(link, path, sizeof path - 1) : -1;
    errno = before;
    if (length < 0) return 0;
    path[length] = 0;
    return fails(call, path);
}

static int fails_below(const char *call, int folder, const char *path) {
    char whole[8192], link[64], base[4096];
    int before = errno;
    if (!under || !path) return 0;
    if (path[0] == '/') return fails(call, path);
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, base, sizeof base - 1);
    errno = before;
    if (length < 0) return 0;
    base[length] = 0;
    snprintf(whole, sizeof whole, "%s/%s", base, path);
    return fails(call, whole);
}

ssize_t write(int d, const void *b, size_t n) { return fails_at("write", d) ? -1 : REAL(write)(d, b, n); }
ssize_t writev(int d, const struct iovec *v, int n) { return fails_at("write", d) ? -1 : REAL(writev)(d, v, n); }
ssize_t pwrite(int d, const void *b, size_t n, off_t o) { return fails_at("write", d) ? -1 : REAL(pwrite)(d, b, n, o); }
ssize_t pwrite64(int d, const void *b, size_t n, off64_t o) { return fails_at("write", d) ? -1 : REAL(pwrite64)(d, b, n, o); }
ssize_t sendfile(int to, int from, off_t *o, size_t n) { static ssize_t (*real)(int, int, off_t *, size_t);
    if (!real) real = dlsym(RTLD_NEXT, "sendfile");
    return fails_at("write", to) ? -1 : real(to, from, o, n); }
ssize_t copy_file_range(int i, off64_t *io, int o, off64_t *oo, size_t n, unsigned f) {
    return fails_at("write", o) ? -1 : REAL(copy_file_range)(i, io, o, oo, n, f); }
int fsync(int d) { return fails_at("fsync", d) ? -1 : REAL(fsync)(d); }
int fdatasync(int d) { return fails_at("fsync", d) ? -1 : REAL(fdatasync)(d); }
int ftruncate(int d, off_t n) { return fails_at("truncate", d) ? -1 : REAL(ftruncate)(d, n); }
int ftruncate64(int d, off64_t n) { return fails_at("truncate", d) ? -1 : REAL(ftruncate64)(d, n); }
int truncate(const char *p, off_t n) { return fails_below("truncate", AT_FDCWD, p) ? -1 : REAL(truncate)(p, n); }
int truncate64(const char *p, off64_t n) { return fails_below("truncate", AT_FDCWD, p) ? -1 : REAL(truncate64)(p, n); }
int unlink(const char *p) { return fails_below("unlink", AT_FDCWD, p) ? -1 : REAL(unlink)(p); }
int unlinkat(int d, const char *p, int f) { return fails_below("unlink", d, p) ? -1 : REAL(unlinkat)(d, p, f); }
int remove(const char *p) { return fails_below("unlink", AT_FDCWD, p) ? -1 : REAL(remove)(p); }
int rename(const char *a, const char *b) { return fails_below("rename", AT_FDCWD, b) ? -1 : REAL(rename)(a, b); }
int renameat(int x, const char *a, int y, const char *b) { return fails_below("rename", y, b) ? -1 : REAL(renameat)(x, a, y, b); }
int link(const char *a, const char *b) { return fails_below("create", AT_FDCWD, b) ? -1 : REAL(link)(a, b); }
int linkat(int x, const char *a, int y, const char *b, int f) { return fails_below("create", y, b) ? -1 : REAL(linkat)(x, a, y, b, f); }
int mkdir(const char *p, mode_t m) { return fails_below("create", AT_FDCWD, p) ? -1 : REAL(mkdir)(p, m); }

#define OPENS(name, folder_parameter, folder, arguments)                                  \
    int name(folder_parameter const char *path, int flags, ...) {                         \
        mode_t mode = 0;                                                                  \
        if (flags & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
        if ((flags & O_CREAT) && fails_below("create", folder, path)) return -1;          \
        return REAL(name) arguments;                                                      \
    }
#define NOTHING
#define FOLDER int folder,
OPENS(open, NOTHING, AT_FDCWD, (path, flags, mode))
OPENS(open64, NOTHING, AT_FDCWD, (path, flags, mode))
OPENS(openat, FOLDER, folder, (folder, path, flags, mode))
OPENS(openat64, FOLDER, folder, (folder, path, flags, mode))
