#include "ledger/core/admission.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "ledger/schema/shape.h"
#include "ledger/text/encoding.h"

namespace ledger {

namespace {

constexpr std::int64_t kFutureToleranceMs = 5 * 60'000;   // a signer's clock may be this far ahead

Refusal whole(Error e) { return {Refusal::kWhole, {}, std::nullopt, std::move(e)}; }

// Every sealed commitment needs its value for the vault, and every value its commitment.
Status check_sealed(const Suite& suite, const Id& ledger, const Header& h, const Body& body, const Submittable& s) {
  std::size_t sealed = 0;
  auto field = [&](const Field& f, const Struct& in) -> Status {
    if (f.kind != Kind::sealed || in.is_absent(f.offset)) return {};
    ++sealed;
    for (auto& o : s.opened)
      if (o.field == f.name && o.salt.size() == 32 && sealed_commitment(suite, ledger, h.id, f.name, o.salt, o.value).view() == in.get_data(f.offset)) return {};
    return refuse("field-missing", "the submission lacks the value that this commitment seals", "data." + f.name);
  };
  for (auto& f : type_of(h.type).fields) LEDGER_CHECK(field(f, body.payload()));
  for (auto& f : common_fields()) LEDGER_CHECK(field(f, body.root()));
  if (sealed != s.opened.size()) return refuse("unknown-field", "the submission opens a value that no field seals");
  return {};
}

// Bytes that come along must be those of an attachment that some event names.
Status check_attachments(const Submission& raw, const std::vector<PreparedEvent>& events) {
  if (raw.attachments.empty()) return {};
  std::unordered_set<std::string> named;
  for (auto& e : events)
    for (auto a : attachments_of(e.body)) named.emplace(a.sha256());
  for (auto& bytes : raw.attachments)
    if (!named.count(std::string(sha256(bytes).view()))) return refuse("attachment-differs", "bytes came along that no event names as its attachment");
  return {};
}

}  // namespace

StructList<Attachment> attachments_of(const Body& body) {
  static const std::uint32_t at = find_field(common_fields(), "attachments")->offset;
  return StructList<Attachment>(body.root().get_list(at));
}

void parallel_for(std::size_t n, const std::function<void(std::size_t)>& f) {
  constexpr std::size_t kBlock = 64;   // below this a thread costs more than it saves
  const std::size_t threads = n < 2 * kBlock ? 1 : std::max(1u, std::thread::hardware_concurrency());
  std::atomic<std::size_t> next{0};
  auto work = [&] {
    for (std::size_t first; (first = next.fetch_add(kBlock)) < n;)
      for (std::size_t i = first; i < std::min(n, first + kBlock); ++i) f(i);
  };
  std::vector<std::thread> pool;
  for (std::size_t t = 1; t < threads; ++t) pool.emplace_back(work);
  work();
  for (auto& t : pool) t.join();
}

Result<PreparedEvent> prepare_event(const Suite& suite, BytesView header_bytes, BytesView salt, BytesView body_bytes) {
  if (header_bytes.size() + body_bytes.size() > kEventBytesMax) return refuse("event-too-large", "an event has at most 60,000 bytes");
  auto header = LEDGER_TRY(decode_header(header_bytes));
  auto body = LEDGER_TRY(Body::parse(body_bytes));
  auto faults = check_shape(body);
  if (!faults.empty()) return tl::unexpected<Error>(faults.front());
  if (static_cast<std::uint16_t>(header.type) != body.type_ordinal()) return refuse("not-canonical", "header and body differ in type");
  if (header.on < kDateMin || header.on > kDateMax) return refuse("out-of-range", "a date lies in 1949-10-01…2199-12-31", "on");
  if (salt.size() != 32 || body_commitment(suite, salt, body_bytes) != header.commitment)
    return refuse("not-canonical", "the header does not commit to this body and salt");
  if (!std::ranges::equal(header.named, named_units(body, header.unit))) return refuse("not-canonical", "the header does not name the units of its body", "unit");
  return PreparedEvent{std::move(header), std::move(body)};
}

tl::expected<std::unique_ptr<Prepared>, Refusal> prepare(const Suite& suite, Submission raw) {
  auto p = std::make_unique<Prepared>();
  auto header = decode_submission_header(raw.header);
  if (!header) return tl::unexpected<Refusal>(whole(header.error()));
  p->header = *header;
  const std::size_t n = raw.events.size();
  if (n == 0 || n != p->header.count || n > kSubmissionEventsMax)
    return tl::unexpected<Refusal>(whole({"submission-too-large", "", "a submission has 1 to 100,000 events, and as many as its header says"}));
  if (count_bytes(raw.events) > kSubmissionBytesMax)
    return tl::unexpected<Refusal>(whole({"submission-too-large", "", "a submission has at most 64 MiB without its attachments: split it"}));
  p->events.reserve(n);
  std::vector<std::optional<Result<PreparedEvent>>> results(n);
  std::vector<Hash> leaves(n);
  parallel_for(n, [&](std::size_t i) {
    results[i] = prepare_event(suite, raw.events[i].header, raw.events[i].salt, raw.events[i].body);
    if (*results[i]) {
      auto sealed = check_sealed(suite, p->header.ledger_id, (*results[i])->header, (*results[i])->body, raw.events[i]);
      if (!sealed) results[i] = tl::unexpected<Error>(sealed.error());
    }
    leaves[i] = leaf_hash(suite, raw.events[i].header);
  });
  for (std::size_t i = 0; i < n; ++i) {
    if (!*results[i]) return tl::unexpected<Refusal>(Refusal{static_cast<std::uint32_t>(i), {}, std::nullopt, results[i]->error()});
    p->events.push_back(std::move(**results[i]));
  }
  p->message = signed_message(raw.header);
  p->hash = submission_hash(suite, p->message, raw.signature);
  if (tree_hash(suite, leaves) != p->header.root)
    return tl::unexpected<Refusal>(whole({"bad-signature", "", "the signed root is not that of these events: the submission was altered"}));
  if (auto ok = check_attachments(raw, p->events); !ok) return tl::unexpected<Refusal>(whole(ok.error()));
  p->raw = std::move(raw);
  return p;
}

Status Admission::check_submission(Prepared& p, Instant now) const {
  if (p.header.ledger_id != folds_.keys.ledger_id())
    return refuse("ledger-id-mismatch", "the submission was signed for another ledger");
  const Key* key = folds_.keys.find(p.header.key_id);
  if (key == nullptr) return refuse("key-unknown", "the signing key is not enrolled in this ledger");
  if (!p.signature_good && !key->parsed->verify(p.message, p.raw.signature))
    return refuse("bad-signature", "the signature does not verify: the submission was altered or signed by another key");
  if (p.header.signed_at.ms > now.ms + kFutureToleranceMs)
    return refuse("signed-in-future", "the submission claims to be signed over five minutes after now: set the signer's clock");
  return {};
}

Status Admission::judge_event(Admitted& a, const SubmissionHeader& h, const IdTaken& taken) {
  LEDGER_CHECK(folds_.keys.check_key(h.key_id, a.event.admitted));
  a.signer = LEDGER_TRY(folds_.keys.check_signer(h.key_id, a.event.type, a.event.unit, a.event.admitted_on));
  if (taken(a.event.id)) return refuse("id-duplicate", "an earlier record has this id", "id");
  LEDGER_CHECK(folds_.rules.apply(a.event, history_));
  LEDGER_CHECK(folds_.keys.apply(a.event));
  if (a.event.type == EventType::IndexCommitted)
    LEDGER_CHECK(folds_.index.check(a.event.position, a.event.as<IndexCommitted>(), folds_.keys));
  return {};
}

Record make_record(const Prepared& p, std::uint32_t index, std::uint64_t position, Instant now) {
  Record r{position, now, kRulesVersion, index, p.hash, p.raw.events[index].header, {}, {}};
  if (index == 0) r.submission_header = p.raw.header, r.signature = p.raw.signature;
  return r;
}

// Records and leaves on all cores, then the index over them in order.
void Admission::seal(const Prepared& p, std::uint64_t position, Instant now, Range admitted) {
  parallel_for(admitted.size(), [&](std::size_t i) {
    Admitted& a = *admitted[i];
    a.record = encode(make_record(p, static_cast<std::uint32_t>(a.event.position - position), a.event.position, now));
    a.leaf = leaf_hash(suite_, a.record);
  });
  for (auto& a : admitted) folds_.index.add(a->event.position, a->leaf, *a->event.named);
}

tl::expected<void, Refusal> Admission::judge(Prepared& p, std::uint64_t position, Instant now, const IdTaken& taken,
                                             std::vector<std::unique_ptr<Admitted>>& pending) {
  if (auto ok = check_submission(p, now); !ok) return tl::unexpected<Refusal>(whole(ok.error()));
  const std::size_t before = pending.size();
  std::size_t sealed = before;
  auto seal_pending = [&] {
    seal(p, position, now, Range(pending).subspan(sealed));
    sealed = pending.size();
  };
  std::unordered_set<Id> own(p.events.size());
  auto taken_or_own = [&](const Id& id) { return !own.insert(id).second || taken(id); };
  folds_.begin();
  for (std::uint32_t i = 0; i < p.events.size(); ++i) {
    auto& e = p.events[i];
    if (e.header.type == EventType::IndexCommitted) seal_pending();
    auto a = std::make_unique<Admitted>();
    a->event = Event{position + i, now, local_date(now), e.header.id, e.header.type, e.header.unit, e.header.on, &e.body, &a->signer, p.header.submission_id, &e.header.named};
    if (auto ok = judge_event(*a, p.header, taken_or_own); !ok) {
      folds_.roll_back();
      pending.resize(before);
      return tl::unexpected<Refusal>(Refusal{i, e.header.id, e.header.type, ok.error()});
    }
    pending.push_back(std::move(a));
  }
  seal_pending();
  return {};
}

}  // namespace ledger
