#include "tools/cli/outbox.h"

#include <filesystem>

#include "ledger/text/encoding.h"
#include "tools/cli/app.h"

namespace tools {

namespace fs = std::filesystem;

namespace {

tl::unexpected<ledger::Error> damaged(const std::string& path) {
  return ledger::refuse("storage-damaged", path + " is damaged, so whether this file was sent before is not known: look in pufa log, "
                                                  "then send it with --again if it was not");
}

}  // namespace

OutboxEntry::OutboxEntry(const std::string& dir, const ledger::KeyId& key, const std::string& type, const std::string& text)
    : base_(dir + "/outbox/" + ledger::hex(ledger::sha256(ledger::Bytes(key.view()) + type + "\n" + text).view().substr(0, 16))) {}

ledger::Result<std::optional<ledger::Submission>> OutboxEntry::submission() const {
  const auto path = base_ + ".submission";
  std::error_code ec;
  if (!fs::exists(path, ec)) return std::nullopt;
  const auto bytes = read_file(path);
  auto s = bytes ? ledger::decode_submission(*bytes) : tl::unexpected<ledger::Error>(bytes.error());
  if (!s) return damaged(path);
  return std::move(*s);
}

ledger::Result<Receipts> OutboxEntry::receipts() const {
  const auto path = base_ + ".receipts";
  std::error_code ec;
  if (!fs::exists(path, ec)) return Receipts();
  const auto bytes = read_file(path);
  const auto j = bytes ? ledger::parse_json(*bytes) : tl::unexpected<ledger::Error>(bytes.error());
  if (!j || !j->is_object()) return damaged(path);
  Receipts out;
  for (auto& [event, secret] : j->items())
    if (secret.is_string()) out.emplace(event, secret.get<std::string>());
  return out;
}

ledger::Status OutboxEntry::keep(const ledger::Submission& s, Receipts receipts) {
  std::error_code ec;
  fs::create_directories(fs::path(base_).parent_path(), ec);
  receipts.merge(LEDGER_TRY(this->receipts()));
  if (!receipts.empty()) LEDGER_CHECK(replace_file(base_ + ".receipts", ledger::Json(receipts).dump() + "\n", 0600));
  return replace_file(base_ + ".submission", ledger::encode(s), 0600);
}

void OutboxEntry::handed_out(const Receipts& these) {
  auto waiting = receipts().value_or(Receipts());
  for (auto& [event, secret] : these) waiting.erase(event);
  std::error_code ec;
  if (waiting.empty()) fs::remove(base_ + ".receipts", ec);
  else (void)replace_file(base_ + ".receipts", ledger::Json(waiting).dump() + "\n", 0600);
}

void OutboxEntry::forget(const Receipts& its) {
  std::error_code ec;
  fs::remove(base_ + ".submission", ec);
  handed_out(its);
}

}  // namespace tools
