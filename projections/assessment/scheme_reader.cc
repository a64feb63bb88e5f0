#include "projections/assessment/scheme_reader.h"

#include <algorithm>

namespace projections::assessment {

void TomlReader::only(const toml::table& t, const std::string& path, const Words& known) {
  for (auto&& [key, node] : t)
    if (std::find(known.begin(), known.end(), key.str()) == known.end())
      fail(node, join(path, key.str()), "no such key");
}

void TomlReader::need(const toml::table& t, const std::string& path, std::string_view key) {
  if (!t.contains(key)) fail_line(t.source().begin.line, join(path, key), "this key is needed");
}

void TomlReader::number(const toml::table& t, const std::string& path, std::string_view key,
                        std::int64_t& out) {
  const toml::node* node = t.get(key);
  if (node == nullptr) return;
  auto value = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
  if (!value || *value < 0 || *value > kSchemeNumberMax)
    return fail(*node, join(path, key), "a whole number from 0 to 1000000 is needed");
  out = *value;
}

void TomlReader::flag(const toml::table& t, const std::string& path, std::string_view key,
                      std::int64_t& out) {
  const toml::node* node = t.get(key);
  if (node == nullptr) return;
  if (!node->is_boolean()) return fail(*node, join(path, key), "true or false is needed");
  out = *node->value<bool>() ? 1 : 0;
}

void TomlReader::text(const toml::table& t, const std::string& path, std::string_view key,
                      std::string& out) {
  const toml::node* node = t.get(key);
  if (node == nullptr) return;
  if (!node->is_string()) return fail(*node, join(path, key), "a text is needed");
  out = *node->value<std::string>();
}

void TomlReader::texts(const toml::table& t, const std::string& path, std::string_view key,
                       Words& out) {
  const toml::node* node = t.get(key);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr) return fail(*node, join(path, key), "a list of texts is needed");
  out.clear();
  for (auto& member : *array) {
    if (!member.is_string()) return fail(member, join(path, key), "a list of texts is needed");
    out.push_back(*member.value<std::string>());
  }
}

void TomlReader::date(const toml::table& t, const std::string& path, std::string_view key,
                      ledger::Date& out) {
  std::string written;
  text(t, path, key, written);
  if (!t.contains(key) || !good()) return;
  auto day = ledger::parse_date(written);
  if (!day) return fail(*t.get(key), join(path, key), "a date YYYY-MM-DD is needed");
  out = *day;
}

void TomlReader::instant(const toml::table& t, const std::string& path, std::string_view key,
                         ledger::Instant& out) {
  std::string written;
  text(t, path, key, written);
  if (!t.contains(key) || !good()) return;
  auto moment = ledger::parse_instant(written);
  if (!moment)
    return fail(*t.get(key), join(path, key),
                "an instant as in 2026-12-11T00:00:00+08:00 is needed");
  out = *moment;
}

const toml::table& TomlReader::table(const toml::table& t, const std::string& path,
                                     std::string_view key) {
  static const toml::table kEmpty;
  const toml::node* node = t.get(key);
  if (node == nullptr) return kEmpty;
  if (node->is_table()) return *node->as_table();
  fail(*node, join(path, key), "a table is needed");
  return kEmpty;
}

std::vector<const toml::table*> TomlReader::tables(const toml::table& t, const std::string& path,
                                                   std::string_view key) {
  std::vector<const toml::table*> out;
  const toml::node* node = t.get(key);
  if (node == nullptr) return out;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    fail(*node, join(path, key), "a list of tables is needed");
    return out;
  }
  for (auto& member : *array) {
    if (member.is_table())
      out.push_back(member.as_table());
    else
      fail(member, join(path, key), "a list of tables is needed");
  }
  return out;
}

}  // namespace projections::assessment
