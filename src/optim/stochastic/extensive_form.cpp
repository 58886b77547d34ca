// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/extensive_form.hpp"

#include <memory>

namespace pinchpoint::optim {

namespace {

class Writer {
 public:
  Writer(const TwoStageProblem& problem, const Risk& risk)
      : problem_(problem),
        risk_(risk),
        has_tail_(risk.weight > 0 && risk.level > 0),
        mean_weight_(has_tail_ ? 1 - risk.weight : 1),
        names_(std::make_shared<Names>()) {
    std::vector<std::string> labels;
    for (std::size_t at = 0; at < problem.futures.size(); ++at) labels.push_back(std::to_string(at));
    const int futures = names_->add_space("future", std::move(labels));
    first_ = names_->add_family("first", {});
    recourse_ = names_->add_family("recourse", {futures});
    tail_ = names_->add_family("tail", {futures});
  }

  Model write() {
    add_copy(problem_.first, {first_, {}}, 0);
    builder_.add_offset(problem_.first.offset * (has_tail_ ? 1 - risk_.weight : 1));
    if (has_tail_) threshold_ = builder_.add_column({first_, {}}, risk_.weight, -infinity, infinity);
    for (std::size_t at = 0; at < problem_.futures.size(); ++at) {
      if (problem_.futures[at].probability > 0) add_future(at);
    }
    return builder_.build("extensive form", names_);
  }

 private:
  /// Rows and columns of a model, costs times `weight`. Returns the first new column.
  std::int32_t add_copy(const Model& model, const Key& key, double weight) {
    const std::int32_t row = builder_.row_count();
    const std::int32_t first = builder_.column_count();
    for (std::size_t at = 0; at < model.row_lower.size(); ++at)
      builder_.add_row(key, model.row_lower[at], model.row_upper[at]);
    for (std::size_t at = 0; at < model.cost.size(); ++at) {
      const ColumnId column = builder_.add_column(key, weight == 0 ? 0 : weight * model.cost[at], model.lower[at],
                                                  model.upper[at], model.is_integer[at] != 0);
      for (auto entry = model.matrix.start[at]; entry < model.matrix.start[at + 1]; ++entry) {
        const auto place = static_cast<std::size_t>(entry);
        builder_.add_entry(RowId(row + model.matrix.row[place]), column, model.matrix.value[place]);
      }
    }
    return first;
  }

  void add_future(std::size_t at) {
    const Future& future = problem_.futures[at];
    const std::vector<double>& first_cost = first_cost_of(problem_, future);
    const double weight = mean_weight_ * future.probability;
    for (std::size_t column = 0; column < first_cost.size(); ++column)
      builder_.add_cost(ColumnId(static_cast<std::int32_t>(column)), weight * first_cost[column]);
    const Key key{recourse_, {static_cast<std::int32_t>(at)}};
    const std::int32_t row = builder_.row_count();
    std::int32_t begin = builder_.column_count();
    double offset = problem_.first.offset;
    const Model* model = nullptr;
    Model changed;
    if (future.recourse >= 0) {
      changed = patched(problem_.recourses[static_cast<std::size_t>(future.recourse)].model, future.patch);
      model = &changed;
      begin = add_copy(changed, key, weight);
      builder_.add_offset(weight * changed.offset);
      offset += changed.offset;
      for (const Link& link : links_of(problem_, future))
        builder_.add_entry(RowId(row + link.row), ColumnId(link.column), link.value);
    }
    if (!has_tail_) return;
    const double share = risk_.weight * future.probability / (1 - risk_.level);
    const ColumnId excess = builder_.add_column({tail_, {static_cast<std::int32_t>(at)}}, share, 0, infinity);
    const RowId above = builder_.add_row({tail_, {static_cast<std::int32_t>(at)}}, offset, infinity);
    builder_.add_entry(above, excess, 1);
    builder_.add_entry(above, threshold_, 1);
    for (std::size_t column = 0; column < first_cost.size(); ++column)
      builder_.add_entry(above, ColumnId(static_cast<std::int32_t>(column)), -first_cost[column]);
    for (std::size_t column = 0; model != nullptr && column < model->cost.size(); ++column)
      builder_.add_entry(above, ColumnId(begin + static_cast<std::int32_t>(column)), -model->cost[column]);
  }

  const TwoStageProblem& problem_;
  Risk risk_;
  bool has_tail_;
  double mean_weight_;
  std::shared_ptr<Names> names_;
  ModelBuilder builder_;
  FamilyId first_, recourse_, tail_;
  ColumnId threshold_;
};

}  // namespace

Model extensive_form(const TwoStageProblem& problem, const Risk& risk) { return Writer(problem, risk).write(); }

}  // namespace pinchpoint::optim
