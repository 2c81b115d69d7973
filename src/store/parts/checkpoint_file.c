/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/checkpoint_file.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build_info.h"
#include "base/bytes.h"
#include "base/files.h"
#include "store/parts/seal.h"

static const unsigned char header_magic[8] = {'D', 'R', 'E', 'D', 'G', 'C', 'K', 'P'};

enum { HEADER_BYTES = 224, FORMAT_VERSION = 2, WORD = 4, AT_ONCE = 4096, VERSION_BYTES = 32 };

/* Places in the header. */
enum { AT_FORMAT = 8, AT_NUMBERS = 12, AT_SIZES = 32, AT_ORIGIN = 64, AT_CATALOGUE = 160, AT_VERSION = 192 };

/* ---- the header ---- */

static void put_header(const struct checkpoint *checkpoint, const struct head *head, unsigned char bytes[HEADER_BYTES])
{
    const int numbers[] = {checkpoint->span.point, checkpoint->span.first, checkpoint->span.n_replicates,
                           checkpoint->task, checkpoint->month};
    const uint64_t sizes[] = {checkpoint->n_results, checkpoint->n_organisations, checkpoint->n_collaborations,
                              checkpoint->record_words};
    memset(bytes, 0, HEADER_BYTES);
    memcpy(bytes, header_magic, sizeof header_magic);
    bytes_put32(bytes + AT_FORMAT, FORMAT_VERSION);
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        bytes_put32(bytes + AT_NUMBERS + 4 * k, (uint32_t)numbers[k]);
    }
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        bytes_put64(bytes + AT_SIZES + 8 * k, sizes[k]);
    }
    origin_put(&head->origin, bytes + AT_ORIGIN);
    size_t length = strlen(DREDGE_VERSION);
    memcpy(bytes + AT_VERSION, DREDGE_VERSION, length < VERSION_BYTES ? length : VERSION_BYTES);
}

static void get_header(const unsigned char bytes[HEADER_BYTES], struct checkpoint *checkpoint)
{
    int *const numbers[] = {&checkpoint->span.point, &checkpoint->span.first, &checkpoint->span.n_replicates,
                            &checkpoint->task, &checkpoint->month};
    uint64_t *const sizes[] = {&checkpoint->n_results, &checkpoint->n_organisations, &checkpoint->n_collaborations,
                               &checkpoint->record_words};
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        uint32_t number = bytes_get32(bytes + AT_NUMBERS + 4 * k);
        *numbers[k] = number <= INT_MAX ? (int)number : -1;
    }
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        *sizes[k] = bytes_get64(bytes + AT_SIZES + 8 * k);
    }
}

/* Does the file have the length that its header says? Sizes beyond any memory have none. */
static int has_length(const struct checkpoint *checkpoint, uint64_t n_bytes)
{
    const uint64_t most = (uint64_t)1 << 40, most_record = (uint64_t)1 << 24;
    if (checkpoint->n_results > most || checkpoint->n_organisations > most || checkpoint->n_collaborations > INT_MAX ||
        checkpoint->record_words > most_record) {
        return 0;
    }
    uint64_t records = checkpoint->n_collaborations * checkpoint->record_words;
    return n_bytes == HEADER_BYTES + WORD * (checkpoint->n_results + checkpoint->n_organisations + records);
}

static dredge_status check_version(const char *path, const unsigned char header[HEADER_BYTES])
{
    unsigned char own[HEADER_BYTES];
    const struct checkpoint none = {0};
    const struct head nothing = {.shape = {.n_points = 0}};
    put_header(&none, &nothing, own);
    if (memcmp(header + AT_FORMAT, own + AT_FORMAT, 4) == 0 &&
        memcmp(header + AT_VERSION, own + AT_VERSION, VERSION_BYTES) == 0) {
        return DREDGE_OK;
    }
    return status_fail(
        DREDGE_FILE,
        "%s: this checkpoint was made by another version of dredge (this is %s); continue with that "
        "version, remove the checkpoint to do its runs again from their start, or start again with --force",
        path, DREDGE_VERSION);
}

