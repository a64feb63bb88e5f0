// Reading TOML tables strictly: every key known, every type right; the first fault is kept.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <vector>

#include "ledger/result.h"
#include "ledger/text/date.h"

namespace projections::assessment {

using Words = std::vector<std::string>;

// Largest number that a scheme may give: products of three such stay far below 64 bits.
inline constexpr std::int64_t kSchemeNumberMax = 1'000'000;

class TomlReader {
 public:
  const std::optional<ledger::Error>& fault() const { return fault_; }
  bool good() const { return !fault_; }

  void fail(const toml::node& at, const std::string& path, const std::string& what) {
    fail_line(at.source().begin.line, path, what);
  }
  void fail_line(std::uint32_t line, const std::string& path, const std::string& what) {
    if (fault_) return;
    fault_ = ledger::Error{"scheme-invalid", path,
                           "Line " + std::to_string(line) + ": " + path + ": " + what + "."};
  }

  void only(const toml::table& t, const std::string& path, const Words& known);
  void number(const toml::table& t, const std::string& path, std::string_view key,
              std::int64_t& out);
  void flag(const toml::table& t, const std::string& path, std::string_view key, std::int64_t& out);
  void text(const toml::table& t, const std::string& path, std::string_view key, std::string& out);
  void texts(const toml::table& t, const std::string& path, std::string_view key, Words& out);
  void date(const toml::table& t, const std::string& path, std::string_view key, ledger::Date& out);
  void instant(const toml::table& t, const std::string& path, std::string_view key,
               ledger::Instant& out);
  void need(const toml::table& t, const std::string& path, std::string_view key);
  // The sub-table, or an empty one.
  const toml::table& table(const toml::table& t, const std::string& path, std::string_view key);
  std::vector<const toml::table*> tables(const toml::table& t, const std::string& path,
                                         std::string_view key);

  static std::string join(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
  }

 private:
  std::optional<ledger::Error> fault_;
};

}  // namespace projections::assessment
