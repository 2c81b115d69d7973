/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/stream.h"

#include <Random123/philox.h>

void stream_words(const struct stream_address *address, uint32_t words[4])
{
    philox4x32_ctr_t counter = {{address->index, address->entity,
                                 (address->purpose << STREAM_PURPOSE_SHIFT) | address->month, address->replicate}};
    philox4x32_key_t key = {{(uint32_t)address->seed, (uint32_t)(address->seed >> 32)}};
    philox4x32_ctr_t block = philox4x32_R(10, counter, key);
    for (int word = 0; word < 4; word++) {
        words[word] = block.v[word];
    }
}
