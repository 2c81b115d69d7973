/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DREDGE_STATUS_H
#define DREDGE_STATUS_H

/* What a call that can fail returns: name, number, sentence. */
#define DREDGE_STATUS_LIST(X)                                                                                          \
    X(DREDGE_OK, 0, "done")                                                                                            \
    X(DREDGE_FAILURE, 1, "a failure inside dredge")                                                                    \
    X(DREDGE_USAGE, 2, "wrong use")                                                                                    \
    X(DREDGE_STUDY, 3, "the study is invalid")                                                                         \
    X(DREDGE_FILE, 4, "file trouble")                                                                                  \
    X(DREDGE_MEMORY, 5, "out of memory")                                                                               \
    X(DREDGE_INTERRUPTED, 6, "interrupted")

typedef enum dredge_status {
#define DREDGE_STATUS_ROW(name, number, sentence) name = (number),
    DREDGE_STATUS_LIST(DREDGE_STATUS_ROW)
#undef DREDGE_STATUS_ROW
} dredge_status;

#endif
