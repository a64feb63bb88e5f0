// The view of publicity work: each record at its value, its verification, and what is suspicious.
#include "projections/views/activities.h"

#include "ledger/schema/correct.h"
#include "ledger/schema/show.h"
#include "ledger/text/encoding.h"

namespace projections::views {
namespace {

using E = EventType;
using ledger::Body;

// Where a type's row finds its title and its kind. Of types that nobody verifies, `verified` is false.
struct Shown {
  EventType type;
  const char *title, *kind;
  bool verified = true;
};
constexpr Shown kShown[] = {
    {E::ActivityHeld, "title", "kind"},
    {E::CaseInterpretationPublished, "title", "field"},
    {E::JudgmentDocumentPublished, "documentNo", ""},
    {E::EnforcementBasisDeclared, "", ""},
    {E::EnforcementBasisDisclosed, "basisUrl", ""},
    {E::MediaContentReleased, "title", "channelKind"},
    {E::TrainingHeld, "title", "audienceGroup"},
    {E::ExamHeld, "paper", "group"},
    {E::StudySessionHeld, "topic", "form"},
    {E::DutyReportDelivered, "", "occasion"},
    {E::InquiryAnswered, "topic", "channel"},
    {E::WorkReportSubmitted, "", "", false},
    {E::EvidenceAttached, "", "", false},
    {E::VillageLegalPostRecorded, "village", "post"},
    {E::HonourConferred, "title", "honour", false},
};

const Shown* shown_of(EventType t) {
  for (auto& s : kShown)
    if (s.type == t) return &s;
  return nullptr;
}

Row value(const Row& object, const std::string& key) {
  return object.contains(key) ? object[key] : Row();
}

Row node_of(const Query& q, const Row& refs) {
  const auto id = ledger::parse_id(value(refs, "node").is_null() ? "" : refs["node"].get<std::string>());
  const Node* node = id ? q.state.reference.nodes.find(*id) : nullptr;
  return node ? Row(node->code) : Row();
}

struct Total {
  int records = 0, ok = 0, unverified = 0, disallowed = 0, annulled = 0, late = 0, suspected = 0;
  std::int64_t headcount = 0;

  void take(const Row& row) {
    const Row& state = row["verification"];
    ++records;
    ok += state == "ok", unverified += state == "unverified";
    disallowed += state == "disallowed", annulled += state == "annulled";
    late += row["lateEntry"].get<bool>(), suspected += !row["sameAttachment"].empty();
    if (state != "annulled" && row["headcount"].is_number())
      headcount += row["headcount"].get<std::int64_t>();
  }
};

Row total_row(const Query& q, UnitCode unit, const Total& t) {
  Row row = row_of("total");
  put_unit(q, row, unit);
  row["records"] = t.records, row["ok"] = t.ok, row["unverified"] = t.unverified;
  row["disallowed"] = t.disallowed, row["annulled"] = t.annulled;
  row["lateEntries"] = t.late, row["suspected"] = t.suspected, row["headcount"] = t.headcount;
  return row;
}

}  // namespace

void Activities::apply(const ledger::Event& e) {
  if (e.type == E::RecordCorrected) return correct(e.as<ledger::RecordCorrected>());
  if (!shown_of(e.type)) return;
  take(e);
  note_attachments(e);
}

void Activities::take(const ledger::Event& e) {
  index_[e.id] = records_.size();
  records_.push_back({e.id, e.type, unit_code(e.unit), e.on, e.admitted_on,
                      ledger::Bytes(e.body->bytes())});
}

void Activities::correct(const ledger::RecordCorrected& t) {
  const auto found = index_.find(t.target());
  if (found == index_.end()) return;
  Record& r = records_[found->second];
  std::optional<Date> on;
  auto before = Body::parse(r.body);
  auto after = ledger::corrected(*before, t, &on);
  r.body = after->bytes();
  r.on = on.value_or(r.on);
}

// Evidence counts as its target's: a file attached again to its own record is no suspicion.
void Activities::note_attachments(const ledger::Event& e) {
  static const std::uint32_t kOffset =
      ledger::find_field(ledger::common_fields(), "attachments")->offset;
  const Id holder =
      e.type == E::EvidenceAttached ? e.as<ledger::EvidenceAttached>().target() : e.id;
  const auto list = e.body->root().get_list(kOffset);
  for (auto a : ledger::StructList<ledger::Attachment>(list)) {
    const ledger::Bytes hash(a.sha256());
    auto& holders = holders_[hash];
    if (std::find(holders.begin(), holders.end(), holder) == holders.end())
      holders.push_back(holder);
    hashes_of_[e.id].push_back(hash);
    if (holder != e.id) hashes_of_[holder].push_back(hash);
  }
}

std::vector<Id> Activities::twins_of(const Query& q, const Id& id) const {
  const auto mine = hashes_of_.find(id);
  if (mine == hashes_of_.end()) return {};
  const auto& record = records_[index_.at(id)];
  Id self = id;
  if (record.type == E::EvidenceAttached)
    self = Body::parse(record.body)->as<ledger::EvidenceAttached>().target();
  std::vector<Id> twins;
  for (auto& hash : mine->second)
    for (auto& other : holders_.at(hash)) {
      const RecordInfo* info = q.state.records.find(other);
      const bool known = std::find(twins.begin(), twins.end(), other) != twins.end();
      if (other != self && !known && info && !info->annulled) twins.push_back(other);
    }
  return twins;
}

Row Activities::row(const Query& q, const Record& r) const {
  const Shown& shown = *shown_of(r.type);
  const Body body = *Body::parse(r.body);
  const Row data = ledger::show_data(body), refs = ledger::show_refs(body);
  const RecordInfo& info = *q.state.records.find(r.id);
  const bool judged = shown.verified || info.annulled;
  Row row = row_of("record");
  put_unit(q, row, r.unit);
  row["type"] = ledger::type_of(r.type).name;
  row["kind"] = value(data, shown.kind), row["title"] = value(data, shown.title);
  row["on"] = text(r.on), row["admittedOn"] = text(r.admitted_on);
  row["lateEntry"] = r.admitted_on - r.on > q.state.profiles.of(r.on).entry_lag_days;
  row["verification"] = judged ? Row(std::string(name_of(state_of(info)))) : Row();
  row["node"] = node_of(q, refs), row["headcount"] = value(data, "headcount");
  row["sameAttachment"] = text(twins_of(q, r.id));
  row["event"] = text(r.id);
  return row;
}

Rows Activities::rows(const Query& q) const {
  Rows rows = Rows::array();
  std::map<UnitCode, Total> totals;
  for (const Record& r : records_) {
    if (!q.wants(r.unit) || !q.wants_year(r.on)) continue;
    rows.push_back(row(q, r));
    totals[q.state.identity.successor(r.unit)].take(rows.back());
  }
  for (auto& [unit, total] : totals) rows.push_back(total_row(q, unit, total));
  return rows;
}

}  // namespace projections::views
