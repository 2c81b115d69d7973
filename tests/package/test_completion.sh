#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What bash offers after a tab; zsh's file is read by zsh where there is one.
set -euo pipefail
PATH=$(dirname "$DREDGE"):$PATH
# shellcheck source=/dev/null
source "$DREDGE_SOURCE/scripts/completion/dredge.bash"
cd "$DREDGE_SOURCE"

# offers EXPECTED WORD...: completing the last word offers EXPECTED (among others).
offers() {
    local expected=$1
    shift
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _dredge 2>/dev/null || true # outside of readline, compopt complains
    local reply
    for reply in "${COMPREPLY[@]}"; do
        [ "$reply" = "$expected" ] && return
    done
    echo "after '$*': no $expected in: ${COMPREPLY[*]}" >&2
    exit 1
}

offers run dredge r
offers --version dredge --
offers --replicates dredge run scenarios/care.yaml --re
offers --json dredge compare x.h5 --
offers structural_share dredge sensitivity x.h5 --outcome struct
offers funder.target= dredge run x.yaml --set funder.t
offers regimes dredge show reg
offers scenarios dredge run scen

if command -v zsh >/dev/null; then
    zsh -n scripts/completion/_dredge
fi
