# SPDX-License-Identifier: GPL-3.0-or-later

dredge_game <- function(study, regime = NULL, replicate = 0, seed = NULL) {
  study <- dredge_study(study, if (!is.null(seed)) list(seed = check_whole(seed, "seed", 0)))
  regime <- check_text(regime, "regime", or_null = TRUE)
  handle <- .Call(r_game_new, study_handle(study), regime, check_whole(replicate, "replicate", 0))
  about <- from_json(.Call(r_game_describe, handle), simplifyVector = TRUE)
  structure(list(handle = handle, about = about), class = "dredge_game")
}

game_handle <- function(game) {
  if (!inherits(game, "dredge_game")) refuse("game = ", shown(class(game)), ": must be made by dredge_game")
  game$handle
}

dredge_state <- function(game) {
  numbers <- .Call(r_game_state, game_handle(game))
  about <- game$about
  state <- c(list(month = .Call(r_game_month, game$handle)), as.list(setNames(head(numbers, length(about$scalars)), about$scalars)))
  at <- length(about$scalars)
  for (group in c("seats", "ties", "causes")) {
    names <- about[[paste0("of_", group)]]
    n <- about[[group]]
    columns <- matrix(numbers[at + seq_len(n * length(names))], n, dimnames = list(NULL, names))
    state[[paste0("by_", substr(group, 1, nchar(group) - 1))]] <- as.data.frame(columns)
    at <- at + n * length(names)
  }
  state
}

dredge_is_over <- function(game) .Call(r_game_month, game_handle(game)) >= game$about$months + game$about$aftercare

dredge_step <- function(game, process = NULL, depth = NULL, months = 1) {
  handle <- game_handle(game)
  if (is.null(process) != is.null(depth)) refuse("process and depth are set together, or neither")
  months <- check_whole(months, "months", 0)
  if (!is.null(process)) {
    if (!is.numeric(process) || !is.numeric(depth) || length(process) != 1 || length(depth) != 1) {
      refuse("process = ", shown(process), " and depth = ", shown(depth), ": must be numbers between 0 and 1")
    }
    .Call(r_game_steer, handle, process, depth)
  }
  .Call(r_game_step, handle, months)
  dredge_state(game)
}

print.dredge_game <- function(x, ...) {
  cat("<dredge game> month ", .Call(r_game_month, x$handle), " of ", x$about$months, " and ", x$about$aftercare,
      " of aftercare\n", sep = "")
  invisible(x)
}
