/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"

enum { HOLDER_BYTES = LOCK_HOLDER_BYTES, MOST_TRIES = 100, LOOKS = 5, LOOK_NANOSECONDS = 10000000 };

/* "process 123 on machine, since 2022-01-01 12:00:00 UTC", for the sentence of the process that is refused. */
static void describe_self(char holder[HOLDER_BYTES])
{
    char host[128] = "an unknown machine", date[32] = "an unknown date";
    time_t now = time(NULL);
    struct tm utc;
    if (gethostname(host, sizeof host) == 0) {
        host[sizeof host - 1] = '\0';
    }
    if (gmtime_r(&now, &utc) != NULL) {
        (void)strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S UTC", &utc);
    }
    (void)snprintf(holder, HOLDER_BYTES, "process %ld on %s, since %s", (long)getpid(), host, date);
}

static void read_holder(int descriptor, char holder[HOLDER_BYTES])
{
    ssize_t n = pread(descriptor, holder, HOLDER_BYTES - 1, 0);
    holder[n > 0 ? n : 0] = '\0';
    for (char *c = holder; *c != '\0'; c++) {
        if (*c < ' ' || *c > '~') {
            *c = '?';
        }
    }
}

int lock_holder(const char *path, char holder[HOLDER_BYTES])
{
    int descriptor = files_open(path);
    int is_held = descriptor >= 0 && flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    holder[0] = '\0';
    if (is_held) {
        read_holder(descriptor, holder);
    }
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
    return is_held;
}

/* Takes the lock, also when somebody who only looks (lock_holder) has it for a moment. */
static int try_lock(int descriptor)
{
    int result = flock(descriptor, LOCK_EX | LOCK_NB);
    for (int look = 0; result != 0 && errno == EWOULDBLOCK && look < LOOKS; look++) {
        const struct timespec moment = {.tv_nsec = LOOK_NANOSECONDS};
        (void)nanosleep(&moment, NULL);
        result = flock(descriptor, LOCK_EX | LOCK_NB);
    }
    return result;
}

static dredge_status refuse(int descriptor, const char *output)
{
    char holder[HOLDER_BYTES];
    read_holder(descriptor, holder);
    return status_fail(
        DREDGE_FILE,
        "%s: another process is writing this output (%s); wait until it ends, or give the output of this "
        "run another name",
        output, holder[0] != '\0' ? holder : "it left no name");
}

/* Puts the name into the file in place of the last holder's. */
static int put_holder(int descriptor, const char *holder)
{
    ssize_t n = -1;
    if (ftruncate(descriptor, 0) != 0) {
        return 0;
    }
    do {
        n = pwrite(descriptor, holder, strlen(holder), 0);
    } while (n < 0 && errno == EINTR);
    return n >= 0;
}

/* Between opening and locking, the process that held the lock may have finished and removed the file: a lock on a file
 * without a name protects nothing. */
static int is_same_file(int descriptor, const char *path)
{
    struct stat opened, named;
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

dredge_status lock_take(struct lock *lock, const char *path, const char *output, int *is_unsupported)
{
    *is_unsupported = 0;
    for (int n_tries = 0; n_tries < MOST_TRIES; n_tries++) {
        int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (descriptor < 0) {
            return status_fail(DREDGE_FILE, "%s: cannot create the lock %s: %s; choose a place that you may write to",
                               output, path, strerror(errno));
        }
        int result = try_lock(descriptor);
        if (result != 0 && errno == EINTR) {
            (void)close(descriptor);
            continue;
        }
        if (result != 0 && errno == EWOULDBLOCK) {
            dredge_status status = refuse(descriptor, output);
            (void)close(descriptor);
            return status;
        }
        *is_unsupported = result != 0;
        if (is_same_file(descriptor, path)) {
            char holder[HOLDER_BYTES];
            describe_self(holder);
            lock->descriptor = descriptor;
            lock->is_taken = 1;
            if (!put_holder(descriptor, holder)) {
                dredge_status status =
                    status_fail(DREDGE_FILE, "%s: cannot write the lock %s: %s", output, path, strerror(errno));
                lock_drop(lock);
                return status;
            }
            return DREDGE_OK;
        }
        (void)close(descriptor);
    }
    return status_fail(DREDGE_FILE, "%s: the lock %s keeps disappearing: another process works on this output", output,
                       path);
}

void lock_drop(struct lock *lock)
{
    if (lock->is_taken) {
        (void)close(lock->descriptor);
        memset(lock, 0, sizeof *lock);
    }
}
