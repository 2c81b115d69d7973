# SPDX-License-Identifier: GPL-3.0-or-later

# Rows are computed in parts, so that the outcomes of all replicates take at most about so many numbers at once.
MOST_NUMBERS <- 2^22

dredge_function <- function(study, factors, outcomes = "structural_share", regime = NULL, replicates = 64, first = 0,
                            threads = 0) {
  study <- dredge_study(study)
  factors <- check_names(factors, "factors")
  outcomes <- check_names(outcomes, "outcomes")
  regime <- if (is.null(regime)) study$regimes[1] else check_text(regime, "regime")
  replicates <- check_whole(replicates, "replicates", 1)
  first <- check_whole(first, "first", 0)
  threads <- check_whole(threads, "threads", 0)
  open <- function() .Call(r_function_new, study_handle(study), regime, factors, outcomes)
  handle <- open()
  call <- function(x, runs = FALSE, progress = FALSE) {
    if (.Call(r_is_empty, handle)) handle <<- open()
    runs <- check_flag(runs, "runs")
    rows <- rows_of(x, factors)
    told <- teller(progress)
    on.exit(told$end())
    step <- max(1, floor(MOST_NUMBERS / (length(outcomes) * replicates)))
    parts <- lapply(split(seq_len(nrow(rows)), ceiling(seq_len(nrow(rows)) / step)), function(part) {
      values <- told$watch(.Call(r_function_call, handle, t(rows[part, , drop = FALSE]), length(outcomes), first, replicates,
                                 threads, told$tell))
      values <- array(values, c(replicates, length(outcomes), length(part)))
      if (runs) values else matrix(colMeans(values, na.rm = TRUE), length(outcomes))
    })
    gathered(parts, outcomes, replicates, nrow(rows), runs)
  }
  structure(call, class = c("dredge_function", "function"), factors = factors, outcomes = outcomes, regime = regime,
            replicates = replicates, first = first)
}

# Rows of numbers, a column per factor, from a matrix, a data frame with these columns, or one row as a vector. Columns that
# have the names of the factors go by these, whatever their order.
rows_of <- function(x, factors) {
  if (is.data.frame(x)) {
    missing <- setdiff(factors, names(x))
    if (length(missing)) refuse("the rows have no column ", paste(missing, collapse = ", "))
    x <- x[factors]
    if (!all(vapply(x, function(column) is.numeric(column) || is.logical(column), NA))) refuse("the rows are no table of numbers")
    x <- as.matrix(x)
  }
  if (!(is.numeric(x) || is.logical(x))) refuse("the rows are no table of numbers: ", shown(x))
  if (is.null(dim(x))) x <- matrix(x, 1, dimnames = list(NULL, names(x)))
  if (length(dim(x)) == 2 && all(factors %in% colnames(x))) x <- x[, factors, drop = FALSE]
  if (length(dim(x)) != 2 || ncol(x) != length(factors)) {
    refuse("the rows have ", if (length(dim(x)) == 2) ncol(x) else length(dim(x)),
           if (length(dim(x)) == 2) " columns" else " dimensions", ": must be a matrix with a column for each of ",
           paste(factors, collapse = ", "))
  }
  storage.mode(x) <- "double"
  unname(x)
}

gathered <- function(parts, outcomes, replicates, n_rows, runs) {
  values <- unlist(parts, use.names = FALSE)
  if (is.null(values)) values <- numeric()
  if (!runs) return(matrix(values, n_rows, length(outcomes), byrow = TRUE, dimnames = list(NULL, outcomes)))
  aperm(array(values, c(replicates, length(outcomes), n_rows), list(NULL, outcomes, NULL)), c(3, 2, 1))
}

print.dredge_function <- function(x, ...) {
  about <- attributes(x)
  cat("<dredge function> f(", paste(about$factors, collapse = ", "), ") -> ", paste(about$outcomes, collapse = ", "), "\nregime ",
      about$regime, ", ", about$replicates, " replicates from ", about$first, "\n", sep = "")
  invisible(x)
}
