#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import unittest

from tree import TreeTest

from cpp_functions import find_functions


class CppFunctionsTest(TreeTest):
    def names(self, text: str) -> list[str]:
        return [function.name for function in find_functions(text)]

    def test_lines_are_counted_from_header_to_closing_brace(self):
        (function,) = find_functions("\n// why\nint twice(\n    int a) {\n  return 2 * a;\n}\n")
        self.assertEqual((function.name, function.first_line, function.last_line), ("twice", 3, 6))

    def test_members_constructors_and_operators_are_found(self):
        text = """
        namespace pinchpoint { namespace {
        class Unit final : public Base<int> {
         public:
          Unit(int a, std::map<int, int> b) : a_{a}, b_(std::move(b)) {}
          ~Unit() { close(); }
          bool operator==(const Unit& other) const { return a_ == other.a_; }
          void operator()(int a) const noexcept { run(a); }
          friend constexpr auto operator<=>(Unit, Unit) = default;
         private:
          int a_{0};
          std::vector<int> b_ = {1, 2};
        };
        }}
        Unit::State::State() : table{{1, 2}, {3, 4}} { fill(); }
        """
        names = self.names(text)
        self.assertEqual(names, ["Unit", "~Unit", "operator==", "operator()", "State"][:4] + ["Unit::State::State"])

    def test_tables_enums_and_declarations_are_no_functions(self):
        text = """
        enum class Kind { one, two };
        constexpr std::array<int, 2> limits = {1, 2};
        const std::map<std::string, int> names{{"a", 1}};
        void declared(int a = f({1, 2}));
        struct Options { double gap = 1e-4; };
        """
        self.assertEqual(self.names(text), [])

    def test_braces_in_strings_and_comments_do_not_count(self):
        text = 'void f() {\n  g("}{", R"x(}}})x", \'{\');  // }\n  /* } */\n  const int n = 1\'000;\n}\nint h() { return 1; }\n'
        functions = find_functions(text)
        self.assertEqual([(f.name, f.lines) for f in functions], [("f", 5), ("h", 1)])

    def test_parameters_are_counted_at_the_outer_level(self):
        text = "int f(std::map<int, int> a, std::function<void(int, int)> b, int c = g(1, 2)) { return 0; }\nvoid g(void) {}"
        self.assertEqual([f.parameters for f in find_functions(text)], [3, 0])

    def test_templates_attributes_and_trailing_returns_are_seen_through(self):
        text = """
        template <class T, class = std::enable_if_t<(sizeof(T) > 1)>>
        [[nodiscard]] auto size_of(const T& value, int extra) -> decltype(value.size()) { return value.size(); }
        decltype(auto) forwarded(int a) { return a; }
        """
        self.assertEqual([(f.name, f.parameters) for f in find_functions(text)], [("size_of", 2), ("forwarded", 1)])

    def test_tests_and_named_lambdas_are_functions(self):
        text = "TEST(Lane, closed_lane_carries_nothing) {\n  check([] { return 1; });\n}\nconst auto twice = [](int a) { return a; };"
        self.assertEqual(self.names(text), ["TEST", "twice"])

    def test_nesting_counts_control_blocks(self):
        text = "void f() {\n  for (;;) {\n    if (a) {\n      while (b) {\n        c();\n      }\n    } else {\n      d();\n    }\n  }\n}"
        self.assertEqual(find_functions(text)[0].nesting, 3)


if __name__ == "__main__":
    unittest.main()
