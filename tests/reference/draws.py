# SPDX-License-Identifier: GPL-3.0-or-later
"""Addressed random numbers: a number belongs to what it is for, not to the order of asking.

The address of a draw is (seed, replicate, purpose, entity, month, index). Philox4x32-10 (Salmon et al. 2011) turns it
into a block of four 32-bit words. The purposes and the layout of the address are those of src/model/purpose.h.
"""

import ctypes
import ctypes.util
import math
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

from scipy.special import betaincinv

WORD = 0xFFFFFFFF


def philox4x32_10(counter, key):
    """The four words that Philox4x32 with ten rounds makes of four counter words and two key words."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        product0 = 0xD2511F53 * c0
        product1 = 0xCD9E8D57 * c2
        c0 = (product1 >> 32) ^ c1 ^ k0
        c1 = product1 & WORD
        c2 = (product0 >> 32) ^ c3 ^ k1
        c3 = product0 & WORD
        k0 = (k0 + 0x9E3779B9) & WORD
        k1 = (k1 + 0xBB67AE85) & WORD
    return c0, c1, c2, c3


class Purpose(NamedTuple):
    number: int
    words_per_item: int  # 1: four items share a block; 2: two items share it; 4: an item has a block of its own


ORGANISATION = Purpose(1, 4)
SEATING = Purpose(2, 4)
START_TRUST = Purpose(3, 1)
START_MOMENTUM = Purpose(4, 1)
START_FRAME = Purpose(5, 4)
CONVENER = Purpose(6, 4)
OWNER = Purpose(7, 1)
KNOWN = Purpose(8, 1)
TIE = Purpose(9, 1)
EFFORT = Purpose(10, 4)
DIAGNOSIS = Purpose(11, 2)
STRUCTURAL = Purpose(12, 2)
QUICK = Purpose(13, 1)
RELAPSE = Purpose(14, 2)
PERSON = Purpose(15, 2)
NEWCOMER = Purpose(16, 4)
AFTERCARE = Purpose(17, 1)
MANY = Purpose(18, 4)
SOURCE = Purpose(21, 4)
ANALYSIS = Purpose(22, 4)
DOING = Purpose(23, 4)
PAPER = Purpose(24, 1)
WITHDRAWAL = Purpose(25, 1)
SUCCESSION = Purpose(26, 4)
LAPSE = Purpose(27, 4)
REPLACEMENT = Purpose(28, 4)
JOINING = Purpose(29, 4)
START_LATENT = Purpose(30, 1)


class Count(NamedTuple):
    """A Poisson count of a month: the purpose and word that decide it, and its number among the large counts."""
    purpose: Purpose
    word: int
    number: int


CONFLICT_COUNT = Count(EFFORT, 0, 0)
STRUCTURAL_COUNT = Count(EFFORT, 1, 1)
QUICK_COUNT = Count(EFFORT, 2, 2)
ANALYSIS_COUNT = Count(SOURCE, 0, 3)
DOING_COUNT = Count(SOURCE, 1, 4)

LARGEST_POISSON_MEAN_BY_INVERSION = 16
BETA_STEPS = 1024


def to_uniform(word):
    """A word as a number inside (0, 1), one of 2^23."""
    return ((word >> 9) + 0.5) / 2**23


def to_noise_and_event(word):
    """The word of a tie and month as two numbers inside (0, 1): one of 2^12 from its lower bits, the noise of
    generation, and one of 2^20 from its upper bits, which decides the escalation."""
    return ((word & 0xFFF) + 0.5) / 2**12, ((word >> 12) + 0.5) / 2**20


def to_choice(word, n):
    """A word as one of 0 .. n-1."""
    return (word * n) >> 32


def to_normal(word):
    return NormalDist().inv_cdf(to_uniform(word))


@lru_cache(maxsize=None)
def beta_knots(mean, concentration):
    """The quantiles of a Beta distribution at 0, 1/1024, .. 1."""
    inner = betaincinv(mean * concentration, (1 - mean) * concentration,
                       [step / BETA_STEPS for step in range(1, BETA_STEPS)])
    return [0.0, *map(float, inner), 1.0]


def to_beta(word, mean, concentration):
    """A word as a Beta number, linear between the knots; the mean itself where there is nothing to draw."""
    if concentration == 0 or mean in (0, 1):
        return float(mean)
    place = to_uniform(word) * BETA_STEPS
    step = int(place)
    knots = beta_knots(mean, concentration)
    return knots[step] + (place - step) * (knots[step + 1] - knots[step])


class Luck:
    """All random numbers of one replicate.

    `closest` is the smallest distance, since it was last set, between a uniform number and the threshold that it was
    compared with. Where it is as small as the rounding of a 32-bit float, a program that computes in 32 bits may
    rightly decide the other way.
    """

    def __init__(self, seed, replicate):
        self.key = (seed & WORD, seed >> 32)
        self.replicate = replicate
        self.block = lru_cache(maxsize=4096)(self._block)
        self.closest = 1.0

    def _block(self, purpose_number, entity, month, index):
        return philox4x32_10((index, entity, purpose_number << 20 | month, self.replicate), self.key)

    def word(self, purpose, entity, month, item, which=0):
        """Word number `which` of item number `item`."""
        place = item * purpose.words_per_item + which
        return self.block(purpose.number, entity, month, place // 4)[place % 4]

    def normals(self, purpose, entity, month, item):
        """Three normal numbers, one per axis."""
        return [to_normal(self.word(purpose, entity, month, item, axis)) for axis in range(3)]

    def choice(self, n, purpose, entity, month, item, which=0):
        return to_choice(self.word(purpose, entity, month, item, which), n)

    def chance(self, probability, purpose, entity, month, item, which=0):
        """Does something of this probability happen?"""
        u = to_uniform(self.word(purpose, entity, month, item, which))
        self.near(u - probability)
        return u < probability

    def happens(self, rate, purpose, entity, month, item, which=0):
        """Does an event of this rate per month happen this month (probability rate/(1 + rate))?"""
        return self.falls_below(to_uniform(self.word(purpose, entity, month, item, which)), rate)

    def falls_below(self, u, rate):
        """Does the number u inside (0, 1) say that an event of this rate happens?"""
        self.near(u - rate / (1 + rate))
        return u * (1 + rate) < rate

    def near(self, distance):
        self.closest = min(self.closest, abs(distance))

    def poisson(self, mean, entity, month, count):
        """A Poisson number; `count` says which of the month's."""
        if mean > LARGEST_POISSON_MEAN_BY_INVERSION:
            return self._large_poisson(mean, entity, month, count.number)
        u = to_uniform(self.word(count.purpose, entity, month, 0, count.word))
        number, term = 0, math.exp(-mean)
        cumulative = term
        self.near(u - cumulative)
        while u > cumulative:
            number += 1
            term *= mean / number
            cumulative += term
            self.near(u - cumulative)
        return number

    def _large_poisson(self, mean, entity, month, number):
        """GSL's Poisson, which takes as many words as it likes from blocks number * 2^24, number * 2^24 + 1, .."""
        words = (word for index in range(number << 24, (number + 1) << 24)
                 for word in self.block(MANY.number, entity, month, index))
        return gsl_poisson(words, mean)


