// Blocks of Xapian's glass format.
#ifndef CXAPIAN_BLOCK_HPP
#define CXAPIAN_BLOCK_HPP

#include <cstddef>
#include <cstdint>

namespace cx {

/// Offsets in a block: revision (4), level (1), greatest gap (2), free bytes (2), end of the directory (2).
inline constexpr size_t level_place = 4;
inline constexpr size_t gap_place = 5;
inline constexpr size_t free_place = 7;
inline constexpr size_t end_place = 9;
inline constexpr size_t directory_start = 11;
inline constexpr size_t entry = 2;

/// An item of a leaf: size less 3 and flags (2), size of the key (1), key, component (2, but the first), tag.
inline constexpr size_t item_head = 3;
inline constexpr size_t component_size = 2;
inline constexpr uint16_t flag_compressed = 0x8000;
inline constexpr uint16_t flag_last = 0x4000;
inline constexpr uint16_t flag_first = 0x2000;
inline constexpr uint16_t size_mask = 0x1fff;
/// An item of a branch: number of the block below (4), size of the key (1), key, component (2).
inline constexpr size_t branch_head = 5;

inline uint16_t get16(const char *place) { return uint16_t(uint8_t(place[0]) << 8 | uint8_t(place[1])); }

inline uint32_t get32(const char *place) { return uint32_t(get16(place)) << 16 | get16(place + 2); }

}  // namespace cx
#endif
