#include "ledger/schema/wire.h"

#include <capnp/serialize.h>

#include "ledger/schema/canonical.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

std::string string_of(capnp::Text::Reader t) { return {t.begin(), t.size()}; }
Bytes bytes_of(capnp::Data::Reader d) { return Bytes(view_of(d)); }

tl::unexpected<Error> not_canonical(std::string_view what) { return refuse("not-canonical", std::string(what) + " is not in canonical form"); }

// Reads a message of one struct and turns it into a value. Bytes that a stranger gave must be those that the value is
// written as, which are canonical.
template <typename F>
auto decode(std::string_view what, BytesView bytes, Trust trust, F&& f) -> decltype(f(StructView(bytes))) {
  const StructView view(bytes);
  auto value = f(view);
  if (!view.sound()) return not_canonical(what);
  if (value && trust == Trust::foreign && encode(*value) != bytes) return not_canonical(what);
  return value;
}

Date date_of(const StructView& header) { return {static_cast<std::int32_t>(header.word(0) >> 32)}; }

bool sorted_distinct(const std::vector<std::string>& v) {
  for (std::size_t i = 1; i < v.size(); ++i)
    if (!(v[i - 1] < v[i])) return false;
  return true;
}

}  // namespace

Bytes encode(const Header& h) {
  const std::uint64_t data[] = {static_cast<std::uint16_t>(h.type) | std::uint64_t{static_cast<std::uint32_t>(h.on.days)} << 32};
  const Pointee pointers[] = {data_at(h.id.view()), text_or_absent(h.unit), texts_or_absent(h.named), data_at(h.commitment.view())};
  return canonical_struct(data, pointers);
}

Bytes encode(const SubmissionHeader& h) {
  const std::uint64_t data[] = {static_cast<std::uint64_t>(h.signed_at.ms), h.count};
  const Pointee pointers[] = {data_at(h.ledger_id.view()), data_at(h.submission_id.view()), data_at(h.key_id.view()), data_at(h.root.view())};
  return canonical_struct(data, pointers);
}

Bytes encode(const Record& r) {
  const std::uint64_t data[] = {r.position, static_cast<std::uint64_t>(r.admitted.ms), r.rules_version | std::uint64_t{r.index} << 32};
  const Pointee pointers[] = {data_at(r.submission_hash.view()), data_at(r.header), data_or_absent(r.submission_header), data_or_absent(r.signature)};
  return canonical_struct(data, pointers);
}

Bytes encode(const Submission& s) {
  capnp::MallocMessageBuilder message;
  auto b = message.initRoot<schema::Submission>();
  b.setHeader(data_of(s.header));
  b.setSignature(data_of(s.signature));
  auto events = b.initEvents(static_cast<unsigned>(s.events.size()));
  for (unsigned i = 0; i < events.size(); ++i) {
    auto& from = s.events[i];
    auto to = events[i];
    to.setHeader(data_of(from.header));
    to.setSalt(data_of(from.salt));
    to.setBody(data_of(from.body));
    auto opened = to.initOpened(static_cast<unsigned>(from.opened.size()));
    for (unsigned k = 0; k < opened.size(); ++k) {
      opened[k].setField(text_of(from.opened[k].field));
      opened[k].setSalt(data_of(from.opened[k].salt));
      opened[k].setValue(text_of(from.opened[k].value));
    }
  }
  auto attachments = b.initAttachments(static_cast<unsigned>(s.attachments.size()));
  for (unsigned i = 0; i < attachments.size(); ++i) attachments.set(i, data_of(s.attachments[i]));
  auto words = capnp::messageToFlatArray(message);
  return {reinterpret_cast<const char*>(words.begin()), words.size() * sizeof(capnp::word)};
}

Result<Header> decode_header(BytesView bytes, Trust trust) {
  return decode("the event header", bytes, trust, [](const StructView& r) -> Result<Header> {
    const auto type = static_cast<std::uint16_t>(r.word(0));
    if (r.data(0).size() != sizeof(Id) || r.data(3).size() != sizeof(Hash))
      return refuse("not-canonical", "the event header's id or commitment has a wrong length");
    if (type >= kEventTypes) return refuse("unknown-type", "no such event type");
    Header h{Id::from(r.data(0)), static_cast<EventType>(type), std::string(r.text(1)), r.texts(2), date_of(r), Hash::from(r.data(3))};
    if (!sorted_distinct(h.named)) return refuse("not-canonical", "the event header's units are not sorted and distinct");
    if (!is_uuid7(h.id)) return refuse("not-canonical", "the event's id is no UUIDv7");
    return h;
  });
}

