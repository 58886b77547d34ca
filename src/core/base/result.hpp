// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <variant>

#include "core/base/diagnostic.hpp"
#include "core/base/ensure.hpp"

namespace pinchpoint {

/// A value, or the non-empty list of complaints that prevented it. Names follow std::expected.
template <class Value>
class [[nodiscard]] Result {
 public:
  Result(Value value) : state_(std::move(value)) {}
  Result(Diagnostics errors) : state_(std::move(errors)) {
    ensure(std::get<Diagnostics>(state_).has_errors(), "a failed Result needs at least one error");
  }

  [[nodiscard]] bool has_value() const { return std::holds_alternative<Value>(state_); }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] Value& value() & {
    ensure(has_value(), "value() of a failed Result");
    return std::get<Value>(state_);
  }
  [[nodiscard]] const Value& value() const& {
    ensure(has_value(), "value() of a failed Result");
    return std::get<Value>(state_);
  }
  [[nodiscard]] Value&& value() && {
    ensure(has_value(), "value() of a failed Result");
    return std::get<Value>(std::move(state_));
  }
  [[nodiscard]] const Diagnostics& error() const {
    ensure(!has_value(), "error() of a Result with a value");
    return std::get<Diagnostics>(state_);
  }
  Value& operator*() & { return value(); }
  const Value& operator*() const& { return value(); }
  Value* operator->() { return &value(); }
  const Value* operator->() const { return &value(); }

 private:
  std::variant<Value, Diagnostics> state_;
};

}  // namespace pinchpoint
