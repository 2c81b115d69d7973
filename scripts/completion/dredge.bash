# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of dredge for bash. It asks the command itself for what there is, so it is never out of date.

_dredge()
{
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]}
    local command=${COMP_WORDS[1]} words=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="$("$program" --help 2>/dev/null | sed -n 's/^  dredge \([a-z][a-z]*\)  *[a-z].*/\1/p') --help --version"
    elif [ "$previous" = --outcome ]; then
        words=$("$program" show outcomes --json 2>/dev/null | sed "s/\"series\".*//" | grep -o '"name": *"[^"]*"' | cut -d'"' -f4)
    elif [ "$previous" = --set ]; then
        words=$("$program" show study --json 2>/dev/null | grep -o '"key": *"[^"]*"' | cut -d'"' -f4)
        compopt -o nospace
        mapfile -t COMPREPLY < <(compgen -W "$words" -S = -- "$word")
        return
    elif [ "$command" = show ] && [ "$COMP_CWORD" -eq 2 ]; then
        words="study parameters regimes theories outcomes"
    elif [[ $word == -* ]]; then
        words="$("$program" "$command" --help 2>/dev/null | grep -oE -- '(^|[ [|])--?[a-z][a-z-]*' | tr -d ' [|') --help"
    fi
    if [ -n "$words" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word" | sort -u)
    else
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -F _dredge dredge
