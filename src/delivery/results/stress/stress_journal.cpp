// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/stress/stress_journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "core/base/sha256.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::results {

namespace {

using stress::ColdCheck;
using stress::Outcome;
using stress::Past;
using stress::Round;
using stress::StageEnd;

constexpr std::string_view magic = "pinchpoint stress journal 3\n";

class Packer {
 public:
  template <class Number>
  void put(Number number) {
    char bytes[sizeof(Number)];
    std::memcpy(bytes, &number, sizeof(Number));
    bytes_.append(bytes, sizeof(Number));
  }
  void put(const std::string& text) {
    put(static_cast<std::uint64_t>(text.size()));
    bytes_ += text;
  }
  void put(const std::vector<double>& numbers) {
    put(static_cast<std::uint64_t>(numbers.size()));
    bytes_.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads what Packer wrote; is_good() is false once there was too little.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  template <class Number>
  Number get() {
    Number number{};
    if (take(sizeof(Number))) std::memcpy(&number, taken_.data(), sizeof(Number));
    return number;
  }
  std::string text() {
    const auto size = get<std::uint64_t>();
    return take(size) ? std::string(taken_) : std::string();
  }
  std::vector<double> numbers() {
    const auto size = get<std::uint64_t>();
    std::vector<double> all;
    if (size <= rest_.size() / sizeof(double) && take(size * sizeof(double))) {
      all.resize(size);
      std::memcpy(all.data(), taken_.data(), taken_.size());
    } else {
      is_good_ = false;
    }
    return all;
  }
  [[nodiscard]] bool is_good() const { return is_good_; }

 private:
  bool take(std::uint64_t size) {
    if (!is_good_ || size > rest_.size()) {
      is_good_ = false;
      return false;
    }
    taken_ = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  std::string_view rest_, taken_;
  bool is_good_ = true;
};

void pack(Packer& to, const Outcome& outcome) {
  to.put(outcome.start);
  for (const double number : {outcome.lower, outcome.upper, outcome.loss_lower, outcome.loss_upper, outcome.peak_share,
                              outcome.weeks_to_first_loss, outcome.weeks_to_recover, outcome.relief})
    to.put(number);
  to.put(static_cast<std::int32_t>(outcome.reached));
  to.put(outcome.iterations);
  for (const bool flag : {outcome.is_certified, outcome.is_pooled, outcome.is_lasting})
    to.put(static_cast<std::uint8_t>(flag ? 1 : 0));
  for (const double lost : outcome.curve) to.put(lost);
  to.put(outcome.message);
  for (const std::vector<double>* list : {&outcome.programmes, &outcome.layers, &outcome.countries}) to.put(*list);
}

Outcome unpack(Unpacker& from) {
  Outcome outcome;
  outcome.start = from.get<std::int32_t>();
  for (double* number : {&outcome.lower, &outcome.upper, &outcome.loss_lower, &outcome.loss_upper, &outcome.peak_share,
                         &outcome.weeks_to_first_loss, &outcome.weeks_to_recover, &outcome.relief})
    *number = from.get<double>();
  outcome.reached = static_cast<optim::Reached>(from.get<std::int32_t>());
  outcome.iterations = from.get<std::int64_t>();
  for (bool* flag : {&outcome.is_certified, &outcome.is_pooled, &outcome.is_lasting})
    *flag = from.get<std::uint8_t>() != 0;
  for (double& lost : outcome.curve) lost = from.get<double>();
  outcome.message = from.text();
  for (std::vector<double>* list : {&outcome.programmes, &outcome.layers, &outcome.countries}) *list = from.numbers();
  return outcome;
}

void pack(Packer& to, const ColdCheck& check) {
  to.put(static_cast<std::uint64_t>(check.scenario));
  to.put(static_cast<std::uint8_t>(check.agrees ? 1 : 0));
  to.put(check.lower);
  to.put(check.upper);
  to.put(check.message);
}

ColdCheck unpack_check(Unpacker& from) {
  ColdCheck check;
  check.scenario = from.get<std::uint64_t>();
  check.agrees = from.get<std::uint8_t>() != 0;
  check.lower = from.get<double>();
  check.upper = from.get<double>();
  check.message = from.text();
  return check;
}

void pack(Packer& to, const Past& past) {
  to.put(static_cast<std::uint64_t>(past.decisions.size()));
  for (const stress::Decision& decision : past.decisions) {
    to.put(decision.column);
    to.put(decision.from);
    to.put(decision.value);
  }
  to.put(static_cast<std::uint64_t>(past.extras.size()));
  for (const stress::Extra& extra : past.extras) {
    to.put(extra.row);
    to.put(extra.factor);
    to.put(extra.value);
  }
  for (const double number : {past.spent_lower, past.spent_upper, past.relief}) to.put(number);
  to.put(past.forms);
  to.put(past.iterations);
  for (const bool flag : {past.is_certified, past.is_lost}) to.put(static_cast<std::uint8_t>(flag ? 1 : 0));
  to.put(past.message);
}

Past unpack_past(Unpacker& from) {
  Past past;
  const auto decisions = from.get<std::uint64_t>();
  for (std::uint64_t at = 0; at < decisions && from.is_good(); ++at) {
    stress::Decision& decision = past.decisions.emplace_back();
    decision.column = from.get<std::int32_t>();
    decision.from = from.get<std::int32_t>();
    decision.value = from.get<double>();
  }
  const auto extras = from.get<std::uint64_t>();
  for (std::uint64_t at = 0; at < extras && from.is_good(); ++at) {
    stress::Extra& extra = past.extras.emplace_back();
    extra.row = from.get<std::int32_t>();
    extra.factor = from.get<double>();
    extra.value = from.get<double>();
  }
  for (double* number : {&past.spent_lower, &past.spent_upper, &past.relief}) *number = from.get<double>();
  past.forms = from.numbers();
  past.iterations = from.get<std::int64_t>();
  for (bool* flag : {&past.is_certified, &past.is_lost}) *flag = from.get<std::uint8_t>() != 0;
  past.message = from.text();
  return past;
}

void pack(Packer& to, const StageEnd& stage) {
  to.put(stage.lower);
  to.put(stage.upper);
  to.put(static_cast<std::int32_t>(stage.reached));
  to.put(static_cast<std::uint8_t>(stage.is_pooled ? 1 : 0));
  pack(to, stage.past);
}

StageEnd unpack_stage(Unpacker& from) {
  StageEnd stage;
  stage.lower = from.get<double>();
  stage.upper = from.get<double>();
  stage.reached = static_cast<optim::Reached>(from.get<std::int32_t>());
  stage.is_pooled = from.get<std::uint8_t>() != 0;
  stage.past = unpack_past(from);
  return stage;
}

std::optional<Round> unpack_round(std::string_view bytes) {
  Unpacker from(bytes);
  Round round;
  const auto count = from.get<std::uint64_t>();
  for (std::uint64_t at = 0; at < count && from.is_good(); ++at) round.outcomes.push_back(unpack(from));
  const auto stages = from.get<std::uint64_t>();
  for (std::uint64_t at = 0; at < stages && from.is_good(); ++at) round.stages.push_back(unpack_stage(from));
  round.sums = from.numbers();
  const auto checks = from.get<std::uint64_t>();
  for (std::uint64_t at = 0; at < checks && from.is_good(); ++at) round.checks.push_back(unpack_check(from));
  if (!from.is_good()) return std::nullopt;
  return round;
}

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what) {
  throw WriteError(fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

void write_all(int file, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path, "write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string read_all(int file, const std::filesystem::path& path) {
  std::string bytes;
  char block[1 << 16];
  for (;;) {
    const ssize_t got = ::read(file, block, sizeof(block));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path, "read");
    if (got == 0) return bytes;
    bytes.append(block, static_cast<std::size_t>(got));
  }
}

}  // namespace

StressJournal::StressJournal(std::filesystem::path path, const std::string& id) : path_(std::move(path)) {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) fail(path_, "open");
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw WriteError(fmt::format("{} is in use: the same stress run is going on in another process", path_.string()));
  }
  read_rounds(id);
}

