#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every command prints and writes: no late failure goes unsaid, a reader that went away is no failure, nothing that a
study or a results file contains steers a terminal, and no file is lost that a command should not touch."""
import os
import pty
import re
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py

DREDGE = os.environ["DREDGE"]
STUDY = """title: Ways out
months: 12
replicates: 16
regimes: [linear_kpi, iterative]
design: {method: grid, factors: {funder.target: [0.5, 1, 1.5, 2], convener.skill: [0.2, 0.8]}}
"""
# Every command that prints results, with what it needs in a folder that `make_folder` made.
PRINTING = [
    ["run", "s.yaml", "-o", "new.h5", "--force"], ["run", "s.yaml", "-o", "new.h5", "--force", "--json"],
    ["check", "s.yaml"], ["check", "s.yaml", "--json"],
    *[["compare", "r.h5", *form] for form in ([], ["--json"], ["--csv"])],
    *[["sensitivity", "r.h5", *form] for form in ([], ["--json"], ["--csv"])],
    *[["discover", "r.h5", "--above", "0.5", *form] for form in ([], ["--json"], ["--csv"])],
    *[["replay", "r.h5", *form] for form in ([], ["--json"], ["--csv"])],
    *[["tune", "s.yaml", "--candidates", "16", "--generations", "1", "--validate", "16", *form]
      for form in ([], ["--json"], ["--csv"])],
    *[["show", what, *form] for what in ("parameters", "regimes", "outcomes") for form in ([], ["--json"])],
    ["digest", "r.h5"], ["report", "r.h5", "-o", "new.html", "--force"], ["--version"], ["--help"], ["run", "--help"],
]
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
HOSTILE = "a\x1b]0;pwned\x07b\x9bc\u202ed\u2066e\x7f"
UTF8 = {**os.environ, "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "2"}


def dredge(folder, *words, **more):
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": UTF8, **more}
    return subprocess.run([DREDGE, *map(str, words)], cwd=folder, timeout=300, check=False, **settings)


def make_folder(root):
    folder = Path(tempfile.mkdtemp(dir=root))
    (folder / "s.yaml").write_text(STUDY, encoding="utf-8")
    done = dredge(folder, "run", "s.yaml", "-o", "r.h5", "--quiet")
    assert done.returncode == 0, done.stderr
    return folder


class WaysOut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.TemporaryDirectory()
        cls.folder = make_folder(cls.root.name)

    @classmethod
    def tearDownClass(cls):
        cls.root.cleanup()


class Printing(WaysOut):
    def test_no_room_is_told_by_every_command(self):
        for words in PRINTING:
            with self.subTest(words), open("/dev/full", "wb") as full:
                done = dredge(self.folder, *words, stdout=full)
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertIn(b"could not be written: No space left on device", done.stderr)

    def test_room_that_ends_in_the_middle(self):
        """A document that is longer than the buffer and cut off by a limit on file sizes."""
        for words in (["compare", "r.h5", "--json"], ["show", "parameters"], ["show", "outcomes", "--json"]):
            with self.subTest(words), open(self.folder / "cut", "wb") as cut:
                done = subprocess.run(["sh", "-c", 'ulimit -f 4; exec "$@"', "sh", DREDGE, *words], cwd=self.folder,
                                      stdout=cut, stderr=subprocess.PIPE, env=UTF8, check=False)
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertIn(b"could not be written: File too large", done.stderr)

    def test_a_full_file_system(self):
        place = Path(tempfile.mkdtemp(dir=self.root.name))
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "none", place], check=False,
                          stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("no right to mount")
        try:
            for words in (["compare", "r.h5", "--json"], ["replay", "r.h5", "--csv"]):
                with self.subTest(words), open(place / "out", "wb") as out:
                    done = dredge(self.folder, *words, stdout=out)
                    self.assertEqual(done.returncode, 4, done.stderr)
                    self.assertIn(b"No space left on device", done.stderr)
            done = dredge(self.folder, "report", "r.h5", "-o", place / "page.html")
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertIn(b"make room and give the command again", done.stderr)
        finally:
            subprocess.run(["umount", place], check=True)

    def test_a_reader_that_went_away_is_no_failure(self):
        for words in PRINTING:
            with self.subTest(words):
                reader, writer = os.pipe()
                os.close(reader)
                done = dredge(self.folder, *words, stdout=writer)
                os.close(writer)
                self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_messages_without_a_reader(self):
        for words, status in ((["compare", "none.h5"], 4), (["nonsense"], 2), (["run", "s.yaml"], 0)):
            with self.subTest(words):
                reader, writer = os.pipe()
                os.close(reader)
                self.assertEqual(dredge(self.folder, *words, stderr=writer).returncode, status)
                os.close(writer)

    def test_closed_streams_are_not_taken_for_files(self):
        """What a shell closes with >&- must not become the number of a results file."""
        for closed in (">&-", "2>&-", "<&-", ">&- 2>&- <&-"):
            with self.subTest(closed):
                (self.folder / "c.h5").unlink(missing_ok=True)
                words = f'"$1" run s.yaml -o c.h5 {closed}'
                done = subprocess.run(["sh", "-c", words, "sh", DREDGE], cwd=self.folder, capture_output=True,
                                      check=False)
                self.assertEqual(done.returncode, 4 if closed.startswith(">") else 0, done.stderr)
                self.assertEqual(dredge(self.folder, "digest", "c.h5").stdout, dredge(self.folder, "digest", "r.h5").stdout)


class Characters(WaysOut):
    def assert_safe(self, folder, *words, status=0):
        done = dredge(folder, *words)
        self.assertEqual(done.returncode, status, done.stderr)
        for text in (done.stdout, done.stderr):
            self.assertIsNone(HIDDEN.search(text.decode("utf-8")), f"{words}: {text!r}")
        return done

    def test_titles_and_questions(self):
        quoted = "".join(rf"\u{ord(c):04x}" if not " " <= c <= "~" else c for c in HOSTILE)
        (self.folder / "h.yaml").write_text(STUDY.replace("Ways out", f'"{quoted}"') + f'question: "{quoted}"\n')
        for words in (["check"], ["check", "--json"], ["run", "-o", "h.h5"], ["tune", "--candidates", "16",
                      "--generations", "1", "--validate", "16"]):
            done = self.assert_safe(self.folder, words[0], "h.yaml", *words[1:])
        for words in (["compare"], ["sensitivity"], ["discover", "--above", "0.5"], ["replay"]):
            done = self.assert_safe(self.folder, words[0], "h.h5", *words[1:])
        self.assertIn(b"a\\u001b]0;pwned", dredge(self.folder, "check", "h.yaml").stdout)

    def test_mistakes_in_a_study(self):
        for name, text in (("key", f'"{chr(92)}u009b{chr(92)}u202e": 1\n'), ("value", 'seed: "\\e[31m"\n'),
                           ("raw", "title: \u202eabc\nseed: \u202e1\n"), ("bytes", None)):
            with self.subTest(name):
                path = self.folder / f"{name}.yaml"
                path.write_bytes(b"title: \x9b31m\n" if text is None else text.encode())
                self.assert_safe(self.folder, "check", path.name, status=3)

    def test_words_of_the_command(self):
        for words, status in (([HOSTILE], 2), (["run", f"{HOSTILE}.yaml"], 4), (["compare", f"{HOSTILE}.h5"], 4),
                              (["run", "s.yaml", f"--{HOSTILE}"], 2), (["show", HOSTILE], 2),
                              (["run", "s.yaml", "--set", f"{HOSTILE}=1"], 3), (["lab", "-o", f"{HOSTILE}/"], 2)):
            with self.subTest(words):
                self.assert_safe(self.folder, *words, status=status)

    def test_names_in_a_results_file(self):
        """Whatever a command makes of a file that somebody changed, it prints nothing that steers a terminal."""
        changed = self.folder / "changed.h5"
        changed.write_bytes((self.folder / "r.h5").read_bytes())
        with h5py.File(changed, "r+") as file:
            file["regime"][1] = HOSTILE
            file.attrs["title"] = HOSTILE
        for words in (["compare"], ["compare", "--csv"], ["compare", "--json"], ["sensitivity"],
                      ["discover", "--above", "0.5"], ["digest"], ["replay"]):
            with self.subTest(words):
                done = dredge(self.folder, words[0], changed.name, *words[1:])
                self.assertIn(done.returncode, (0, 1, 4), done.stderr)
                for text in (done.stdout, done.stderr):
                    self.assertIsNone(HIDDEN.search(text.decode("utf-8")), text)

    def test_a_terminal_that_is_not_utf8(self):
        """In Latin-1 the second byte of U+00DB... is a control character; such a terminal gets ASCII only."""
        (self.folder / "u.yaml").write_text(STUDY.replace("Ways out", "\u00db\u04db\u20ac"), encoding="utf-8")
        leader, follower = pty.openpty()
        done = dredge(self.folder, "check", "u.yaml", stdout=follower, env={**os.environ, "LC_ALL": "C"})
        os.close(follower)
        text = os.read(leader, 1 << 16)
        os.close(leader)
        self.assertEqual(done.returncode, 0)
        self.assertTrue(text.startswith(b"???\r\n"), text)
        self.assertLess(max(text), 0x80)


class Files(WaysOut):
    """The output of each command that writes a file."""
    WRITING = [["run", "s.yaml", "-o"], ["report", "r.h5", "-o"], ["merge"], ["lab", "-o"]]

    def setUp(self):
        self.folder = make_folder(self.root.name)

    def words(self, command, output, *more):
        return [*command, output, *(["r.h5"] if command == ["merge"] else []), *more]

    def assert_refused(self, command, output, says, *more):
        done = dredge(self.folder, *self.words(command, output, *more))
        self.assertEqual(done.returncode, 4, f"{command} {output}: {done.stderr}")
        self.assertIn(says, done.stderr.decode())

    def test_what_is_no_regular_file_stays(self):
        os.mkfifo(self.folder / "pipe")
        (self.folder / "folder").mkdir()
        (self.folder / "target").write_bytes(b"")
        (self.folder / "link").symlink_to("target")
        (self.folder / "dangling").symlink_to("nowhere")
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(str(self.folder / "socket"))
        self.addCleanup(unix.close)
        places = ["pipe", "folder", "link", "dangling", "socket", "/dev/null", "/dev/full"]
        if os.geteuid() == 0 and subprocess.run(["mknod", self.folder / "node", "c", "1", "3"], check=False,
                                                stderr=subprocess.DEVNULL).returncode == 0:
            places.append("node")
        before = {name: os.lstat(self.folder / name) for name in places}
        for command in self.WRITING:
            for name in places:
                for more in ([], ["--force"]):
                    with self.subTest(command=command, name=name, more=more):
                        self.assert_refused(command, name, ": ", *more)
                        now = os.lstat(self.folder / name)
                        self.assertEqual((now.st_ino, now.st_mode), (before[name].st_ino, before[name].st_mode))

    def test_a_file_of_another_kind_stays(self):
        others = {"thesis.txt": b"Chapter 1, in which", "page.html": b"<!doctype html>\n<title>mine</title>\n",
                  "data.h5.gz": b"\x1f\x8b\x08\x00", "bytes": bytes(range(256)), "one": b"x"}
        for name, content in others.items():
            (self.folder / name).write_bytes(content)
            for command in self.WRITING:
                with self.subTest(command=command, name=name):
                    self.assert_refused(command, name, "--force does not replace it", "--force")
                    self.assert_refused(command, name, "exists already")
                    self.assertEqual((self.folder / name).read_bytes(), content)
        with h5py.File(self.folder / "climate.h5", "w") as file:
            file["tas"] = [280.0]
        posterior = ["calibrate", "c.yaml", "--draws", "32", "--particles", "16", "--replicates", "4", "-o"]
        (self.folder / "c.yaml").write_text(
            "months: 12\nregimes: [linear_kpi]\ncalibration: {priors: {model.rest: {low: 0.6, high: 0.8}}, targets: "
            "[{name: alive, outcome: survival, value: 0.9, error: 0.05}]}\n", encoding="utf-8")
        for _ in range(2):
            done = dredge(self.folder, *posterior, "p.h5", "--force")
            self.assertEqual(done.returncode, 0, done.stderr)
        for command, name in ((posterior, "r.h5"), (posterior, "climate.h5"), (["run", "s.yaml", "-o"], "p.h5"),
                              (["run", "s.yaml", "-o"], "climate.h5"), (["merge"], "p.h5")):
            with self.subTest(command=command, name=name):
                before = (self.folder / name).read_bytes()
                self.assert_refused(command, name, "--force does not replace it", "--force")
                self.assertEqual((self.folder / name).read_bytes(), before)
        done = dredge(self.folder, "report", "r.h5", "-o", "page")
        self.assertEqual(done.returncode, 0, done.stderr)
        results = (self.folder / "r.h5").read_bytes()
        self.assert_refused(["run", "s.yaml", "-o"], "page", "is not a results file", "--force")
        self.assert_refused(["lab", "-o"], "r.h5", "is not a page", "--force")
        self.assertEqual((self.folder / "r.h5").read_bytes(), results)

    def test_standard_output_is_no_place_for_a_file(self):
        for command in self.WRITING:
            done = dredge(self.folder, *self.words(command, "-"))
            self.assertEqual((done.returncode, done.stdout), (2, b""), done.stderr)
            self.assertIn(b"write ./-", done.stderr)
        self.assertFalse((self.folder / "-").exists())

    def test_the_right_kind_is_replaced(self):
        for name in ("empty", "again"):
            (self.folder / name).write_bytes(b"")
            for command in (["run", "s.yaml", "-o"], ["merge"]):
                done = dredge(self.folder, *self.words(command, name, "--force"))
                self.assertEqual(done.returncode, 0, done.stderr)
        for _ in range(2):
            done = dredge(self.folder, "report", "r.h5", "-o", "page.html", "--force")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_an_input_is_no_output_by_any_name(self):
        os.link(self.folder / "r.h5", self.folder / "hard.h5")
        os.link(self.folder / "s.yaml", self.folder / "hard.yaml")
        (self.folder / "sub").mkdir()
        results, study = (self.folder / "r.h5").read_bytes(), (self.folder / "s.yaml").read_bytes()
        for command, outputs in ((["run", "s.yaml", "-o"], ["s.yaml", "./s.yaml", "hard.yaml", "sub/../s.yaml"]),
                                 (["report", "r.h5", "-o"], ["r.h5", "hard.h5", "sub/../r.h5"]),
                                 (["merge"], ["r.h5", "hard.h5", str(self.folder / "r.h5")])):
            for output in outputs:
                with self.subTest(command=command, output=output):
                    self.assert_refused(command, output, "is what this command reads", "--force")
        self.assertEqual((self.folder / "r.h5").read_bytes(), results)
        self.assertEqual((self.folder / "s.yaml").read_bytes(), study)

    def test_somebody_elses_temporary_file_stays(self):
        for name in ("page.html.tmp", "page.html.1.tmp"):
            (self.folder / name).write_text("mine")
        (self.folder / "secret").write_text("mine")
        (self.folder / "page.html.2.tmp").symlink_to("secret")
        done = dredge(self.folder, "report", "r.h5", "-o", "page.html")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(path.name for path in self.folder.glob("page*")),
                         ["page.html", "page.html.1.tmp", "page.html.2.tmp", "page.html.tmp"])
        for name in ("page.html.tmp", "page.html.1.tmp", "secret"):
            self.assertEqual((self.folder / name).read_text(), "mine")

    def test_a_page_on_a_full_file_system(self):
        place = Path(tempfile.mkdtemp(dir=self.root.name))
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", place], check=False,
                          stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("no right to mount")
        try:
            done = dredge(self.folder, "report", "r.h5", "-o", place / "page.html")
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertIn(b"No space left on device", done.stderr)
            self.assertEqual(list(place.iterdir()), [])
        finally:
            subprocess.run(["umount", place], check=True)


if __name__ == "__main__":
    unittest.main()
