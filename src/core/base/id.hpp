// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/ensure.hpp"

namespace pinchpoint {

/// Index of an entity of one kind. Ids of different kinds do not convert into each other.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::int32_t index) : index_(index) {}
  [[nodiscard]] constexpr std::int32_t index() const { return index_; }
  [[nodiscard]] constexpr bool is_valid() const { return index_ >= 0; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::int32_t index_ = -1;
};

/// A vector indexed by Id<Tag> only.
template <class Tag, class Value>
class IdVector {
 public:
  IdVector() = default;
  explicit IdVector(std::size_t size, Value value = {}) : values_(size, std::move(value)) {}
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  Id<Tag> push_back(Value value) {
    values_.push_back(std::move(value));
    return Id<Tag>(static_cast<std::int32_t>(values_.size()) - 1);
  }
  [[nodiscard]] Value& operator[](Id<Tag> id) { return values_.at(static_cast<std::size_t>(id.index())); }
  [[nodiscard]] const Value& operator[](Id<Tag> id) const { return values_.at(static_cast<std::size_t>(id.index())); }
  [[nodiscard]] auto begin() { return values_.begin(); }
  [[nodiscard]] auto end() { return values_.end(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }

 private:
  std::vector<Value> values_;
};

/// Ids in a row, from the first or from 0, for range loops: `for (const RegionId region : IdRange<RegionId>(n))`.
template <class IdType>
class IdRange {
 public:
  explicit IdRange(std::size_t size) : IdRange(IdType(0), size) {}
  IdRange(IdType first, std::size_t size)
      : first_(first.index()), end_(first.index() + static_cast<std::int32_t>(size)) {}
  class Iterator {
   public:
    explicit Iterator(std::int32_t index) : index_(index) {}
    IdType operator*() const { return IdType(index_); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    std::int32_t index_;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(first_); }
  [[nodiscard]] Iterator end() const { return Iterator(end_); }

 private:
  std::int32_t first_, end_;
};

template <class Tag, class Value>
[[nodiscard]] IdRange<Id<Tag>> ids(const IdVector<Tag, Value>& values) {
  return IdRange<Id<Tag>>(values.size());
}

}  // namespace pinchpoint

template <class Tag>
struct std::hash<pinchpoint::Id<Tag>> {
  std::size_t operator()(pinchpoint::Id<Tag> id) const noexcept { return std::hash<std::int32_t>{}(id.index()); }
};