StressJournal::~StressJournal() {
  if (file_ >= 0) ::close(file_);
}

void StressJournal::read_rounds(const std::string& id) {
  const std::string head = std::string(magic) + id + "\n";
  const std::string bytes = read_all(file_, path_);
  std::size_t good = 0;
  if (bytes.starts_with(head)) {
    good = head.size();
    // A round: its size, its SHA-256 in hex, its bytes.
    while (bytes.size() - good >= sizeof(std::uint64_t) + 64) {
      std::uint64_t size = 0;
      std::memcpy(&size, bytes.data() + good, sizeof(size));
      const std::size_t begin = good + sizeof(size) + 64;
      if (size > bytes.size() - begin) break;
      const std::string_view content = std::string_view(bytes).substr(begin, size);
      if (sha256_hex(content) != bytes.substr(good + sizeof(size), 64)) break;
      std::optional<Round> round = unpack_round(content);
      if (!round) break;
      known_.push_back(std::move(*round));
      good = begin + size;
    }
  }
  if (::ftruncate(file_, static_cast<off_t>(good)) != 0) fail(path_, "write");
  if (::lseek(file_, 0, SEEK_END) < 0) fail(path_, "write");
  if (good == 0) write_all(file_, head, path_);
}

std::optional<Round> StressJournal::next() {
  if (given_ == known_.size()) return std::nullopt;
  return std::move(known_[given_++]);
}

void StressJournal::append(const Round& round) {
  Packer content;
  content.put(static_cast<std::uint64_t>(round.outcomes.size()));
  for (const Outcome& outcome : round.outcomes) pack(content, outcome);
  content.put(static_cast<std::uint64_t>(round.stages.size()));
  for (const StageEnd& stage : round.stages) pack(content, stage);
  content.put(round.sums);
  content.put(static_cast<std::uint64_t>(round.checks.size()));
  for (const ColdCheck& check : round.checks) pack(content, check);
  Packer whole;
  whole.put(static_cast<std::uint64_t>(content.bytes().size()));
  write_all(file_, whole.bytes() + sha256_hex(content.bytes()) + content.bytes(), path_);
  ::fdatasync(file_);
}

void StressJournal::rename(const std::filesystem::path& path) {
  if (::rename(path_.c_str(), path.c_str()) != 0) fail(path, "write");
  path_ = path;
}

void StressJournal::remove() noexcept {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace pinchpoint::results
