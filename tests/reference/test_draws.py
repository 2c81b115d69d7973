#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the random numbers of the reference implementation: known answers, addresses, distributions."""

import math
import os
import re
import unittest

import draws
from world import mean

MODEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "model")


class Draws(unittest.TestCase):
    def test_philox_known_answers(self):
        """The three philox4x32-10 lines of Random123's kat_vectors, reproduced with its header philox.h."""
        ones = draws.WORD
        known = [
            ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
            ((ones,) * 4, (ones,) * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
            ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0),
             "d16cfe09 94fdcceb 5001e420 24126ea1"),
        ]
        for counter, key, words in known:
            self.assertEqual(" ".join(f"{word:08x}" for word in draws.philox4x32_10(counter, key)), words)

    def test_purposes_are_those_of_the_program(self):
        with open(os.path.join(MODEL, "purpose.h"), encoding="utf-8") as file:
            theirs = dict(re.findall(r"PURPOSE_(\w+) = (\d+)", file.read()))
        ours = {name: purpose.number for name, purpose in vars(draws).items() if isinstance(purpose, draws.Purpose)}
        self.assertEqual(ours, {name: int(number) for name, number in theirs.items() if name in ours})
        self.assertEqual(set(theirs) - set(ours), {"DESIGN", "RESAMPLE"})

    def test_address(self):
        """Item 5 of two words each is words 2 and 3 of the block with index 2."""
        luck = draws.Luck(seed=(7 << 32) + 9, replicate=3)
        block = draws.philox4x32_10((2, 11, 15 << 20 | 40, 3), (9, 7))
        self.assertEqual([luck.word(draws.PERSON, 11, 40, 5, which) for which in (0, 1)], list(block[2:]))

    def test_a_tie_has_two_numbers_in_one_word(self):
        """The lower 12 bits are the noise, the upper 20 the event; both ends are inside (0, 1)."""
        self.assertEqual(draws.to_noise_and_event(0), (0.5 / 2**12, 0.5 / 2**20))
        self.assertEqual(draws.to_noise_and_event(0xFFFFFFFF), (1 - 0.5 / 2**12, 1 - 0.5 / 2**20))
        self.assertEqual(draws.to_noise_and_event(3 << 12 | 5), (5.5 / 2**12, 3.5 / 2**20))

    def test_poisson_by_inversion(self):
        """Mean and variance of 20000 counts of mean 3 and 30; 5 standard errors, false alarm 1e-6 each."""
        for expected in (3.0, 30.0):
            luck, n = draws.Luck(5, 0), 20000
            counts = [luck.poisson(expected, 0, number, draws.QUICK_COUNT) for number in range(n)]
            self.assertLess(abs(mean(counts) - expected), 5 * math.sqrt(expected / n))
            variance = mean((count - expected) ** 2 for count in counts)
            spread = math.sqrt((expected + 2 * expected**2) / n)  # of a Poisson variance
            self.assertLess(abs(variance - expected), 5 * spread)

    def test_beta_quantiles(self):
        """Beta(2, 2) has the distribution function 3x^2 - 2x^3; chords of 1024 steps are closer than 1e-3 even in the
        first and last step, and closer than 1e-6 inside."""
        for u in (1e-4, 0.1, 0.5, 0.77, 0.9999):
            x = draws.to_beta(int(u * 2**32), 0.5, 4)
            self.assertAlmostEqual(3 * x**2 - 2 * x**3, u, delta=1e-3 if u in (1e-4, 0.9999) else 1e-6)
        self.assertEqual(draws.to_beta(123456789, 0.3, 0), 0.3)
        self.assertEqual(draws.to_beta(123456789, 1, 20), 1.0)


if __name__ == "__main__":
    unittest.main()
