// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "optim/model/matrix_view.hpp"

namespace pinchpoint::optim {

/// Columns that cost nothing, have no bound and stand in one or two rows order the multipliers of those rows: no bound
/// but -∞ comes of y that does not have y_i ≤ ratio · y_k. Ways there and back, directly or through other rows, leave
/// y_i = ratio · y_k, or y_i = 0 where also a sign is in the circle: equations that hold by rounding only by chance.
///
/// The model with each such group of rows replaced by their weighted sum (in the row of lowest number; the others have
/// no sides any more): every feasible point of the model is one of this model, the columns that went in circles are
/// empty in it, and the multipliers of the rows that stay serve it as they are. Nothing if no rows are tied.
/// Not found: circles through columns of three rows and more, and ratios that are no powers of two.
[[nodiscard]] std::optional<Model> tie_rows(const Model& model, const MatrixView& matrix);

}  // namespace pinchpoint::optim
