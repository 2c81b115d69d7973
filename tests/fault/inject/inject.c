/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A library for LD_PRELOAD that makes calls of the C library fail, counted from the program's main on:
 *
 *     INJECT=CLASS   alloc, read, write, sync, name (rename, unlink, mkdir), open, size (ftruncate, fstat), close, list
 *                    (opendir, readdir) or lock
 *     INJECT_AT=N    the N-th call fails; 0: none, calls are only counted
 *     INJECT_ERROR=E the number of the error; EINTR makes a call fail that a correct program repeats
 *     INJECT_LASTING=1   all later calls fail too; INJECT_SHORT=1: reads and writes do half of what is asked instead
 *     INJECT_LOG=FILE    gets a line "fired" when a call fails, and the number of calls at the end */

enum class { NONE, ALLOC, READ, WRITE, SYNC, NAME, OPEN, SIZE, CLOSE, LIST, LOCK, N_CLASSES };
static const char *const class_names[N_CLASSES] = {"none", "alloc", "read",  "write", "sync", "name",
                                                   "open", "size",  "close", "list",  "lock"};

static enum class chosen;
static long at;
static int error, lasting, halves, armed, log_file = -1;
static atomic_long n_calls;

/* The allocators of glibc under their own names: finding others by dlsym would allocate. */
void *__libc_malloc(size_t n_bytes);
void *__libc_calloc(size_t n, size_t n_bytes);
void *__libc_realloc(void *old, size_t n_bytes);
void *__libc_memalign(size_t alignment, size_t n_bytes);

static void log_line(const char *line)
{
    if (log_file >= 0) {
        (void)!syscall(SYS_write, log_file, line, strlen(line));
    }
}

/* Does this call of a class fail? Sets errno when it does. */
static int fails(enum class class)
{
    if (!armed || class != chosen) {
        return 0;
    }
    long number = atomic_fetch_add(&n_calls, 1) + 1;
    if (at == 0 || (lasting ? number < at : number != at)) {
        return 0;
    }
    if (number == at) {
        log_line("fired\n");
    }
    errno = error;
    return 1;
}

static void *real(const char *name)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    if (symbol == NULL) {
        abort();
    }
    return symbol;
}

/* Every function below is found once, when it is first called, and has the type of the one that it stands in for. */
#define REAL(result, name, ...)                                                                                        \
    typedef result real_type(__VA_ARGS__);                                                                             \
    static real_type *real_call;                                                                                       \
    if (real_call == NULL) {                                                                                           \
        *(void **)&real_call = real(#name);                                                                            \
    }

static long number_of(const char *name)
{
    const char *text = getenv(name);
    return text != NULL ? atol(text) : 0;
}

__attribute__((constructor)) static void prepare(void)
{
    const char *name = getenv("INJECT"), *path = getenv("INJECT_LOG");
    for (int class = 0; name != NULL && class < N_CLASSES; class ++) {
        chosen = strcmp(name, class_names[class]) == 0 ? (enum class) class : chosen;
    }
    at = number_of("INJECT_AT");
    error = (int)number_of("INJECT_ERROR");
    lasting = (int)number_of("INJECT_LASTING");
    halves = (int)number_of("INJECT_SHORT");
    if (path != NULL) {
        log_file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    }
}

__attribute__((destructor)) static void finish(void)
{
    char line[32];
    armed = 0;
    (void)snprintf(line, sizeof line, "%ld calls\n", atomic_load(&n_calls));
    log_line(line);
}

int __libc_start_main(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void),
                      void *);

int __libc_start_main(int (*start)(int, char **, char **), int argc, char **argv, void (*init)(void), void (*end)(void),
                      void (*end_of_loader)(void), void *stack_end)
{
    REAL(int, __libc_start_main, int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void),
         void (*)(void), void *)
    armed = 1;
    return real_call(start, argc, argv, init, end, end_of_loader, stack_end);
}

/* ---- memory ---- */

void *malloc(size_t n_bytes)
{
    return fails(ALLOC) ? NULL : __libc_malloc(n_bytes);
}

void *calloc(size_t n, size_t n_bytes)
{
    return fails(ALLOC) ? NULL : __libc_calloc(n, n_bytes);
}

void *realloc(void *old, size_t n_bytes)
{
    return fails(ALLOC) ? NULL : __libc_realloc(old, n_bytes);
}

void *aligned_alloc(size_t alignment, size_t n_bytes)
{
    return fails(ALLOC) ? NULL : __libc_memalign(alignment, n_bytes);
}

int posix_memalign(void **memory, size_t alignment, size_t n_bytes)
{
    if (fails(ALLOC)) {
        return ENOMEM;
    }
    *memory = __libc_memalign(alignment, n_bytes);
    return *memory != NULL ? 0 : ENOMEM;
}

/* ---- reading and writing ---- */

/* How many bytes a call gets: all, half, or -1 when it fails. */
static ssize_t granted(enum class class, size_t n_bytes)
{
    if (!fails(class)) {
        return (ssize_t)n_bytes;
    }
    return halves ? (ssize_t)(n_bytes / 2 + n_bytes % 2) : -1;
}

#define TRANSFER(name, class, pointer)                                                                                 \
    ssize_t name(int descriptor, pointer bytes, size_t n_bytes)                                                        \
    {                                                                                                                  \
        REAL(ssize_t, name, int, pointer, size_t)                                                                      \
        ssize_t n = granted(class, n_bytes);                                                                           \
        return n < 0 ? -1 : real_call(descriptor, bytes, (size_t)n);                                                   \
    }
