# SPDX-License-Identifier: GPL-3.0-or-later

dredge_persons <- function(results, regime = NULL, replicate = 0, point = 0) {
  people <- people_of(results, regime, replicate, point)
  seat <- people$rows(length(people$name))
  frame <- data.frame(month = seat$month, collaboration = seat$collaboration, seat = seat$each - 1, name = people$name[seat$each],
                      sector = people$sector[seat$each])
  people$with_numbers(frame, FALSE, people$of_seats)
}

dredge_ties <- function(results, regime = NULL, replicate = 0, point = 0) {
  people <- people_of(results, regime, replicate, point)
  tie <- people$rows(length(people$from))
  from <- people$from[tie$each]
  to <- people$to[tie$each]
  frame <- data.frame(month = tie$month, collaboration = tie$collaboration, from = people$name[from], to = people$name[to],
                      from_sector = people$sector[from], to_sector = people$sector[to])
  people$with_numbers(frame, TRUE, people$of_ties)
}

# Who sat in one run, which is made again: names, sectors, the seats of ties; `rows` for a number of seats or ties; and what adds
# the numbers to a data frame of such rows.
people_of <- function(results, regime, replicate, point) {
  handle <- results_handle(results)
  number <- if (is.null(regime)) 1L else match(check_choice(regime, results$regimes, "regime"), results$regimes)
  run <- c(check_whole(point, "point", 0), number - 1L, check_whole(replicate, "replicate", 0))
  people <- .Call(r_people_new, handle, run)
  about <- from_json(.Call(r_people_describe, people))
  rows <- function(n) {
    expand.grid(each = seq_len(n), collaboration = seq_len(about$collaborations) - 1, month = seq_len(about$months + 1) - 1)
  }
  with_numbers <- function(frame, of_ties, names) {
    numbers <- matrix(.Call(r_people_numbers, people, of_ties, length(names) * nrow(frame)), length(names))
    for (k in seq_along(names)) frame[[names[k]]] <- if (names[k] == "inside") numbers[k, ] > 0 else numbers[k, ]
    frame
  }
  list(name = vapply(about$seats, function(seat) seat$name, ""), sector = vapply(about$seats, function(seat) seat$sector, ""),
       from = vapply(about$ties, function(tie) tie[[1]], 0L) + 1L, to = vapply(about$ties, function(tie) tie[[2]], 0L) + 1L,
       of_seats = texts_of(about$of_seats), of_ties = texts_of(about$of_ties), rows = rows, with_numbers = with_numbers)
}
