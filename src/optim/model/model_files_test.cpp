// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "optim/model/file_names.hpp"
#include "optim/model/lp_writer.hpp"
#include "optim/model/mps_reader.hpp"
#include "optim/model/mps_writer.hpp"

namespace pinchpoint::optim {
namespace {

/// A file name of this process and test alone.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& suffix)
      : path_(std::filesystem::temp_directory_path() /
              (std::to_string(getpid()) + "_" + testing::UnitTest::GetInstance()->current_test_info()->name() +
               suffix)) {}
  ~ScratchFile() { std::filesystem::remove(path_); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }
  void write(const std::string& text) const { std::ofstream(path_) << text; }
  [[nodiscard]] std::string text() const {
    std::ostringstream all;
    all << std::ifstream(path_).rdbuf();
    return all.str();
  }

 private:
  std::filesystem::path path_;
};

Result<Model> read_text(const std::string& text) {
  const ScratchFile file(".mps");
  file.write(text);
  return read_mps(file.path());
}

void expect_same(const Model& actual, const Model& expected) {
  EXPECT_EQ(actual.offset, expected.offset);
  EXPECT_EQ(actual.cost, expected.cost);
  EXPECT_EQ(actual.lower, expected.lower);
  EXPECT_EQ(actual.upper, expected.upper);
  EXPECT_EQ(actual.is_integer, expected.is_integer);
  EXPECT_EQ(actual.row_lower, expected.row_lower);
  EXPECT_EQ(actual.row_upper, expected.row_upper);
  EXPECT_EQ(actual.matrix.start, expected.matrix.start);
  EXPECT_EQ(actual.matrix.row, expected.matrix.row);
  EXPECT_EQ(actual.matrix.value, expected.matrix.value);
}

/// Every kind of row, bound and number a file must carry.
Model make_varied_model() {
  ModelBuilder builder;
  const RowId at_least = builder.add_row({}, 0.1, infinity);
  const RowId at_most = builder.add_row({}, -infinity, 1e-17);
  const RowId equal = builder.add_row({}, 1.0 / 3, 1.0 / 3);
  const RowId range = builder.add_row({}, -4, 12.5);
  const double bounds[][2] = {{0, infinity}, {-infinity, infinity}, {-infinity, -3}, {2.5, 2.5},
                              {-1, 7},       {1e-300, 1e19},        {0, 0},          {-5, infinity}};
  for (const auto& bound : bounds) {
    const ColumnId column = builder.add_column({}, std::sqrt(2.0) * builder.column_count(), bound[0], bound[1]);
    builder.add_entry(at_least, column, 1.0 / (1 + builder.column_count()));
    builder.add_entry(builder.column_count() % 2 == 0 ? at_most : range, column, -1e-9);
  }
  builder.add_column({}, 0, 0, infinity);
  builder.add_entry(equal, builder.add_column({}, -1, 0, 1, true), 3);
  builder.add_entry(equal, builder.add_column({}, 1, 0, infinity, true), 1);
  builder.add_entry(equal, builder.add_column({}, 1, -3, 20, true), 1);
  builder.add_entry(range, builder.add_column({}, 0.1 + 0.2, 0, infinity), 5e-324);
  builder.add_offset(-12.75);
  return builder.build("varied model", nullptr);
}

TEST(Mps, reads_back_what_it_wrote_to_the_last_bit) {
  const ScratchFile file(".mps");
  const Model model = make_varied_model();
  write_mps(model, file.path());
  const Result<Model> back = read_mps(file.path());
  ASSERT_TRUE(back) << render_text(back.error());
  expect_same(*back, model);
}

TEST(Mps, reads_gzip_as_it_reads_text) {
  const ScratchFile plain(".mps");
  const ScratchFile packed(".mps.gz");
  write_mps(make_varied_model(), plain.path());
  const std::string text = plain.text();
  const gzFile out = gzopen(packed.path().c_str(), "wb");
  gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
  gzclose(out);
  const Result<Model> back = read_mps(packed.path());
  ASSERT_TRUE(back);
  expect_same(*back, make_varied_model());
}

TEST(Mps, refuses_a_damaged_gzip_file) {
  const ScratchFile packed(".mps.gz");
  const gzFile out = gzopen(packed.path().c_str(), "wb");
  const std::string text = "NAME x\nROWS\n N COST\nCOLUMNS\nRHS\n" + std::string(5000, '*');
  gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
  gzclose(out);
  std::filesystem::resize_file(packed.path(), std::filesystem::file_size(packed.path()) - 6);
  EXPECT_FALSE(read_mps(packed.path()));
}

TEST(Mps, names_are_unique_and_hold_no_blank) {
  const auto names = std::make_shared<Names>();
  const int space = names->add_space("s", {"a b", "a_b", "$x"});
  const FamilyId family = names->add_family("f", {space});
  ModelBuilder builder;
  for (int label = 0; label < 3; ++label) builder.add_column({family, {label, -1, -1, -1}}, 0, 0, 1);
  const Model model = builder.build("m", names);
  EXPECT_EQ(column_file_names(model, mps_names), (std::vector<std::string>{"f[a_b]", "f[a_b]~2", "f[_x]"}));
  EXPECT_EQ(column_file_names(model, lp_names), (std::vector<std::string>{"f(a_b)", "f(a_b)~2", "f($x)"}));
}

TEST(Mps, the_objective_row_gives_way_to_a_row_of_its_name) {
  const auto names = std::make_shared<Names>();
  ModelBuilder builder;
  const RowId row = builder.add_row({names->add_family("COST", {})}, 1, infinity);
  builder.add_entry(row, builder.add_column({names->add_family("x", {})}, 5, 0, infinity), 1);
  const Model model = builder.build("m", names);
  const ScratchFile file(".mps");
  write_mps(model, file.path());
  const Result<Model> back = read_mps(file.path());
  ASSERT_TRUE(back);
  expect_same(*back, model);
  EXPECT_EQ(back->row_name(RowId(0)), "COST");
}

TEST(Mps, reads_bounds_as_other_readers_do) {
  const Result<Model> model = read_text(
      "NAME bounds\nROWS\n N obj\n L r\nCOLUMNS\n a r 1\n b r 1\n c r 1\n d r 1\n e r 1\n f r 1\n g r 1\nRHS\n"
      " obj -4\n r 9\nBOUNDS\n UP BND a -2\n LO BND b -9\n UP BND b -2\n BV BND c\n LI BND d 2\n UI BND d 7\n"
      " MI BND e\n FR f\n PL BND g\nENDATA\n");
  ASSERT_TRUE(model) << render_text(model.error());
  EXPECT_EQ(model->offset, 4);
  EXPECT_EQ(model->row_upper[0], 9);
  EXPECT_EQ(model->lower, (std::vector<double>{-infinity, -9, 0, 2, -infinity, -infinity, 0}));
  EXPECT_EQ(model->upper, (std::vector<double>{-2, -2, 1, 7, infinity, infinity, infinity}));
  EXPECT_EQ(model->is_integer, (std::vector<std::uint8_t>{0, 0, 1, 1, 0, 0, 0}));
}

TEST(Mps, a_range_on_an_equality_opens_to_the_side_of_its_sign) {
  const Result<Model> model = read_text(
      "NAME\nROWS\n N obj\n E up\n E down\n L most\n G least\n N spare\nCOLUMNS\n x up 1 down 1\n x most 1 least 1\n"
      " x spare 3\nRHS\n RHS up 5 down 5\n RHS most 5 least 5\nRANGES\n RNG up 2 down -2\n RNG most 3 least "
      "3\nENDATA\n");
  ASSERT_TRUE(model) << render_text(model.error());
  EXPECT_EQ(model->row_lower, (std::vector<double>{5, 3, 2, 5}));
  EXPECT_EQ(model->row_upper, (std::vector<double>{7, 5, 5, 8}));
}

TEST(Mps, a_maximisation_becomes_the_minimisation_of_its_negative) {
  const Result<Model> model =
      read_text("NAME\nOBJSENSE\n    MAX\nROWS\n N obj\nCOLUMNS\n x obj 3\nRHS\n RHS obj -2\nENDATA\n");
  ASSERT_TRUE(model);
  EXPECT_EQ(model->cost[0], -3);
  EXPECT_EQ(model->offset, -2);
}

TEST(Mps, complaints_name_the_line) {
  const Result<Model> model = read_text(
      "NAME bad\nROWS\n N obj\n L r\n L r\n Q s\nCOLUMNS\n x r 1.5x\n x nowhere 1\nBOUNDS\n XX BND x 1\n UP BND y "
      "1\nENDATA\n");
  ASSERT_FALSE(model);
  std::vector<int> lines;
  for (const Diagnostic& complaint : model.error().all()) lines.push_back(complaint.where.line);
  EXPECT_EQ(lines, (std::vector<int>{5, 6, 8, 9, 11, 12}));
}

TEST(Mps, a_file_that_is_cut_off_or_missing_is_refused) {
  EXPECT_FALSE(read_text("NAME cut\nROWS\n N obj\nCOLUMNS\n x obj 1\n"));
  EXPECT_FALSE(read_mps("/nonexistent/model.mps"));
  EXPECT_FALSE(read_text("\x1f\x8b not really gzip"));
}

TEST(Mps, crossed_sides_are_not_written) {
  ModelBuilder builder;
  builder.add_row({}, 2, 1);
  const ScratchFile file(".mps");
  EXPECT_THROW(write_mps(builder.build("m", nullptr), file.path()), InternalError);
}

TEST(Lp, writes_what_people_expect_to_read) {
  ModelBuilder builder;
  const RowId range = builder.add_row({}, 1, 4);
  const RowId most = builder.add_row({}, -infinity, 3);
  const ColumnId x = builder.add_column({}, 2, 0, infinity);
  const ColumnId y = builder.add_column({}, -1.5, -infinity, 8, true);
  builder.add_entry(range, x, 1);
  builder.add_entry(range, y, -0.25);
  builder.add_entry(most, y, 1);
  builder.add_offset(10);
  const ScratchFile file(".lp");
  write_lp(builder.build("m", nullptr), file.path());
  EXPECT_EQ(file.text(),
            "minimize\n cost: +2 c0 -1.5 c1 +10\nsubject to\n r0: +1 c0 -0.25 c1 >= 1\n"
            " r0~range: +1 c0 -0.25 c1 <= 4\n r1: +1 c1 <= 3\nbounds\n -inf <= c1 <= 8\ngeneral\n c1\nend\n");
}

}  // namespace
}  // namespace pinchpoint::optim