#define TRANSFER_AT(name, class, pointer, offset_type)                                                                 \
    ssize_t name(int descriptor, pointer bytes, size_t n_bytes, offset_type offset)                                    \
    {                                                                                                                  \
        REAL(ssize_t, name, int, pointer, size_t, offset_type)                                                         \
        ssize_t n = granted(class, n_bytes);                                                                           \
        return n < 0 ? -1 : real_call(descriptor, bytes, (size_t)n, offset);                                           \
    }
TRANSFER(read, READ, void *)
TRANSFER(write, WRITE, const void *)
TRANSFER_AT(pread, READ, void *, off_t)
TRANSFER_AT(pread64, READ, void *, off64_t)
TRANSFER_AT(pwrite, WRITE, const void *, off_t)
TRANSFER_AT(pwrite64, WRITE, const void *, off64_t)

/* Streams call the system inside the C library, which goes on after half of a call or an interrupted one. glibc's mark of an error in
 * a stream is set for ferror. */
static int stream_fails(enum class class, FILE *stream)
{
    enum { ERROR_SEEN = 0x20 };
    if (halves || error == EINTR || stream == stderr || !fails(class)) {
        return 0;
    }
    stream->_flags |= ERROR_SEEN;
    return 1;
}

size_t fread(void *restrict bytes, size_t size, size_t n, FILE *restrict stream)
{
    REAL(size_t, fread, void *restrict, size_t, size_t, FILE *restrict)
    return stream_fails(READ, stream) ? 0 : real_call(bytes, size, n, stream);
}

size_t fwrite(const void *restrict bytes, size_t size, size_t n, FILE *restrict stream)
{
    REAL(size_t, fwrite, const void *restrict, size_t, size_t, FILE *restrict)
    return stream_fails(WRITE, stream) ? 0 : real_call(bytes, size, n, stream);
}

int fputs(const char *restrict text, FILE *restrict stream)
{
    REAL(int, fputs, const char *restrict, FILE *restrict)
    return stream_fails(WRITE, stream) ? EOF : real_call(text, stream);
}

int fflush(FILE *stream)
{
    REAL(int, fflush, FILE *)
    int result = real_call(stream);
    return stream_fails(WRITE, stream) ? EOF : result;
}

int fclose(FILE *stream)
{
    REAL(int, fclose, FILE *)
    int result = real_call(stream);
    return fails(CLOSE) ? EOF : result;
}

/* ---- calls with a descriptor or names, that fail or are passed on ---- */

#define CALL_1(name, class, type)                                                                                      \
    int name(type one)                                                                                                 \
    {                                                                                                                  \
        REAL(int, name, type)                                                                                          \
        return fails(class) ? -1 : real_call(one);                                                                     \
    }
#define CALL_2(name, class, type, other)                                                                               \
    int name(type one, other two)                                                                                      \
    {                                                                                                                  \
        REAL(int, name, type, other)                                                                                   \
        return fails(class) ? -1 : real_call(one, two);                                                                \
    }
CALL_1(fsync, SYNC, int)
CALL_1(fdatasync, SYNC, int)
CALL_2(rename, NAME, const char *, const char *)
CALL_1(unlink, NAME, const char *)
CALL_1(remove, NAME, const char *)
CALL_1(rmdir, NAME, const char *)
CALL_2(mkdir, NAME, const char *, mode_t)
CALL_2(ftruncate, SIZE, int, off_t)
CALL_2(ftruncate64, SIZE, int, off64_t)
CALL_2(fstat, SIZE, int, struct stat *)
CALL_2(fstat64, SIZE, int, struct stat64 *)
CALL_2(stat, SIZE, const char *, struct stat *)
CALL_2(stat64, SIZE, const char *, struct stat64 *)
CALL_2(lstat, SIZE, const char *, struct stat *)
CALL_2(lstat64, SIZE, const char *, struct stat64 *)
CALL_2(flock, LOCK, int, int)

/* The descriptor is gone even when close fails. */
int close(int descriptor)
{
    REAL(int, close, int)
    int result = real_call(descriptor);
    return fails(CLOSE) ? -1 : result;
}

#define OPENING(name)                                                                                                  \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        REAL(int, name, const char *, int, mode_t)                                                                     \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;                            \
        va_end(arguments);                                                                                             \
        return fails(OPEN) ? -1 : real_call(path, flags, mode);                                                        \
    }
OPENING(open)
OPENING(open64)

#define OPENING_STREAM(name)                                                                                           \
    FILE *name(const char *restrict path, const char *restrict mode)                                                   \
    {                                                                                                                  \
        REAL(FILE *, name, const char *restrict, const char *restrict)                                                 \
        return fails(OPEN) ? NULL : real_call(path, mode);                                                             \
    }
OPENING_STREAM(fopen)
OPENING_STREAM(fopen64)

DIR *opendir(const char *path)
{
    REAL(DIR *, opendir, const char *)
    return fails(LIST) ? NULL : real_call(path);
}

struct dirent *readdir(DIR *directory)
{
    REAL(struct dirent *, readdir, DIR *)
    return fails(LIST) ? NULL : real_call(directory);
}

struct dirent64 *readdir64(DIR *directory)
{
    REAL(struct dirent64 *, readdir64, DIR *)
    return fails(LIST) ? NULL : real_call(directory);
}
