# SPDX-License-Identifier: GPL-3.0-or-later
small <- list(months = 24, aftercare_months = 6, seed = 5, replicates = 20, regimes = c("linear_kpi", "iterative"))

# The command, where the tests of the whole project run.
command <- function(...) {
  dredge <- Sys.getenv("DREDGE")
  testthat::skip_if(dredge == "", "the command is not named by DREDGE")
  system2(dredge, shQuote(c(...)), stdout = TRUE)
}

text_file <- function(text) {
  file <- tempfile(fileext = ".yaml")
  cat(text, file = file)
  file
}