/* Adds the digest of the catalogue to a header. */
static dredge_status put_catalogue(const struct head *head, unsigned char bytes[HEADER_BYTES])
{
    struct digest digest;
    char hex[33], *text = catalogue_text(&head->catalogue);
    if (text == NULL) {
        return status_no_memory(1 << 14);
    }
    digest_begin(&digest);
    digest_text(&digest, text);
    digest_hex(&digest, hex);
    memcpy(bytes + AT_CATALOGUE, hex, 32);
    free(text);
    return DREDGE_OK;
}

/* Is it of this study, design, model and catalogue? */
static dredge_status check_head(const char *path, const unsigned char header[HEADER_BYTES], const struct head *head)
{
    unsigned char own[HEADER_BYTES];
    struct origin origin;
    const struct checkpoint none = {0};
    put_header(&none, head, own);
    dredge_status status = put_catalogue(head, own);
    origin_get(header + AT_ORIGIN, &origin);
    if (status == DREDGE_OK) {
        status = origin_check_model(path, &origin, &head->origin);
    }
    int is_same = strcmp(origin.study_digest, head->origin.study_digest) == 0 &&
                  memcmp(header + AT_CATALOGUE, own + AT_CATALOGUE, 32) == 0;
    if (status != DREDGE_OK || is_same) {
        return status == DREDGE_OK ? origin_check_design(path, &origin, &head->origin) : status;
    }
    return status_fail(
        DREDGE_FILE,
        "%s: this checkpoint belongs to another study; remove it to do its runs again from their start, or "
        "start again with --force",
        path);
}

/* ---- writing ---- */

dredge_status checkpoint_file_begin(struct checkpoint_writer *writer, const char *path, const struct head *head,
                                    const struct checkpoint *checkpoint)
{
    unsigned char header[HEADER_BYTES];
    memset(writer, 0, sizeof *writer);
    writer->digest = digest_new();
    if (writer->digest == NULL) {
        return status_no_memory(sizeof *writer->digest);
    }
    writer->files.on_piece = seal_see_piece;
    writer->files.context = writer->digest;
    put_header(checkpoint, head, header);
    dredge_status status = put_catalogue(head, header);
    if (status == DREDGE_OK) {
        status = files_begin(&writer->files, path);
    }
    return status == DREDGE_OK ? files_add(&writer->files, sizeof header, header) : status;
}

dredge_status checkpoint_file_add(struct checkpoint_writer *writer, size_t n, const uint32_t *words)
{
    unsigned char bytes[WORD * AT_ONCE];
    dredge_status status = DREDGE_OK;
    for (size_t first = 0; status == DREDGE_OK && first < n; first += AT_ONCE) {
        size_t n_now = n - first < AT_ONCE ? n - first : AT_ONCE;
        for (size_t k = 0; k < n_now; k++) {
            bytes_put32(bytes + WORD * k, words[first + k]);
        }
        status = files_add(&writer->files, WORD * n_now, bytes);
    }
    return status;
}

dredge_status checkpoint_file_commit(struct checkpoint_writer *writer)
{
    unsigned char seal[SEAL_BYTES];
    files_end_pieces(&writer->files);
    seal_put(writer->files.n_total, writer->digest, seal);
    dredge_status status = files_add(&writer->files, sizeof seal, seal);
    if (status == DREDGE_OK) {
        status = files_commit(&writer->files);
    }
    checkpoint_file_abandon(writer);
    return status;
}

void checkpoint_file_abandon(struct checkpoint_writer *writer)
{
    files_abandon(&writer->files);
    digest_free(writer->digest);
    memset(writer, 0, sizeof *writer);
}

/* ---- reading ---- */

