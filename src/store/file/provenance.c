/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/provenance.h"

#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/json.h"
#include "build_info.h"

static void put_software(struct json *json)
{
    json_key(json, "software");
    json_begin_object(json);
    json_put_string(json, "name", "dredge");
    json_put_string(json, "version", DREDGE_VERSION);
    json_put_string(json, "commit", DREDGE_COMMIT);
    json_put_string(json, "model", DREDGE_MODEL_STAMP);
    json_put_string(json, "compiler", DREDGE_COMPILER);
    json_put_string(json, "flags", DREDGE_FLAGS);
    json_end(json);
}

static void put_libraries(struct json *json)
{
    unsigned major = 0, minor = 0, release = 0;
    char version[64];
    json_key(json, "libraries");
    json_begin_object(json);
    json_put_string(json, "gsl", gsl_version);
    (void)H5get_libversion(&major, &minor, &release);
    (void)snprintf(version, sizeof version, "%u.%u.%u", major, minor, release);
    json_put_string(json, "hdf5", version);
    json_put_string(json, "libyaml", DREDGE_LIBYAML_VERSION);
    (void)snprintf(version, sizeof version, "%d.%d.%d", XXH_VERSION_MAJOR, XXH_VERSION_MINOR, XXH_VERSION_RELEASE);
    json_put_string(json, "xxhash", version);
    json_end(json);
}

/* The name of the processor, where the system tells it in /proc/cpuinfo. */
static void find_processor(size_t n_bytes, char *name)
{
    char line[512];
    FILE *file = fopen("/proc/cpuinfo", "r");
    (void)snprintf(name, n_bytes, "unknown");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *value = strchr(line, ':');
        if (value != NULL && strncmp(line, "model name", 10) == 0) {
            value += strspn(value, ": \t");
            (void)snprintf(name, n_bytes, "%.*s", (int)strcspn(value, "\n"), value);
            break;
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

static void put_machine(struct json *json)
{
    struct utsname system;
    char processor[256];
    json_key(json, "machine");
    json_begin_object(json);
    if (uname(&system) == 0) {
        json_put_string(json, "system", system.sysname);
        json_put_string(json, "release", system.release);
        json_put_string(json, "architecture", system.machine);
    }
    find_processor(sizeof processor, processor);
    json_put_string(json, "processor", processor);
    json_put_whole(json, "cores", sysconf(_SC_NPROCESSORS_ONLN));
    json_end(json);
}

static void put_date(struct json *json)
{
    char date[32] = "unknown";
    time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc) != NULL) {
        (void)strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
    json_put_string(json, "started", date);
}

/* As asked for on the command line or in the environment; otherwise all cores. */
static long threads_asked(int argc, char *const *argv)
{
    const char *asked = getenv("OMP_NUM_THREADS");
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--threads=", 10) == 0) {
            asked = argv[i] + 10;
        } else if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc) {
            asked = argv[i + 1];
        }
    }
    long n = asked != NULL ? strtol(asked, NULL, 10) : 0;
    return n > 0 ? n : sysconf(_SC_NPROCESSORS_ONLN);
}

static void begin(struct json *json, const struct study *study)
{
    char seed[32];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, study->seed);
    json_begin_object(json);
    json_put_string(json, "schema_version", "2");
    put_software(json);
    put_libraries(json);
    put_machine(json);
    put_date(json);
    json_put_string(json, "study_file", study->file);
    json_key(json, "seed");
    json_raw(json, seed);
}

dredge_status provenance_make(const struct study *study, int argc, char *const *argv, char **json)
{
    struct json writer = {0};
    begin(&writer, study);
    json_put_whole(&writer, "threads", threads_asked(argc, argv));
    json_key(&writer, "command");
    json_begin_array(&writer);
    json_string(&writer, "dredge");
    for (int i = 0; i < argc; i++) {
        json_string(&writer, argv[i]);
    }
    json_end(&writer);
    json_end(&writer);
    return json_finish(&writer, json);
}

dredge_status provenance_make_merged(const struct study *study, const char *output, int n_parts,
                                     const char *const *parts, char **json)
{
    struct json writer = {0};
    begin(&writer, study);
    json_key(&writer, "command");
    json_begin_array(&writer);
    json_string(&writer, "dredge");
    json_string(&writer, "merge");
    json_string(&writer, output);
    for (int i = 0; i < n_parts; i++) {
        json_string(&writer, parts[i]);
    }
    json_end(&writer);
    json_end(&writer);
    return json_finish(&writer, json);
}
