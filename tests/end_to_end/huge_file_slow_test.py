#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A table of a gigabyte: read or refused, in bounded time and memory."""

import resource
import subprocess

import harness


class HugeFileTest(harness.EndToEndTest):
    def test_a_table_of_a_gigabyte_is_read(self):
        demo = self.copy("data/examples/mini-chain")
        with open(demo / "groups.csv", "w", encoding="utf-8") as file:
            file.write("group,member,from,until,source,note\n")
            for block in range(1000):
                file.write("".join(f"group-{block}-{row},KR,,,,{'x' * 1000}\n" for row in range(1000)))
        self.assertGreater((demo / "groups.csv").stat().st_size, 1e9)
        self.pinchpoint("check", demo, seconds=600)

    def test_without_the_memory_for_it_the_program_says_so(self):
        if "sanitized" in self.pinchpoint("--version").out:
            self.skipTest("sanitizers reserve more address space than the limit")
        demo = self.copy("data/examples/mini-chain")
        with open(demo / "groups.csv", "w", encoding="utf-8") as file:
            file.write("group,member,from,until,source,note\n")
            for block in range(1000):
                file.write("".join(f"group-{block}-{row},KR,,,,{'x' * 1000}\n" for row in range(1000)))
        bytes_allowed = 700 * 1024 * 1024
        done = subprocess.run(
            [harness.PROGRAM, "check", demo],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (bytes_allowed, bytes_allowed)),
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("memory", done.stderr + done.stdout)


if __name__ == "__main__":
    harness.main()
