// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace pinchpoint::optim {

/// A set of targets, one bit each.
class TargetSet {
 public:
  TargetSet() = default;
  explicit TargetSet(std::size_t size) : words_((size + 63) / 64, 0) {}
  TargetSet(std::size_t size, const std::vector<std::int32_t>& members) : TargetSet(size) {
    for (const std::int32_t member : members) insert(member);
  }

  [[nodiscard]] bool contains(std::int32_t target) const { return ((words_[word(target)] >> bit(target)) & 1U) != 0; }
  void insert(std::int32_t target) { words_[word(target)] |= std::uint64_t{1} << bit(target); }
  void erase(std::int32_t target) { words_[word(target)] &= ~(std::uint64_t{1} << bit(target)); }

  void keep_only(const TargetSet& other) {
    for (std::size_t at = 0; at < words_.size(); ++at) words_[at] &= other.words_[at];
  }
  void join(const TargetSet& other) {
    for (std::size_t at = 0; at < words_.size(); ++at) words_[at] |= other.words_[at];
  }
  [[nodiscard]] bool meets(const TargetSet& other) const {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      if ((words_[at] & other.words_[at]) != 0) return true;
    }
    return false;
  }
  [[nodiscard]] int count() const {
    int total = 0;
    for (const std::uint64_t bits : words_) total += std::popcount(bits);
    return total;
  }
  [[nodiscard]] int count_common(const TargetSet& other) const {
    int total = 0;
    for (std::size_t at = 0; at < words_.size(); ++at) total += std::popcount(words_[at] & other.words_[at]);
    return total;
  }
  /// Ascending.
  [[nodiscard]] std::vector<std::int32_t> members() const {
    std::vector<std::int32_t> found;
    for (std::size_t at = 0; at < words_.size(); ++at) {
      for (std::uint64_t bits = words_[at]; bits != 0; bits &= bits - 1) {
        found.push_back(static_cast<std::int32_t>(64 * at) + std::countr_zero(bits));
      }
    }
    return found;
  }
  friend bool operator==(const TargetSet&, const TargetSet&) = default;

 private:
  static std::size_t word(std::int32_t target) { return static_cast<std::size_t>(target) / 64; }
  static unsigned bit(std::int32_t target) { return static_cast<unsigned>(target) % 64; }
  std::vector<std::uint64_t> words_;
};

}  // namespace pinchpoint::optim
