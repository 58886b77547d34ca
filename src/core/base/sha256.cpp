// SPDX-License-Identifier: Apache-2.0
// The function itself rather than OpenSSL 3's way to it: looking up the algorithm and its provider by name takes 6 M
// instructions, a small plan's files fewer than 200,000.
#define OPENSSL_API_COMPAT 10100

#include "core/base/sha256.hpp"

#include <openssl/sha.h>

#include <array>

#include "core/base/ensure.hpp"

namespace pinchpoint {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_CTX context;
  const bool is_done = SHA256_Init(&context) == 1 && SHA256_Update(&context, bytes.data(), bytes.size()) == 1 &&
                       SHA256_Final(digest.data(), &context) == 1;
  ensure(is_done, "libcrypto computes SHA-256");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

}  // namespace pinchpoint
