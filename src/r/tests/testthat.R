# SPDX-License-Identifier: GPL-3.0-or-later
library(testthat)
library(dredge)

test_check("dredge")
