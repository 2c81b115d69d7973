/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_READER_H
#define STUDY_READER_H

#include "study/mistakes.h"
#include "study/study.h"
#include "study/suggest.h"
#include "study/yaml.h"

/* What the readers of the parts of a study share. They return a status other than DREDGE_OK only when memory runs out;
 * what is wrong with the study goes to `mistakes`. Paths are keys with dots: "funder.target". */

enum { READER_PATH_BYTES = 192, READER_MAX_REGIMES = 256 };

struct reader;

/* Reads the value of row `key` of the table of keys. */
typedef dredge_status key_reader(struct reader *reader, const struct yaml_node *node, const char *path, int key);

struct reader {
    struct study *study;            /* being filled */
    key_reader *const *key_readers; /* [n_keys], NULL for keys that the reader of their section reads */
    struct yaml_tree *tree;
    struct yaml_node *root;
    struct mistakes mistakes;
    const struct yaml_node **given;        /* [n_parameters]: what gave each parameter, NULL for defaults; owned */
    const struct yaml_node **regime_nodes; /* [study.n_regimes], owned */
    int has_points_file;                   /* the factors come from a file beside the study */
    char *kept[2];                         /* members and ties that stand in files, as overrides; owned */
    int has_doubtful_members;              /* some of them could not be read */
    int no_memory;                         /* a reader that returns nothing ran out of it */
};

enum reader_kind { READER_REAL, READER_WHOLE, READER_FLAG };

struct reader_range {
    enum reader_kind kind;
    double low, high;
    const char *unit; /* "" for none */
};

/* Records "file:line: path = value: SENTENCE", or "--set KEY=VALUE: SENTENCE" for an override. */
void reader_mistake(struct reader *reader, const struct yaml_node *node, const char *path, const char *format, ...)
    STATUS_PRINTF(4, 5);

/* The same without a value: "file:line: path: SENTENCE". */
void reader_mistake_about(struct reader *reader, const struct yaml_node *node, const char *path, const char *sentence);

/* As reader_mistake, on the line of the entry's key. */
void reader_mistake_key(struct reader *reader, const struct yaml_node *node, const char *path, const char *sentence);

/* The same for an entry with an unknown key, naming the nearest known key or those that are allowed. */
void reader_unknown(struct reader *reader, const struct yaml_node *node, const char *path);

/* Is the entry the second half of a number with a decimal comma, as {urgency: 0,5} falls apart? Then a mistake is
 * recorded that says so. */
int reader_is_half_number(struct reader *reader, const struct yaml_node *node, const char *path);

/* Do numbers of a list have a decimal comma, as [0,5, 0,7] falls apart? Then a mistake is recorded that says so. The list
 * should hold `n_numbers` (0: as many as there are) in `range`. */
int reader_is_in_halves(struct reader *reader, const struct yaml_node *node, const char *path,
                        const struct reader_range *range, int n_numbers);

/* Begins to look for a name like `word`; once no more mistakes are kept, for none, which saves the time. */
void reader_suggest(const struct reader *reader, struct suggestion *suggestion, const char *word);

/* section.name, or name alone where section is "". */
void reader_path(char path[READER_PATH_BYTES], const char *section, const char *name);

/* Is the node of this kind (a mapping: without a key given twice)? If not, a mistake is recorded. */
int reader_is_map(struct reader *reader, const struct yaml_node *node, const char *path);
int reader_is_list(struct reader *reader, const struct yaml_node *node, const char *path);
int reader_is_text(struct reader *reader, const struct yaml_node *node, const char *path);

/* Reads one value: 1 and the value, or 0 and a recorded mistake. Flags are 0 and 1. */
int reader_number(struct reader *reader, const struct yaml_node *node, const char *path,
                  const struct reader_range *range, double *value);

/* The index of a word among `names`, which end with NULL; -1 and a recorded mistake when it is none of them. */
int reader_choice(struct reader *reader, const struct yaml_node *node, const char *path, const char *const *names);

struct reader_range reader_parameter_range(int parameter);
struct reader_range reader_steering_range(int steering);
struct reader_range reader_key_range(int key); /* of a key of type whole or real */

/* "must be between 0.001 and 1000 (wins per month)", "must be true or false" */
enum { READER_ALLOWED_BYTES = 128 };
const char *reader_allowed(const struct reader_range *range, char allowed[READER_ALLOWED_BYTES]);

#endif
