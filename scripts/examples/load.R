#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Outcomes as an R data frame, one row per run (package ncdf4; Debian: r-cran-ncdf4).
#
#   Rscript scripts/examples/load.R FILE.h5
library(ncdf4)

file <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(file)) stop("usage: Rscript load.R FILE.h5")
results <- nc_open(file)

# R counts dimensions the other way round: [replicate, regime, point].
regimes <- ncvar_get(results, "regime")
outcome <- function(name) as.vector(ncvar_get(results, name, collapse_degen = FALSE))
size <- results$var$structural_share$varsize
runs <- expand.grid(replicate = seq_len(size[1]) - 1, regime = regimes, point = seq_len(size[3]) - 1)
for (name in c("structural_share", "symptom_burden", "quick_results")) runs[[name]] <- outcome(name)
nc_close(results)

print(aggregate(cbind(structural_share, symptom_burden) ~ regime, data = runs, FUN = mean))

# The paired difference of the last regime to the first, with Student's 95% interval. `dredge compare` widens it where there
# are few runs or few different values.
last <- runs[runs$regime == regimes[length(regimes)], ]
first <- runs[runs$regime == regimes[1], ]
if (size[3] == 1) {
    test <- t.test(last$structural_share, first$structural_share, paired = TRUE)
    cat(sprintf("difference %.6f, from %.6f to %.6f\n", test$estimate, test$conf.int[1], test$conf.int[2]))
}
