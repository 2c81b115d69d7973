/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "study/sheet.h"

/* The text of a sheet, before it is cut into cells: where it stands, whether it is sound, and as an override. */

int sheet_text_valid(size_t n_bytes, const char *text, struct yaml_mistake *mistake)
{
    if (!yaml_text_valid(n_bytes, text, mistake)) {
        return 0;
    }
    int line = 1;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\r' && c[1] != '\n' && c[1] != '\0') {
            *mistake = (struct yaml_mistake){line, ""};
            (void)snprintf(mistake->sentence, sizeof mistake->sentence,
                           "ends with a carriage return alone: save the table with line ends of Unix or Windows");
            return 0;
        }
        line += *c == '\n';
    }
    return 1;
}

/* The text of a file, whose name is relative to the study's. */
static dredge_status read_file(struct reader *reader, const struct yaml_node *node, const char *path,
                               struct sheet *sheet)
{
    const char *slash = node->text[0] == '/' ? NULL : strrchr(reader->mistakes.file, '/');
    int folder = slash == NULL ? 0 : (int)(slash - reader->mistakes.file) + 1;
    size_t n_bytes;
    char *name = files_text("%.*s%s", folder, reader->mistakes.file, node->text);
    if (name == NULL) {
        return status_no_memory(strlen(reader->mistakes.file) + strlen(node->text));
    }
    dredge_status status = files_read(name, SHEET_MAX_BYTES, &sheet->text, &n_bytes);
    free(name);
    if (status == DREDGE_FILE) {
        reader_mistake(reader, node, path, "%s", status_message());
        status_clear();
        return DREDGE_OK;
    }
    struct yaml_mistake mistake = {0, ""};
    if (status == DREDGE_OK && !sheet_text_valid(n_bytes, sheet->text, &mistake)) {
        reader_mistake(reader, node, path, "line %d: %s", mistake.line, mistake.sentence);
        free(sheet->text);
        sheet->text = NULL;
    }
    return status;
}

dredge_status sheet_text(struct reader *reader, const struct yaml_node *node, const char *path, struct sheet *sheet,
                         int *is_file)
{
    memset(sheet, 0, sizeof *sheet);
    sheet->reader = reader;
    sheet->low = 0;
    sheet->high = 1;
    *is_file = 0;
    if (!reader_is_text(reader, node, path)) {
        return DREDGE_OK;
    }
    *is_file = strchr(node->text, '\n') == NULL;
    if (*is_file) {
        sheet->name = node->text;
        return read_file(reader, node, path, sheet);
    }
    sheet->name = node->origin == NULL ? reader->mistakes.file : path;
    sheet->first_line = node->origin == NULL ? node->line : 0;
    size_t n_bytes = strlen(node->text) + 1;
    sheet->text = malloc(n_bytes);
    if (sheet->text == NULL) {
        return status_no_memory(n_bytes);
    }
    memcpy(sheet->text, node->text, n_bytes);
    return DREDGE_OK;
}

char *sheet_override(const char *key, const char *text)
{
    size_t n_bytes = strlen(key) + 2 * strlen(text) + 4;
    char *override = malloc(n_bytes);
    if (override == NULL) {
        (void)status_no_memory(n_bytes);
        return NULL;
    }
    char *out = override + sprintf(override, "%s=\"", key);
    for (const char *c = strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text; *c != '\0'; c++) {
        if (*c == '\r') {
            continue;
        }
        if (*c == '\n' || *c == '"' || *c == '\\' || *c == '\t') {
            *out++ = '\\';
        }
        *out++ = (char)(*c == '\n' ? 'n' : *c == '\t' ? 't' : *c);
    }
    *out++ = '"';
    *out = '\0';
    return override;
}
