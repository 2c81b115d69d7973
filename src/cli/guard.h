/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_GUARD_H
#define CLI_GUARD_H

/* Libraries below may crash, or end the program without a word, when memory runs out (HDF5 does both). Between these two
 * calls the program then ends with a sentence and status 1. Sanitizers and debuggers keep crashes to themselves. */

/* Before anything else; `program` is a word that begins the sentence and stays. */
void guard_begin(const char *program);

/* When the program ends of its own accord. */
void guard_end(void);

#endif
