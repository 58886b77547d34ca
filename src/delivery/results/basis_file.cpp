// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/basis_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "analysis/explain/number_text.hpp"

namespace pinchpoint::results {

namespace {

constexpr std::string_view format_line = "pinchpoint basis 1";
constexpr std::string_view letters = "lbuzn";  // by the solver's code
constexpr std::size_t letters_a_line = 120;

std::string lines_of(std::string_view name, const std::vector<std::uint8_t>& basis) {
  std::string text = fmt::format("{}\n", name);
  for (std::size_t at = 0; at < basis.size(); ++at) {
    text += letters.at(basis[at]);
    if ((at + 1) % letters_a_line == 0) text += '\n';
  }
  if (text.back() != '\n') text += '\n';
  return text;
}

/// Reads word by word; what does not fit makes it bad, and is never read over.
class Words {
 public:
  explicit Words(std::string_view text) : in_(std::string(text)) {}
  [[nodiscard]] bool is_good() const { return is_good_; }
  [[nodiscard]] std::string next() {
    std::string word;
    if (!(in_ >> word)) is_good_ = false;
    return word;
  }
  void expect(std::string_view word) { is_good_ = next() == word && is_good_; }
  [[nodiscard]] bool is_at(std::string_view word) {
    const auto here = in_.tellg();
    std::string found;
    const bool is_it = (in_ >> found) && found == word;
    if (!is_it) {
      in_.clear();
      in_.seekg(here);
    }
    return is_it;
  }
  template <class Number>
  void read(Number& number) {
    const std::string word = next();
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    is_good_ = is_good_ && error == std::errc{} && end == word.data() + word.size();
  }
  void read(std::vector<std::uint8_t>& basis, std::int32_t count) {
    while (is_good_ && basis.size() < static_cast<std::size_t>(count)) {
      for (const char letter : next()) {
        const std::size_t code = letters.find(letter);
        is_good_ = is_good_ && code != std::string_view::npos;
        basis.push_back(static_cast<std::uint8_t>(code));
      }
    }
    is_good_ = is_good_ && basis.size() == static_cast<std::size_t>(count);
  }

 private:
  std::istringstream in_;
  bool is_good_ = true;
};

void read_integers(Words& words, optim::StartPoint& start) {
  words.read(start.mip_bound);
  words.expect("integers");
  std::int32_t count = 0;
  words.read(count);
  for (std::int32_t at = 0; at < count && words.is_good(); ++at) {
    start.integers.push_back(0);
    words.read(start.integers.back());
  }
}

}  // namespace

std::string render_basis(const optim::StartPoint& start) {
  const optim::Fingerprint& model = start.model;
  std::string text = fmt::format("{}\nrows {}\ncolumns {}\nnonzeros {}\nstructure {}\nnumbers {}\n", format_line,
                                 model.rows, model.columns, model.nonzeros, model.structure, model.numbers);
  if (!start.integers.empty()) {
    text += fmt::format("mip_bound {}\nintegers {}\n", explain::exact_text(start.mip_bound), start.integers.size());
    for (const double integer : start.integers) text += explain::exact_text(integer) + '\n';
  }
  return text + lines_of("column_basis", start.column_basis) + lines_of("row_basis", start.row_basis);
}

std::optional<optim::StartPoint> read_basis(std::string_view text) {
  if (!text.starts_with(format_line)) return std::nullopt;
  Words words(text.substr(format_line.size()));
  optim::StartPoint start;
  words.expect("rows");
  words.read(start.model.rows);
  words.expect("columns");
  words.read(start.model.columns);
  words.expect("nonzeros");
  words.read(start.model.nonzeros);
  words.expect("structure");
  start.model.structure = words.next();
  words.expect("numbers");
  start.model.numbers = words.next();
  if (words.is_at("mip_bound")) read_integers(words, start);
  words.expect("column_basis");
  words.read(start.column_basis, start.model.columns);
  words.expect("row_basis");
  words.read(start.row_basis, start.model.rows);
  return words.is_good() ? std::optional(std::move(start)) : std::nullopt;
}

StoredBasis read_run_basis(const std::filesystem::path& run) {
  std::ifstream file(run / basis_file, std::ios::binary);
  if (!file) return {std::nullopt, fmt::format("keeps no {}", basis_file)};
  StoredBasis stored{read_basis(std::string{std::istreambuf_iterator<char>(file), {}}), ""};
  if (!stored.start) stored.problem = fmt::format("has a {} that cannot be read", basis_file);
  return stored;
}

}  // namespace pinchpoint::results
