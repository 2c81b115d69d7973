/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_OWN_H
#define STORE_FILE_OWN_H

/* What only dredge needs of a results file, in a group of its own.
 *
 *     names       bytes: lines of UTF-8, fields separated by tabs: "regime", its name; "factor", its key with dots; then the
 *                 catalogue (result/catalogue.h). Dredge reads names from here, not from texts of variable length.
 *     labels      bytes: lines of an object and the digest of its attributes (store/file/labels.h)
 *     messages    bytes [point][PARCEL_MESSAGE_BYTES], where runs failed: why
 *     tally_size  where the counts behind summaries are kept: how many bytes the tallies of each point take, [point]
 *     tallies     these bytes, one point after the other: for each regime its size, then the tallies, as in a segment
 */
#define OWN_GROUP "dredge"
#define OWN_NAMES "dredge/names"
#define OWN_LABELS "dredge/labels"
#define OWN_MESSAGES "dredge/messages"
#define OWN_TALLY_SIZE "dredge/tally_size"
#define OWN_TALLIES "dredge/tallies"

/* In a file of format 1 messages and tallies have another group, and the names are texts of the root. */
#define OWN_MESSAGES_1 "merging/message"

#endif
