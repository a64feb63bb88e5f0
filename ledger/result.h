// Outcomes: a value, or a refusal that a caller expects.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace ledger {

// A refusal. `code` is the stable code of the catalogue (see README.md, "Codes"), `field` the path of
// the field at fault or empty, `message` one English sentence for a person, `file` what was being read,
// where the message does not say so.
struct Error {
  std::string code;
  std::string field;
  std::string message;
  std::string file = {};
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> refuse(std::string code, std::string message, std::string field = {}) {
  return tl::unexpected<Error>(Error{std::move(code), std::move(field), std::move(message)});
}

// What was read from a file: a refusal names it.
template <typename T>
Result<T> in_file(const std::string& file, Result<T> read) {
  if (!read && read.error().file.empty()) read.error().file = file;
  return read;
}

}  // namespace ledger

// Returns the error of `expr` from the enclosing function, or yields its value.
#define LEDGER_TRY(...)                                                              \
  ({                                                                                 \
    auto&& ledger_try_ = (__VA_ARGS__);                                              \
    if (!ledger_try_) return tl::unexpected<::ledger::Error>(ledger_try_.error());   \
    std::move(*ledger_try_);                                                         \
  })
#define LEDGER_CHECK(...)                                                            \
  do {                                                                               \
    auto&& ledger_try_ = (__VA_ARGS__);                                              \
    if (!ledger_try_) return tl::unexpected<::ledger::Error>(ledger_try_.error());   \
  } while (false)
