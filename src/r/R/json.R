# SPDX-License-Identifier: GPL-3.0-or-later

# More than a study can be nested.
MOST_DEPTH <- 40

# A study as JSON, which is YAML. Numbers keep every bit.
to_json <- function(x, where, depth = 0) {
  if (is.null(x)) return("null")
  if (depth > MOST_DEPTH) refuse(substr(where, 1, 60), ": it is nested deeper than a study can be")
  if (is.factor(x)) x <- as.character(x)
  if (is.data.frame(x) || !(is.list(x) || is.character(x) || is.numeric(x) || is.logical(x))) {
    refuse(where, ": ", class(x)[1], " has no place in a study")
  }
  if (!is.null(names(x))) return(json_object(x, where, depth))
  if (is.list(x)) return(json_array(vapply(x, to_json, "", where = where, depth = depth + 1)))
  if (anyNA(x) || (is.numeric(x) && any(!is.finite(x)))) refuse(where, " = ", shown(x), ": must be without NA, NaN and Inf")
  words <- if (is.character(x)) json_text(x) else if (is.logical(x)) tolower(as.character(x)) else json_number(x)
  if (length(x) == 1 && !inherits(x, "AsIs")) words else json_array(words)
}

json_array <- function(words) paste0("[", paste(words, collapse = ", "), "]")

json_object <- function(x, where, depth) {
  keys <- names(x)
  if (any(is.na(keys) | keys == "")) refuse(where, ": every element must have a name, or none")
  within <- if (where == "study") keys else paste(where, keys, sep = ".")
  values <- vapply(seq_along(x), function(k) to_json(x[[k]], within[k], depth + 1), "")
  paste0("{", paste(json_text(keys), values, sep = ": ", collapse = ", "), "}")
}

json_text <- function(x) {
  x <- gsub("\\", "\\\\", enc2utf8(x), fixed = TRUE)
  x <- gsub("\"", "\\\"", x, fixed = TRUE)
  x <- gsub("\n", "\\n", x, fixed = TRUE)
  x <- gsub("\t", "\\t", x, fixed = TRUE)
  paste0("\"", x, "\"")
}

# The shorter of 15 and 17 digits that is the same number.
json_number <- function(x) {
  short <- formatC(x, digits = 15, format = "g", width = 1, decimal.mark = ".")
  long <- formatC(x, digits = 17, format = "g", width = 1, decimal.mark = ".")
  ifelse(as.numeric(short) == x, short, long)
}

from_json <- function(text, ...) jsonlite::parse_json(text, ...)

# A character vector of a JSON array of texts.
texts_of <- function(array) vapply(array, identity, "")
numbers_of <- function(array) vapply(array, function(x) if (is.null(x)) NA_real_ else as.numeric(x), 0)
