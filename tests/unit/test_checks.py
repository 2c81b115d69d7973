#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks of the house find what breaks its rules, and nothing in a tree that keeps them."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
SPDX = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"


class Tree(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        self.write("include/dredge/dredge.h", "int dredge_version(void);\n")
        self.write("src/model/tie.h", "float tie_trust(float trust);\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SPDX + text, encoding="utf-8")

    def check(self, script, *arguments):
        done = subprocess.run([SOURCE / "scripts" / script, *arguments, self.root], capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stdout


class Floors(Tree):
    def assert_breach(self, name, line, words):
        """`line` in file `name` is a breach that the check names with file, line number and `words`."""
        self.write(name, line + "\n")
        status, output = self.check("check-floors")
        self.assertEqual(status, 1, output)
        self.assertIn(f"{name}:2: ", output)
        self.assertIn(words, output)

    def assert_fine(self, name, line):
        self.write(name, line + "\n")
        self.assertEqual(self.check("check-floors")[0], 0)

    def test_higher_floor(self):
        self.assert_breach("src/model/tie.c", '#include "engine/block.h"', "higher floor")

    def test_closed_room(self):
        self.assert_breach("src/report/page.c", '#include "engine/block.h"', "may not use engine")

    def test_unknown_room(self):
        self.write("src/misc/tools.c", "")
        self.assertIn("no such room", self.check("check-floors")[1])

    def test_libraries(self):
        for header in ("hdf5.h", "H5public.h", "mpi.h", "yaml.h", "omp.h"):
            with self.subTest(header):
                self.assert_breach("src/analysis/paired.c", f"#include <{header}>", header)

    def test_deeds(self):
        for line in ('    printf("x");', "    fputs(text, stderr);", "    exit(1);", "    FILE *file = fdopen(3, mode);",
                     "    open(path, O_WRONLY | O_CREAT);", "    (void)gsl_set_error_handler_off();",
                     '    setlocale(LC_ALL, "");', "    signal(SIGINT, stop);", "    umask(022);", "#pragma omp parallel"):
            with self.subTest(line):
                self.assert_breach("src/study/study.c", line, "only")

    def test_memory_in_the_model(self):
        self.assert_breach("src/model/tie.c", "    float *memory = malloc(4);", "no memory")

    def test_what_is_allowed(self):
        self.assert_fine("src/run/runner.c", "#include <omp.h>")
        self.assert_fine("src/store/file/layout.c", '#include "result/tally.h"')
        self.assert_fine("src/cli/main.c", "    (void)gsl_set_error_handler_off();")
        self.assert_fine("src/cli/out.c", '    fprintf(stderr, "x");')
        self.assert_fine("src/base/files.c", "    open(path, O_CREAT);")
        self.assert_fine("src/study/scalar.c", "    snprintf(text, 9, format, value); /* printf( exit( */")
        self.assert_fine("src/study/suggest.c", '    const char *text = "exit(1) to stderr";')


class Symbols(Tree):
    """What the objects of a build need of each other."""

    def build(self, **sources):
        """Writes and compiles sources (named with __ for /) and checks the tree with its objects."""
        for name, code in sources.items():
            name = "src/" + name.replace("__", "/") + ".c"
            self.write(name, code + "\n")
            compiled = self.root / "build/CMakeFiles/part.dir" / (name + ".o")
            compiled.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run([os.environ.get("CC", "cc"), "-c", "-fno-builtin", "-w", "-o", compiled, self.root / name], check=True)
        done = subprocess.run([SOURCE / "scripts/check-floors", self.root, self.root / "build"], capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, int("check-floors: 0 " not in done.stdout), done.stdout + done.stderr)
        return done.stdout

    def test_fine(self):
        self.assertEqual(self.build(model__tie="int tie_open(void) { return 1; }",
                                    run__batch="int tie_open(void); int batch_run(void) { return tie_open(); }",
                                    cli__out="int puts(const char *s); int out_say(void) { return puts(\"x\"); }"),
                         "check-floors: 0 breaches\n")

    def test_no_objects(self):
        self.assertIn("no objects of src/", self.build())

    def test_higher_floor(self):
        output = self.build(model__tie="int batch_run(void); int tie_open(void) { return batch_run(); }",
                            run__batch="int batch_run(void) { return 1; }")
        self.assertIn("src/model/tie.c: model needs batch_run of src/run/batch.c, which stands on a higher floor", output)

    def test_data_of_a_closed_room(self):
        output = self.build(study__study="extern int block_lanes; int study_lanes(void) { return block_lanes; }",
                            engine__block="int block_lanes = 16;")
        self.assertIn("study needs block_lanes of src/engine/block.c, but may not use engine", output)

    def test_libraries(self):
        for symbol, library in (("H5Fopen", "HDF5"), ("omp_get_max_threads", "OpenMP"), ("GOMP_parallel", "OpenMP"),
                                ("MPI_Init", "MPI"), ("yaml_parser_parse", "libyaml")):
            with self.subTest(symbol):
                output = self.build(search__space=f"int {symbol}(void); int space_n(void) {{ return {symbol}(); }}")
                self.assertIn(f"src/search/space.c: needs {symbol}, but {library} belongs to", output)

    def test_our_own_name_is_no_library(self):
        self.assertIn("0 breaches", self.build(study__yaml="int yaml_entry(void) { return 1; }",
                                               study__study="int yaml_entry(void); int study_n(void) { return yaml_entry(); }"))

    def test_deeds(self):
        for symbol, words in (("puts", "only cli/out.c prints"), ("abort", "only the commands exit")):
            with self.subTest(symbol):
                self.assertIn(words, self.build(store__pool=f"int {symbol}(); int (*pool_say)() = {symbol};"))

    def test_reach(self):
        output = self.build(report__page="int result_read(void); int page_write(void) { return result_read(); }",
                            result__result="int digest_start(void); int result_read(void) { return digest_start(); }",
                            base__digest="int H5Fopen(void); int digest_start(void) { return H5Fopen(); }")
        self.assertIn("src/report/page.c: needs H5Fopen of HDF5 by way of result/result.c by way of base/digest.c", output)

    def test_circle(self):
        output = self.build(store__pool="int merge_one(void); int pool_one(void) { return merge_one(); }",
                            store__merge="int store_one(void); int merge_one(void) { return store_one(); }",
                            store__store="int pool_one(void); int store_one(void) { return pool_one(); }",
                            store__extend="int pool_one(void); int extend_one(void) { return pool_one(); }")
        self.assertIn("src/store/merge.c: a circle of 3 files: store/merge.c needs store_one of store/store.c; "
                      "store/pool.c needs merge_one of store/merge.c; store/store.c needs pool_one of store/pool.c", output)
        self.assertNotIn("extend", output)

    def test_sources_that_are_gone(self):
        self.build(model__tie="int batch_run(void); int tie_open(void) { return batch_run(); }",
                   run__batch="int batch_run(void) { return 1; }")
        (self.root / "src/model/tie.c").unlink()
        self.assertIn("0 breaches", self.build())


class Names(Tree):
    def library(self, *names):
        """A shared library that exports functions of these names."""
        code = self.root / "library.c"
        code.write_text("".join(f"int {name}(void) {{ return 0; }}\n" for name in names), encoding="utf-8")
        library = self.root / "libdredge.so"
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-o", library, code], check=True)
        return library

    def check_names(self, *names):
        return self.check("check-names", self.library(*names))

    def test_fine(self):
        self.assertEqual(self.check_names("dredge_version"), (0, "check-names: 0 breaches\n"))

    def test_export_without_prefix(self):
        self.assertIn("exports study_read", self.check_names("study_read")[1])

    def test_export_without_declaration(self):
        self.assertIn("dredge_secret, which no header", self.check_names("dredge_secret")[1])

    def test_shared_name(self):
        self.write("src/model/person.h", "float momentum_next(float momentum);\n")
        self.assertIn("momentum_next begins neither", self.check_names("dredge_version")[1])

    def test_own_name(self):
        self.write("src/model/person.c", "static float person_next(float momentum)\n{\n    return momentum;\n}\n"
                                         "static float next(float momentum)\n{\n    return momentum;\n}\n")
        output = self.check_names("dredge_version")[1]
        self.assertIn("src/model/person.c: person_next is static and needs no person_", output)
        self.assertEqual(output.count("is static"), 1)

    def test_form(self):
        (self.root / "src/model/law.h").write_text("int law_one;\n", encoding="utf-8")
        self.write("src/model/long.h", "\n" * 450)
        output = self.check_names("dredge_version")[1]
        self.assertIn("src/model/law.h: no SPDX line", output)
        self.assertIn("src/model/long.h: 451 lines", output)


if __name__ == "__main__":
    unittest.main()
