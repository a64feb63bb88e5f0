#include "ledger/log/replay.h"

#include <charconv>

#include "ledger/text/encoding.h"

namespace ledger {
namespace {

tl::unexpected<Error> damaged(std::uint64_t position, const char* what) {
  return refuse("storage-damaged", "record " + std::to_string(position) + ": " + what + "; run pufa verify");
}

Result<Stored> decode_stored(std::uint64_t position, BytesView record, BytesView body) {
  auto r = decode_record(record, Trust::admitted);
  if (!r) return damaged(position, "the stored record is damaged");
  auto h = decode_header(r->header, Trust::admitted);
  if (!h || body.size() < kSaltBytes) return damaged(position, "the stored event is damaged");
  auto b = Body::parse(body.substr(kSaltBytes), Trust::admitted);
  if (!b) return damaged(position, "the stored body is damaged");
  return Stored{std::move(*r), std::move(*h), Bytes(body.substr(0, kSaltBytes)), std::move(*b)};
}

}  // namespace

Result<Stored> load(const Store& store, std::uint64_t position) {
  auto record = LEDGER_TRY(store.get(Shelf::records, position_key(position)));
  auto body = LEDGER_TRY(store.get(Shelf::bodies, position_key(position)));
  if (!record || !body) return damaged(position, "is missing");
  return decode_stored(position, *record, *body);
}

Result<Genesis> read_genesis(const Store& store) {
  auto first = LEDGER_TRY(store.get(Shelf::bodies, position_key(0)));
  if (!first || first->size() < kSaltBytes) return refuse("not-a-ledger", "the folder holds no genesis record");
  auto body = Body::parse(BytesView(*first).substr(kSaltBytes));
  if (!body) return refuse("not-a-ledger", "record 0 is no genesis; run pufa verify");
  Result<Genesis> genesis = refuse("not-a-ledger", "record 0 is no genesis; run pufa verify");
  reads_soundly([&] { genesis = genesis_of(*body); });
  return genesis;
}

Result<std::uint64_t> stored_size(const Store& store) {
  auto last = LEDGER_TRY(store.last(Shelf::records));
  return last ? read_be(last->first) + 1 : 0;
}

namespace {

using EachPair = std::function<Result<bool>(std::uint64_t position, BytesView record, BytesView body)>;

// The two shelves side by side, each body matched to its record.
Status each_pair(const Store& store, std::uint64_t first, std::uint64_t last, const EachPair& f) {
  auto records = store.seek(Shelf::records, position_key(first));
  auto bodies = store.seek(Shelf::bodies, position_key(first));
  for (std::uint64_t p = first; p < last; ++p, records->next(), bodies->next()) {
    if (!records->valid()) LEDGER_CHECK(records->status());
    if (!bodies->valid()) LEDGER_CHECK(bodies->status());
    const bool there = records->valid() && read_be(records->key()) == p && bodies->valid() && read_be(bodies->key()) == p;
    if (!there) return damaged(p, "is missing");
    Result<bool> more = false;
    if (!reads_soundly([&] { more = f(p, records->value(), bodies->value()); })) return damaged(p, "the stored body is damaged");
    if (!LEDGER_TRY(std::move(more))) return {};
  }
  return {};
}

Event event_of(std::uint64_t position, const Stored& s) {
  return {position, s.record.admitted, local_date(s.record.admitted), s.header.id, s.header.type, s.header.unit,
          s.header.on, &s.body, nullptr, {}, &s.header.named};
}

}  // namespace

Status read_events(const Store& store, std::uint64_t first, std::uint64_t last,
                   const std::function<bool(const Event&, BytesView)>& f) {
  return each_pair(store, first, last, [&](std::uint64_t position, BytesView record, BytesView stored) -> Result<bool> {
    if (stored.size() < kSaltBytes) return damaged(position, "the stored event is damaged");
    const auto body = Body::parse(stored.substr(kSaltBytes), Trust::admitted);
    if (!body) return damaged(position, "the stored body is damaged");
    const auto r = view_record(record);
    if (!r) return damaged(position, "the stored record is damaged");
    return f({position, r->admitted, local_date(r->admitted), r->id, r->type, r->unit, r->on, &*body, nullptr, {}, nullptr}, record);
  });
}

Result<Signer> Replay::signer_of(const KeyId& id, const Event& e) const {
  const Key* key = keys_.find(id);
  auto signer = key ? keys_.check_signer(id, e.type, e.unit, e.admitted_on) : damaged(e.position, "is signed by an unknown key");
  if (signer) return signer;
  if (signers_ == Signers::any) return Signer{id, key ? key->holder : std::make_shared<const Holder>(), 0, {}};
  return key ? damaged(e.position, "is signed by a key without the role for it") : signer;
}

Status Replay::run(std::uint64_t last, const std::function<Result<bool>(const Event&, BytesView)>& f) {
  Id submission;
  KeyId signer_key;
  return each_pair(store_, 0, last, [&](std::uint64_t position, BytesView record, BytesView body) -> Result<bool> {
    const Stored s = LEDGER_TRY(decode_stored(position, record, body));
    if (s.record.index == 0) {
      auto h = LEDGER_TRY(decode_submission_header(s.record.submission_header));
      submission = h.submission_id, signer_key = h.key_id;
    }
    if (position == 0) LEDGER_CHECK(keys_.apply_genesis(s.body.as<GenesisRecorded>(), s.body.bytes()));
    Event e = event_of(position, s);
    const Signer signer = LEDGER_TRY(signer_of(signer_key, e));
    e.signer = &signer, e.submission = submission;
    if (!LEDGER_TRY(f(e, record))) return false;
    if (position == 0) return true;
    if (auto ok = keys_.apply(e); !ok && signers_ == Signers::entitled) return tl::unexpected<Error>(ok.error());
    return true;
  });
}

Result<std::uint64_t> resolve_as_of(const Store& store, std::string_view spec) {
  const std::uint64_t size = LEDGER_TRY(stored_size(store));
  if (spec.empty()) return size;
  if (spec[0] == '@') {
    std::uint64_t n = 0;
    auto [end, ec] = std::from_chars(spec.data() + 1, spec.data() + spec.size(), n);
    if (ec != std::errc() || end != spec.data() + spec.size() || spec.size() == 1)
      return refuse("as-of-malformed", "write a position as @1234");
    if (n > size) return refuse("as-of-beyond", "the ledger has only " + std::to_string(size) + " records");
    return n;
  }
  auto instant = parse_instant(spec);
  if (!instant) return refuse("as-of-malformed", "write a position as @1234, or an instant as 2025-06-30T00:00:00+08:00");
  // Admission times never go back, so the records up to an instant are a prefix.
  std::uint64_t low = 0, high = size;
  while (low < high) {
    const std::uint64_t middle = (low + high) / 2;
    auto bytes = LEDGER_TRY(store.get(Shelf::records, position_key(middle)));
    auto record = bytes ? decode_record(*bytes) : damaged(middle, "is missing");
    if (!record) return tl::unexpected<Error>(record.error());
    if (record->admitted <= *instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

}  // namespace ledger
