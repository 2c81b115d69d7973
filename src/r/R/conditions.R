# SPDX-License-Identifier: GPL-3.0-or-later

# Signals a failure of the library as a condition with a class for its kind. Called from C, and from the checks below.
fail <- function(kind, sentence, ...) {
  if (kind == "interrupt") interrupted(sentence, ...)
  class <- c(if (kind != "failure") paste0("dredge_", kind), "dredge_error", "error", "condition")
  stop(structure(class = class, list(message = sentence, call = NULL)))
}

# Ctrl-C: caught by `interrupt = ` of tryCatch, else the way to the prompt. The condition has what was finished as $results.
interrupted <- function(sentence, results = NULL) {
  condition <- structure(class = c("dredge_interrupt", "interrupt", "condition"),
                         list(message = sentence, call = NULL, results = results))
  signalCondition(condition)
  message(sentence)
  invokeRestart("abort")
}

refuse <- function(...) fail("usage_error", paste0(...))

# A value as it stands in a sentence.
shown <- function(value) {
  text <- paste(deparse(value, nlines = 1L), collapse = "")
  if (nchar(text) > 60) paste0(substr(text, 1, 57), "...") else text
}

is_text <- function(value) is.character(value) && length(value) == 1 && !is.na(value)

check_text <- function(value, name, or_null = FALSE) {
  if (or_null && is.null(value)) return(NULL)
  if (!is_text(value)) refuse(name, " = ", shown(value), ": must be one text")
  enc2utf8(value)
}

check_path <- function(value, name) path.expand(check_text(value, name))

check_names <- function(value, name) {
  if (!is.character(value) || length(value) == 0 || anyNA(value)) {
    refuse(name, " = ", shown(value), ": must be a character vector of at least one name")
  }
  enc2utf8(value)
}

check_whole <- function(value, name, least, most = .Machine$integer.max) {
  ok <- is.numeric(value) && length(value) == 1 && !is.na(value) && value == trunc(value) && value >= least && value <= most
  if (!ok) refuse(name, " = ", shown(value), ": must be a whole number from ", least, " to ", most)
  as.integer(value)
}

check_flag <- function(value, name) {
  if (!is.logical(value) || length(value) != 1 || is.na(value)) refuse(name, " = ", shown(value), ": must be TRUE or FALSE")
  value
}

# One of some names; the sentence suggests the nearest.
check_choice <- function(value, choices, what) {
  value <- check_text(value, what)
  if (value %in% choices) return(value)
  distance <- adist(value, choices)
  near <- choices[which.min(distance)]
  refuse("there is no ", what, " \"", value, "\"",
         if (length(near) && min(distance) <= 3) paste0(", did you mean ", near, "?"))
}