static dredge_status open_file(struct checkpoint_reader *reader, const char *path)
{
    memset(reader, 0, sizeof *reader);
    reader->path = files_text("%s", path);
    if (reader->path == NULL) {
        return status_no_memory(strlen(path));
    }
    reader->descriptor = files_open(path);
    if (reader->descriptor < 0) {
        return status_fail(DREDGE_FILE, "%s: cannot open this checkpoint: %s", path, strerror(errno));
    }
    reader->is_open = 1;
    reader->checkpoint.file = reader->path;
    return DREDGE_OK;
}

/* Reads the header of a checkpoint of dredge; any other file is taken for a damaged one. */
static dredge_status read_header(const struct checkpoint_reader *reader, unsigned char header[HEADER_BYTES],
                                 int *is_damaged)
{
    off_t length = lseek(reader->descriptor, 0, SEEK_END);
    if (length >= 0 && length < HEADER_BYTES) {
        *is_damaged = 1;
        return status_fail(DREDGE_FILE, "%s: this checkpoint is cut off", reader->path);
    }
    dredge_status status = files_read_at(reader->descriptor, reader->path, 0, HEADER_BYTES, header);
    if (status == DREDGE_OK && memcmp(header, header_magic, sizeof header_magic) != 0) {
        *is_damaged = 1;
        status = status_fail(DREDGE_FILE, "%s: this checkpoint is damaged: it does not begin like one", reader->path);
    }
    return status;
}

dredge_status checkpoint_file_check(const char *path, const struct head *head, int *is_damaged)
{
    struct checkpoint_reader reader;
    unsigned char header[HEADER_BYTES];
    uint64_t n_bytes = 0;
    *is_damaged = 0;
    dredge_status status = open_file(&reader, path);
    if (status == DREDGE_OK) {
        status = read_header(&reader, header, is_damaged);
    }
    if (status == DREDGE_OK) {
        status = check_version(path, header);
    }
    if (status == DREDGE_OK) {
        status = seal_check(reader.descriptor, path, "checkpoint", HEADER_BYTES, &n_bytes, is_damaged);
    }
    if (status == DREDGE_OK) {
        status = check_head(path, header, head);
    }
    if (status == DREDGE_OK) {
        get_header(header, &reader.checkpoint);
        if (!has_length(&reader.checkpoint, n_bytes)) {
            *is_damaged = 1;
            status = status_fail(DREDGE_FILE, "%s: this checkpoint is damaged: its sections do not fit", path);
        }
    }
    checkpoint_file_close(&reader);
    return status;
}

dredge_status checkpoint_file_open(struct checkpoint_reader *reader, const char *path, const struct head *head)
{
    unsigned char header[HEADER_BYTES];
    int is_damaged = 0;
    dredge_status status = open_file(reader, path);
    if (status == DREDGE_OK) {
        status = read_header(reader, header, &is_damaged);
    }
    if (status == DREDGE_OK) {
        status = check_version(path, header);
    }
    if (status == DREDGE_OK) {
        status = check_head(path, header, head);
    }
    if (status == DREDGE_OK) {
        get_header(header, &reader->checkpoint);
    }
    return status;
}

dredge_status checkpoint_file_read(const struct checkpoint_reader *reader, uint64_t start, size_t n, uint32_t *words)
{
    unsigned char bytes[WORD * AT_ONCE];
    dredge_status status = DREDGE_OK;
    for (size_t first = 0; status == DREDGE_OK && first < n; first += AT_ONCE) {
        size_t n_now = n - first < AT_ONCE ? n - first : AT_ONCE;
        status =
            files_read_at(reader->descriptor, reader->path, HEADER_BYTES + WORD * (start + first), WORD * n_now, bytes);
        for (size_t k = 0; status == DREDGE_OK && k < n_now; k++) {
            words[first + k] = bytes_get32(bytes + WORD * k);
        }
    }
    return status;
}

void checkpoint_file_close(struct checkpoint_reader *reader)
{
    if (reader->is_open) {
        (void)close(reader->descriptor);
    }
    free(reader->path);
    memset(reader, 0, sizeof *reader);
}