Result<SubmissionHeader> decode_submission_header(BytesView bytes) {
  return decode("the submission header", bytes, Trust::foreign, [](const StructView& r) -> Result<SubmissionHeader> {
    if (r.data(0).size() != sizeof(Id) || r.data(1).size() != sizeof(Id) || r.data(2).size() != sizeof(KeyId) || r.data(3).size() != sizeof(Hash))
      return refuse("not-canonical", "a field of the submission header has a wrong length");
    return SubmissionHeader{Id::from(r.data(0)), Id::from(r.data(1)), KeyId::from(r.data(2)), Instant{static_cast<std::int64_t>(r.word(0))},
                            static_cast<std::uint32_t>(r.word(1)), Hash::from(r.data(3))};
  });
}

Result<Record> decode_record(BytesView bytes, Trust trust) {
  return decode("the record", bytes, trust, [](const StructView& r) -> Result<Record> {
    if (r.data(0).size() != sizeof(Hash)) return refuse("not-canonical", "the record's submission hash has a wrong length");
    return Record{r.word(0), Instant{static_cast<std::int64_t>(r.word(1))}, static_cast<std::uint16_t>(r.word(2)), static_cast<std::uint32_t>(r.word(2) >> 32),
                  Hash::from(r.data(0)), Bytes(r.data(1)), Bytes(r.data(2)), Bytes(r.data(3))};
  });
}

std::optional<RecordView> view_record(BytesView bytes) {
  const StructView r(bytes), h(r.data(1));
  const RecordView v{Instant{static_cast<std::int64_t>(r.word(1))}, Id::from(h.data(0)), static_cast<EventType>(static_cast<std::uint16_t>(h.word(0))), h.text(1), date_of(h)};
  return r.sound() && h.sound() ? std::optional(v) : std::nullopt;
}

Result<Submission> decode_submission(BytesView bytes) {
  if (bytes.size() > kSubmissionFileBytesMax)
    return refuse("submission-too-large", "a submission file has at most 512 MiB, attachments included: split it");
  return guarded("the submission", [&]() -> Result<Submission> {
    auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
    if (bytes.size() % sizeof(capnp::word) != 0 || words.size() == 0) return refuse("not-canonical", "the submission is cut");
    std::memcpy(words.asBytes().begin(), bytes.data(), bytes.size());
    // Each part is read once, so that parts which lie over each other, or hold nothing, make no more of a file than there is of it.
    capnp::FlatArrayMessageReader message(words, {.traversalLimitInWords = words.size() + 64, .nestingLimit = 8});
    if (message.getEnd() != words.end()) return refuse("not-canonical", "something follows the submission: it is no file that pufa submit made");
    auto r = message.getRoot<schema::Submission>();
    const auto events = r.getEvents();
    if (events.size() > kSubmissionEventsMax)
      return refuse("submission-too-large", "a submission has at most 100,000 events: split it");
    Submission s{bytes_of(r.getHeader()), bytes_of(r.getSignature()), {}, {}};
    s.events.reserve(events.size());
    for (auto e : events) {
      Submittable to{bytes_of(e.getHeader()), bytes_of(e.getSalt()), bytes_of(e.getBody()), {}};
      const auto opened = e.getOpened();
      if (opened.size() > kOpenedMax) return refuse("submission-too-large", "an event opens at most 64 sealed values");
      for (auto o : opened) to.opened.push_back({string_of(o.getField()), bytes_of(o.getSalt()), string_of(o.getValue())});
      s.events.push_back(std::move(to));
    }
    for (auto a : r.getAttachments()) s.attachments.push_back(bytes_of(a));
    return s;
  });
}

std::size_t count_bytes(const std::vector<Submittable>& events) {
  std::size_t n = 0;
  for (auto& e : events) {
    n += e.header.size() + e.salt.size() + e.body.size();
    for (auto& o : e.opened) n += o.field.size() + o.salt.size() + o.value.size();
  }
  return n;
}

Hash body_commitment(const Suite& s, BytesView salt, BytesView body) {
  return s.hash({"pufa/body/v1\n", salt, body});
}
Hash sealed_commitment(const Suite& s, const Id& ledger, const Id& event, std::string_view field,
                       BytesView salt, std::string_view value) {
  return s.hash({"pufa/sealed/v1\n", ledger.view(), event.view(), field, "\n", salt, value});
}
Bytes signed_message(BytesView header) { return Bytes("pufa/submission/v1\n") += header; }
Hash submission_hash(const Suite& s, BytesView message, BytesView signature) { return s.hash({message, signature}); }
Id ledger_id_of(const Suite& s, BytesView genesis_body) {
  return Id::from(s.hash({"pufa/genesis/v1\n", genesis_body}).view().substr(0, 16));
}

}  // namespace ledger
