#include "ledger/schema/wire.h"

#include <capnp/serialize.h>

#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

std::string string_of(capnp::Text::Reader t) { return {t.begin(), t.size()}; }
Bytes bytes_of(capnp::Data::Reader d) { return Bytes(view_of(d)); }

tl::unexpected<Error> not_canonical(std::string_view what) { return refuse("not-canonical", std::string(what) + " is not in canonical form"); }

// Reads a message of type T and turns it into a value.
template <typename T, typename F>
auto read(std::string_view what, BytesView bytes, Trust trust, F&& f) -> decltype(f(std::declval<typename T::Reader>())) {
  return guarded(what, [&]() -> decltype(f(std::declval<typename T::Reader>())) {
    Room room;
    Message message(bytes, &room);
    if (bytes.empty() || bytes.size() % 8 != 0 || (trust == Trust::foreign && !message.reader().isCanonical())) return not_canonical(what);
    return f(message.reader().getRoot<T>());
  });
}

// The same of bytes that a stranger gave: they must be those that the value encodes to. Cap'n Proto's canonical form
// alone leaves bits that no field uses, and fields that this schema lacks.
template <typename T, typename F>
auto decode(std::string_view what, BytesView bytes, Trust trust, F&& f) -> decltype(f(std::declval<typename T::Reader>())) {
  auto value = read<T>(what, bytes, trust, f);
  if (value && trust == Trust::foreign && encode(*value) != bytes) return not_canonical(what);
  return value;
}

bool sorted_distinct(const std::vector<std::string>& v) {
  for (std::size_t i = 1; i < v.size(); ++i)
    if (!(v[i - 1] < v[i])) return false;
  return true;
}

}  // namespace

Bytes encode(const Header& h) {
  Room room{};
  capnp::MallocMessageBuilder message(kj::arrayPtr(room.words, Room::kWords));
  auto b = message.initRoot<schema::Header>();
  b.setId(data_of(h.id.view()));
  b.setType(static_cast<std::uint16_t>(h.type));
  if (!h.unit.empty()) b.setUnit(text_of(h.unit));
  if (!h.named.empty()) {
    auto list = b.initNamed(static_cast<unsigned>(h.named.size()));
    for (unsigned i = 0; i < list.size(); ++i) list.set(i, text_of(h.named[i]));
  }
  b.setOn(h.on.days);
  b.setCommitment(data_of(h.commitment.view()));
  return canonical_bytes(b);
}

Bytes encode(const SubmissionHeader& h) {
  Room room{};
  capnp::MallocMessageBuilder message(kj::arrayPtr(room.words, Room::kWords));
  auto b = message.initRoot<schema::SubmissionHeader>();
  b.setLedgerId(data_of(h.ledger_id.view()));
  b.setSubmissionId(data_of(h.submission_id.view()));
  b.setKeyId(data_of(h.key_id.view()));
  b.setSignedAt(h.signed_at.ms);
  b.setCount(h.count);
  b.setRoot(data_of(h.root.view()));
  return canonical_bytes(b);
}

Bytes encode(const Record& r) {
  Room room{};
  capnp::MallocMessageBuilder message(kj::arrayPtr(room.words, Room::kWords));
  auto b = message.initRoot<schema::Record>();
  b.setPosition(r.position);
  b.setAdmittedAt(r.admitted.ms);
  b.setRulesVersion(r.rules_version);
  b.setIndex(r.index);
  b.setSubmissionHash(data_of(r.submission_hash.view()));
  b.setHeader(data_of(r.header));
  if (!r.submission_header.empty()) b.setSubmissionHeader(data_of(r.submission_header));
  if (!r.signature.empty()) b.setSignature(data_of(r.signature));
  return canonical_bytes(b);
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
  return decode<schema::Header>("the event header", bytes, trust, [](auto r) -> Result<Header> {
    Header h;
    if (r.getId().size() != 16 || r.getCommitment().size() != 32)
      return refuse("not-canonical", "the event header's id or commitment has a wrong length");
    if (r.getType() >= kEventTypes) return refuse("unknown-type", "no such event type");
    h.id = Id::from(view_of(r.getId()));
    h.type = static_cast<EventType>(r.getType());
    h.unit = string_of(r.getUnit());
    for (auto u : r.getNamed()) h.named.push_back(string_of(u));
    h.on = Date{r.getOn()};
    h.commitment = Hash::from(view_of(r.getCommitment()));
    if (!sorted_distinct(h.named)) return refuse("not-canonical", "the event header's units are not sorted and distinct");
    if (!is_uuid7(h.id)) return refuse("not-canonical", "the event's id is no UUIDv7");
    return h;
  });
}

Result<SubmissionHeader> decode_submission_header(BytesView bytes) {
  return decode<schema::SubmissionHeader>("the submission header", bytes, Trust::foreign, [](auto r) -> Result<SubmissionHeader> {
    if (r.getLedgerId().size() != 16 || r.getSubmissionId().size() != 16 || r.getKeyId().size() != 16 || r.getRoot().size() != 32)
      return refuse("not-canonical", "a field of the submission header has a wrong length");
    return SubmissionHeader{Id::from(view_of(r.getLedgerId())), Id::from(view_of(r.getSubmissionId())),
                            KeyId::from(view_of(r.getKeyId())), Instant{r.getSignedAt()}, r.getCount(),
                            Hash::from(view_of(r.getRoot()))};
  });
}

Result<Record> decode_record(BytesView bytes, Trust trust) {
  return decode<schema::Record>("the record", bytes, trust, [](auto r) -> Result<Record> {
    if (r.getSubmissionHash().size() != 32) return refuse("not-canonical", "the record's submission hash has a wrong length");
    return Record{r.getPosition(), Instant{r.getAdmittedAt()}, r.getRulesVersion(), r.getIndex(),
                  Hash::from(view_of(r.getSubmissionHash())), bytes_of(r.getHeader()),
                  bytes_of(r.getSubmissionHeader()), bytes_of(r.getSignature())};
  });
}

Status read_header(BytesView bytes, const std::function<void(const HeaderView&)>& f) {
  return read<schema::Header>("the event header", bytes, Trust::admitted, [&](auto r) -> Status {
    const auto unit = r.getUnit();
    f({Id::from(view_of(r.getId())), static_cast<EventType>(r.getType()), {unit.begin(), unit.size()}, Date{r.getOn()}});
    return {};
  });
}

Status read_record(BytesView bytes, const std::function<void(const RecordView&)>& f) {
  return read<schema::Record>("the record", bytes, Trust::admitted, [&](auto r) -> Status {
    f({Instant{r.getAdmittedAt()}, view_of(r.getHeader())});
    return {};
  });
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
