// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/run_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <vector>

#include "delivery/results/write_error.hpp"

namespace pinchpoint::results {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view hidden_prefix = ".unfinished-";
constexpr const char* results_file = "results.sqlite";

[[noreturn]] void fail(const fs::path& path, int error) {
  throw WriteError(fmt::format("cannot write to {}: {}", path.string(), std::generic_category().message(error)));
}

/// A lock that the system gives up when its holder dies, however it dies.
int lock_folder(const fs::path& path) {
  const int handle = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return -1;
  if (::flock(handle, LOCK_EX | LOCK_NB) == 0) return handle;
  ::close(handle);
  return -1;
}

/// Between making a folder and locking it another program could take it for a dead one's: so while the program that
/// its name tells is alive, the folder has to be a minute old.
bool may_be_left_over(const fs::path& path) {
  const std::string name = path.filename().string();
  if (!name.starts_with(hidden_prefix)) return false;
  const long owner = std::strtol(name.c_str() + hidden_prefix.size(), nullptr, 10);
  if (owner > 0 && ::kill(static_cast<pid_t>(owner), 0) != 0 && errno == ESRCH) return true;
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  return !error && fs::file_time_type::clock::now() - written > std::chrono::minutes(1);
}

void remove_leftovers(const fs::path& parent) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, ignored)) {
    if (!may_be_left_over(entry.path())) continue;
    const int lock = lock_folder(entry.path());
    if (lock < 0) continue;
    fs::remove_all(entry.path(), ignored);
    ::close(lock);
  }
}

/// 0, or the error. Never replaces what is there.
int rename_to_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // File systems without that flag: rename() replaces empty folders at most, and ours are never empty.
  std::error_code error;
  if (fs::exists(to, error)) return EEXIST;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

/// Open files of a folder, closed at the end.
class OpenFiles {
 public:
  explicit OpenFiles(const fs::path& folder) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const int handle = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
      if (handle < 0) fail(entry.path(), errno);
      files_.push_back({entry.path(), handle});
    }
  }
  ~OpenFiles() {
    for (const File& file : files_) ::close(file.handle);
  }
  OpenFiles(const OpenFiles&) = delete;
  OpenFiles& operator=(const OpenFiles&) = delete;

  /// All begin to be written before one is waited for, and several are waited for at once: the disk takes them
  /// together.
  void flush() {
    for (const File& file : files_)
      ::sync_file_range(file.handle, 0, 0, SYNC_FILE_RANGE_WRITE);  // a hint: errors are fsync's
    wait_on_threads();
    for (const File& file : files_) {
      if (file.error != 0) fail(file.path, file.error);
    }
  }

 private:
  struct File {
    fs::path path;
    int handle;
    int error = 0;
  };

  void wait_on_threads() {
    constexpr std::size_t most_threads = 8;
    std::vector<std::jthread> others;
    try {
      while (others.size() + 1 < std::min(files_.size(), most_threads))
        others.emplace_back([this] { wait_for_files(); });
    } catch (const std::system_error&) {  // no more threads: those that there are wait for all
    }
    wait_for_files();
  }

  void wait_for_files() {
    for (std::size_t at = next_++; at < files_.size(); at = next_++) {
      if (::fsync(files_[at].handle) != 0 && errno != EINVAL) files_[at].error = errno;
    }
  }

  std::vector<File> files_;
  std::atomic<std::size_t> next_ = 0;
};

/// What is in the folder reaches the disk before its name does.
void flush_to_disk(const fs::path& folder) { OpenFiles(folder).flush(); }

}  // namespace

RunFolder::RunFolder(fs::path parent) : parent_(std::move(parent)) {
  std::error_code error;
  fs::create_directories(parent_, error);
  if (error) fail(parent_, error.value());
  remove_leftovers(parent_);
  for (int number = 1;; ++number) {
    path_ = parent_ / fmt::format("{}{}-{}", hidden_prefix, ::getpid(), number);
    if (::mkdir(path_.c_str(), 0777) == 0) break;
    if (errno != EEXIST) fail(parent_, errno);
  }
  is_open_ = true;
  lock_ = lock_folder(path_);
}

RunFolder::~RunFolder() {
  discard();
  if (lock_ >= 0) ::close(lock_);
}

std::unique_ptr<Database> RunFolder::take_results(std::string_view empty) {
  const fs::path file = path_ / results_file;
  if (!results_.valid()) return std::make_unique<Database>(file, empty);
  std::unique_ptr<Database> begun = results_.get();
  begun->put_at(file);
  return begun;
}

fs::path RunFolder::publish(std::string_view id) {
  flush_to_disk(path_);
  fs::path target = parent_ / id;
  int error = rename_to_new(path_, target);
  for (int number = 2; error == EEXIST || error == ENOTEMPTY; ++number) {
    target = parent_ / fmt::format("{}-{}", id, number);
    error = rename_to_new(path_, target);
  }
  if (error != 0) fail(target, error);
  is_open_ = false;
  return target;
}

void RunFolder::discard() noexcept {
  if (!is_open_.exchange(false)) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace pinchpoint::results