GET_WORD = ctypes.CFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p)
GET_DOUBLE = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_void_p)


class GslType(ctypes.Structure):
    """gsl_rng_type of gsl_rng.h."""
    _fields_ = [("name", ctypes.c_char_p), ("max", ctypes.c_ulong), ("min", ctypes.c_ulong), ("size", ctypes.c_size_t),
                ("set", ctypes.c_void_p), ("get", GET_WORD), ("get_double", GET_DOUBLE)]


class GslGenerator(ctypes.Structure):
    """gsl_rng of gsl_rng.h."""
    _fields_ = [("type", ctypes.POINTER(GslType)), ("state", ctypes.c_void_p)]


@lru_cache(maxsize=None)
def gsl():
    # libgsl leaves the choice of a BLAS open, so that one has to be loaded first.
    ctypes.CDLL(ctypes.util.find_library("gslcblas"), mode=ctypes.RTLD_GLOBAL)
    library = ctypes.CDLL(ctypes.util.find_library("gsl"))
    library.gsl_ran_poisson.argtypes = [ctypes.POINTER(GslGenerator), ctypes.c_double]
    library.gsl_ran_poisson.restype = ctypes.c_uint
    return library


def gsl_poisson(words, mean):
    """gsl_ran_poisson with the words as its generator."""
    kind = GslType(b"words", WORD, 0, 0, None, GET_WORD(lambda _: next(words)),
                   GET_DOUBLE(lambda _: next(words) / 2**32))
    return gsl().gsl_ran_poisson(ctypes.byref(GslGenerator(ctypes.pointer(kind), None)), mean)
