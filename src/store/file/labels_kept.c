/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "store/file/labels.h"

struct labelled {
    hid_t id;
    char *path; /* owned */
};

/* An attribute: a text, or numbers; both owned. */
struct label {
    int object;
    const char *name;
    char *text;
    int n;
    double *numbers;
};

void labels_free(struct labels *labels)
{
    for (int i = 0; i < labels->n_objects; i++) {
        free(labels->objects[i].path);
    }
    for (int i = 0; i < labels->n_labels; i++) {
        free(labels->labels[i].text);
        free(labels->labels[i].numbers);
    }
    free(labels->objects);
    free(labels->labels);
}

static void *copy_of(struct labels *labels, const void *bytes, size_t n)
{
    void *copy = malloc(n);
    if (copy != NULL) {
        memcpy(copy, bytes, n);
    } else {
        labels->status = status_no_memory(n);
    }
    return copy;
}

void labels_object(struct labels *labels, hid_t object, const char *path)
{
    dredge_status status =
        list_grow(&labels->objects, sizeof *labels->objects, labels->n_objects, &labels->object_capacity);
    if (status != DREDGE_OK) {
        labels->status = status;
        return;
    }
    labels->objects[labels->n_objects++] = (struct labelled){object, copy_of(labels, path, strlen(path) + 1)};
}

hid_t labels_find(const struct labels *labels, const char *path)
{
    for (int i = 0; i < labels->n_objects && labels->status == DREDGE_OK; i++) {
        if (strcmp(labels->objects[i].path, path) == 0) {
            return labels->objects[i].id;
        }
    }
    return -1;
}

/* A new label; NULL when it does not count, or memory has run out. */
static struct label *add(struct labels *labels, hid_t object, const char *name)
{
    int at = labels->n_objects - 1; /* mostly it was made last */
    while (at >= 0 && labels->objects[at].id != object) {
        at--;
    }
    if (at < 0 || !labels_is_known(name)) {
        return NULL;
    }
    dredge_status status =
        list_grow(&labels->labels, sizeof *labels->labels, labels->n_labels, &labels->label_capacity);
    if (status != DREDGE_OK) {
        labels->status = status;
        return NULL;
    }
    struct label *label = &labels->labels[labels->n_labels++];
    *label = (struct label){.object = at, .name = name};
    return label;
}

void labels_text(struct labels *labels, hid_t object, const char *name, const char *text)
{
    struct label *label = add(labels, object, name);
    if (label != NULL) {
        label->text = copy_of(labels, text, strlen(text) + 1);
    }
}

void labels_numbers(struct labels *labels, hid_t object, const char *name, int n, const double *numbers)
{
    struct label *label = add(labels, object, name);
    if (label != NULL) {
        label->n = n;
        label->numbers = copy_of(labels, numbers, (size_t)n * sizeof *numbers);
    }
}

static int by_object_and_name(const void *a, const void *b)
{
    const struct label *left = a, *right = b;
    return left->object != right->object ? left->object - right->object : strcmp(left->name, right->name);
}

char *labels_list(struct labels *labels)
{
    size_t n_bytes = 1, used = 0;
    for (int i = 0; i < labels->n_objects && labels->status == DREDGE_OK; i++) {
        n_bytes += strlen(labels->objects[i].path) + 32 + sizeof "\t\n";
    }
    char *list = labels->status == DREDGE_OK ? malloc(n_bytes) : NULL;
    if (list == NULL) {
        return NULL;
    }
    qsort(labels->labels, (size_t)labels->n_labels, sizeof *labels->labels, by_object_and_name);
    for (int object = 0, next = 0; object < labels->n_objects; object++) {
        struct digest digest;
        char hex[33];
        digest_begin(&digest);
        for (; next < labels->n_labels && labels->labels[next].object == object; next++) {
            const struct label *label = &labels->labels[next];
            labels_add(&digest, label->name, label->text, label->n, label->numbers);
        }
        digest_hex(&digest, hex);
        used += (size_t)snprintf(list + used, n_bytes - used, "%s\t%s\n", labels->objects[object].path, hex);
    }
    return list;
}
