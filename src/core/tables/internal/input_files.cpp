// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/input_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "core/base/sha256.hpp"

namespace pinchpoint::tables::internal {

namespace fs = std::filesystem;

namespace {

class OpenFile {
 public:
  /// Not held up by a pipe that nobody writes to.
  explicit OpenFile(const fs::path& path) : handle_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (handle_ >= 0) ::close(handle_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  /// Nothing where it is no file.
  [[nodiscard]] std::optional<std::uintmax_t> size() const {
    struct stat facts {};
    if (handle_ < 0 || ::fstat(handle_, &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
    return static_cast<std::uintmax_t>(facts.st_size);
  }
  /// As many bytes as the text is long; fewer where the file has become shorter. False where it cannot be read.
  [[nodiscard]] bool read(std::string& text) const {
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t count = ::read(handle_, text.data() + done, text.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return false;
      if (count == 0) break;
      done += static_cast<std::size_t>(count);
    }
    text.resize(done);
    return true;
  }

 private:
  int handle_;
};

}  // namespace

InputFiles::InputFiles(const fs::path& model_folder, std::uintmax_t largest_bytes) : largest_bytes_(largest_bytes) {
  std::error_code failed;
  model_folder_ = fs::weakly_canonical(model_folder, failed);
  prefixes_[model_folder.native()] = "";
}

/// Links in the way to a file are followed, and asked for once a folder; a link that is the file keeps its own name.
std::string InputFiles::shown(const fs::path& path) const {
  const std::string_view text = path.native();
  const std::size_t slash = text.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? text : text.substr(slash + 1);
  if (name.empty() || name == "." || name == "..") return relative(path).value_or(path.generic_string());
  std::string_view parent = slash == std::string_view::npos ? "." : text.substr(0, slash + 1);
  while (parent.size() > 1 && parent.ends_with('/')) parent.remove_suffix(1);
  auto known = prefixes_.find(parent);
  if (known == prefixes_.end()) {
    std::optional<std::string> prefix = relative(parent);
    if (prefix && prefix != ".") *prefix += '/';
    if (prefix == ".") prefix = "";
    known = prefixes_.emplace(parent, std::move(prefix)).first;
  }
  return known->second ? *known->second + std::string(name) : path.generic_string();
}

/// As seen from the model folder, without links as far as it is there.
std::optional<std::string> InputFiles::relative(const fs::path& path) const {
  std::error_code failed;
  const fs::path relative = fs::weakly_canonical(path, failed).lexically_relative(model_folder_);
  return relative.empty() ? std::nullopt : std::optional(relative.generic_string());
}

std::optional<std::string> InputFiles::read(const fs::path& path, Diagnostics& diagnostics) {
  const std::string name = shown(path);
  const OpenFile file(path);
  const std::optional<std::uintmax_t> size = file.size();
  if (size && *size > largest_bytes_) {
    diagnostics.add(Code::file_too_large, {name, 0, 0, 0},
                    fmt::format("the file has {} bytes; at most {} are read", *size, largest_bytes_));
    return std::nullopt;
  }
  std::string text(size.value_or(0), '\0');
  if (!size || !file.read(text)) {
    diagnostics.add(Code::file_unreadable, {name, 0, 0, 0}, "the file cannot be read");
    return std::nullopt;
  }
  files_[name] = {name, sha256_hex(text), text.size()};
  return text;
}

std::vector<InputFile> InputFiles::list() const {
  std::vector<InputFile> list;
  for (const auto& [name, file] : files_) list.push_back(file);
  return list;
}

namespace {

/// Files that may stand beside tables: texts, pictures, collections of raw facts, and hidden ones.
bool is_bystander(const fs::path& path) {
  static const std::set<std::string> extensions = {".md", ".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp"};
  const std::string name = path.filename().string();
  return name.starts_with('.') || (name.starts_with("facts_") && path.extension() == ".csv") ||
         extensions.contains(path.extension().string());
}

class FolderLister {
 public:
  FolderLister(const InputFiles& files, bool is_lenient, Diagnostics& diagnostics)
      : files_(files), is_lenient_(is_lenient), diagnostics_(diagnostics) {}

  FolderFiles list(const fs::path& folder) {
    found_.folder = folder;
    for (const fs::directory_entry& entry : entries_by_name(folder)) {
      if (is_bystander(entry.path())) continue;
      if (is_folder(entry)) {
        list_subfolder(entry.path());
      } else {
        list_file(entry.path());
      }
    }
    return std::move(found_);
  }

 private:
  std::vector<fs::directory_entry> entries_by_name(const fs::path& folder) {
    std::error_code failed;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
      entries.push_back(*entry);
    }
    if (failed) diagnostics_.add(Code::file_unreadable, {files_.shown(folder), 0, 0, 0}, "the folder cannot be read");
    // As paths of one folder compare, without taking them apart.
    std::sort(entries.begin(), entries.end(),
              [](const auto& left, const auto& right) { return left.path().native() < right.path().native(); });
    return entries;
  }

  /// False for a link that leads nowhere, or in a circle: reading it as a file says so.
  static bool is_folder(const fs::directory_entry& entry) {
    std::error_code failed;
    return entry.is_directory(failed) && !failed;
  }

  void list_file(const fs::path& path) {
    if (path.filename() == "model.toml") return;
    const std::string table = path.stem().string();
    if (path.extension() == ".csv" && find_schema(table) != nullptr) {
      found_.tables[table].push_back(path);
    } else {
      report_unknown(path, "is no table");
    }
  }

  void list_subfolder(const fs::path& path) {
    const std::string name = path.filename().string();
    if (name == "expected" || name == "runs") return;
    const bool is_patches = name == "patches";
    if (!is_patches && find_schema(name) == nullptr) return report_unknown(path, "is no table");
    for (const fs::directory_entry& entry : entries_by_name(path)) {
      if (is_bystander(entry.path())) continue;
      if (is_folder(entry) || entry.path().extension() != ".csv") {
        report_unknown(entry.path(),
                       is_patches ? "is no patch, a file NAME.csv" : "is no part of a table, a file NAME.csv");
      } else if (is_patches) {
        found_.patches[entry.path().stem().string()] = entry.path();
      } else {
        found_.tables[name].push_back(entry.path());
      }
    }
  }

  void report_unknown(const fs::path& path, std::string_view what) {
    const SourceSpan where{files_.shown(path), 0, 0, 0};
    const std::string name = path.filename().string();
    const std::string message = fmt::format("'{}' {}", name, what);
    Diagnostic& item = is_lenient_ ? diagnostics_.add_lenient(Code::unknown_file, where, message)
                                   : diagnostics_.add(Code::unknown_file, where, message);
    item.found = name;
    const std::string near = closest_table(path);
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }

  [[nodiscard]] static std::string closest_table(const fs::path& path) {
    std::vector<std::string> names = {"patches", "expected", "runs"};
    for (const TableSchema& schema : schemas()) names.emplace_back(schema.name);
    const std::string near = closest_name(path.stem().string(), names);
    std::error_code failed;
    return near.empty() || fs::is_directory(path, failed) ? near : near + ".csv";
  }

  const InputFiles& files_;
  bool is_lenient_;
  Diagnostics& diagnostics_;
  FolderFiles found_;
};

}  // namespace

FolderFiles list_folder(const fs::path& folder, const InputFiles& files, bool is_lenient, Diagnostics& diagnostics) {
  return FolderLister(files, is_lenient, diagnostics).list(folder);
}

}  // namespace pinchpoint::tables::internal
