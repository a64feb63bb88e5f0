#include "ledger/evidence/bundle.h"

#include <cstdio>

#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kEntryLengthBytes = 2, kBodyLengthBytes = 4;

// The next length-prefixed bytes, taken off the front.
std::optional<BytesView> take(BytesView& from, std::size_t length_bytes) {
  if (from.size() < length_bytes) return std::nullopt;
  const std::uint64_t n = read_be(from.substr(0, length_bytes));
  if (from.size() - length_bytes < n) return std::nullopt;
  const BytesView bytes = from.substr(length_bytes, n);
  from.remove_prefix(length_bytes + n);
  return bytes;
}

}  // namespace

std::string format_result_place(const ResultPlace& r) {
  return "position " + std::to_string(r.position) + "\nhead " + std::to_string(r.head) + "\n";
}

std::optional<ResultPlace> parse_result_place(std::string_view text) {
  unsigned long long position = 0, head = 0;
  const std::string copy(text.substr(0, 64));
  if (std::sscanf(copy.c_str(), "position %llu\nhead %llu\n", &position, &head) != 2) return std::nullopt;
  const ResultPlace r{position, head};
  return format_result_place(r) == text ? std::optional(r) : std::nullopt;
}

void append_entry(Bytes& entries, Bytes& bodies, BytesView record, BytesView body) {
  append_be(entries, record.size(), kEntryLengthBytes);
  entries += record;
  append_be(bodies, body.size(), kBodyLengthBytes);
  bodies += body;
}

std::optional<std::vector<LogEntry>> split_bundle(BytesView entries, BytesView bodies) {
  std::vector<LogEntry> out;
  while (!entries.empty()) {
    auto record = take(entries, kEntryLengthBytes), body = take(bodies, kBodyLengthBytes);
    if (!record || !body || out.size() == kBundleRecords || (!body->empty() && body->size() < kSaltBytes)) return std::nullopt;
    out.push_back({*record, *body});
  }
  return bodies.empty() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace ledger
