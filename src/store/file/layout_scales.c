/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "store/file/layout_inside.h"

/* Dimension scales, attached as HDF5's own functions for them do it: a variable lists its scales, a scale those who use it.
 * H5DSattach_scale writes the list of a scale anew for each of hundreds of variables; here it is written once. */

/* A variable along a scale, as the list of the scale has it. */
struct user {
    hobj_ref_t variable;
    int axis;
};

struct layout_use {
    hid_t scale;
    struct user user;
    int is_listed;
};

/* Room for the uses of one more variable. */
static int make_room(struct layout *layout)
{
    if (layout->n_uses + HDF_MOST_RANK > layout->use_capacity) {
        size_t capacity = 2 * (size_t)layout->use_capacity + 64;
        struct layout_use *grown = realloc(layout->uses, capacity * sizeof *grown);
        if (grown == NULL) {
            return 0;
        }
        layout->uses = grown;
        layout->use_capacity = (int)capacity;
    }
    return 1;
}

void layout_attach(struct layout *layout, hid_t dataset, int rank, const hid_t *scales)
{
    hobj_ref_t scale[HDF_MOST_RANK], variable;
    hvl_t lists[HDF_MOST_RANK];
    int is_done = !layout->has_failed && make_room(layout) && H5Rcreate(&variable, dataset, ".", H5R_OBJECT, -1) >= 0;
    for (int axis = 0; is_done && axis < rank; axis++) {
        is_done = H5Rcreate(&scale[axis], scales[axis], ".", H5R_OBJECT, -1) >= 0;
        lists[axis] = (hvl_t){1, &scale[axis]};
        layout->uses[layout->n_uses++] = (struct layout_use){scales[axis], {variable, axis}, 0};
    }
    if (is_done && rank > 0) {
        hid_t type = H5Tvlen_create(H5T_STD_REF_OBJ);
        is_done = hdf_put_number(dataset, "DIMENSION_LIST", type, type, rank, lists);
        (void)H5Tclose(type);
    }
    layout->has_failed |= !is_done;
}

void layout_finish_scales(struct layout *layout)
{
    hid_t type = H5Tcreate(H5T_COMPOUND, sizeof(struct user));
    struct user *users = malloc(((size_t)layout->n_uses + 1) * sizeof *users);
    int is_made = users != NULL && H5Tinsert(type, "dataset", HOFFSET(struct user, variable), H5T_STD_REF_OBJ) >= 0 &&
                  H5Tinsert(type, "dimension", HOFFSET(struct user, axis), H5T_NATIVE_INT) >= 0;
    layout->has_failed |= !is_made;
    for (int first = 0; first < layout->n_uses && !layout->has_failed; first++) {
        hid_t scale = layout->uses[first].scale;
        int n = 0;
        for (int i = first; i < layout->n_uses; i++) {
            struct layout_use *use = &layout->uses[i];
            if (!use->is_listed && use->scale == scale) {
                users[n++] = use->user;
                use->is_listed = 1;
            }
        }
        layout->has_failed |= n > 0 && !hdf_put_number(scale, "REFERENCE_LIST", type, type, n, users);
    }
    free(users);
    (void)H5Tclose(type);
}
