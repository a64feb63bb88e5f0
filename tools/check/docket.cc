#include "tools/check/docket.h"

#include "ledger/core/genesis.h"
#include "ledger/merkle/merkle.h"
#include "ledger/schema/catalogue.h"
#include "ledger/schema/shape.h"
#include "ledger/schema/show.h"
#include "ledger/text/encoding.h"

namespace tools {
namespace {

using ledger::Body;
using ledger::EventType;

ledger::Result<Body> body_of(const ledger::Item& item) {
  auto body = LEDGER_TRY(Body::parse(item.body->substr(ledger::kSaltBytes)));
  auto faults = ledger::check_shape(body);
  if (!faults.empty()) return tl::unexpected<ledger::Error>(faults.front());
  return body;
}

const ledger::Field* field_named(EventType type, std::string_view name) {
  const auto* f = ledger::find_field(ledger::type_of(type).fields, name);
  return f != nullptr ? f : ledger::find_field(ledger::common_fields(), name);
}

// The label of an enumerated field's value.
std::string value_of(const App& app, EventType type, const char* name, std::uint16_t ordinal) {
  const auto& choices = field_named(type, name)->choices;
  return ordinal >= choices.size() ? "?" : app.zh ? choices[ordinal].zh : choices[ordinal].en;
}

template <typename Enum>
std::string with(const App& app, EventType type, const char* name, Enum value) {
  return ": " + value_of(app, type, name, static_cast<std::uint16_t>(value));
}

std::string what_of(const App& app, EventType type, const Body& body) {
  std::string label = app.zh ? ledger::type_of(type).zh : ledger::type_of(type).en;
  switch (type) {
    case EventType::ComplaintDisposed: return label + with(app, type, "outcome", body.as<ledger::ComplaintDisposed>().outcome());
    case EventType::ComplaintAssigned: return label + app.t(",答复期限 ", "; answer due ") + ledger::format_date(body.as<ledger::ComplaintAssigned>().answer_due());
    case EventType::ComplaintAnswered: return label + with(app, type, "finding", body.as<ledger::ComplaintAnswered>().finding());
    case EventType::ComplaintWithdrawn:
      return label + (body.as<ledger::ComplaintWithdrawn>().secret().empty() ? app.t(":未凭投诉人回执撤回", ": withdrawn without the filer's receipt") : app.t(":凭投诉人回执撤回", ": withdrawn with the filer's receipt"));
    default: return label;
  }
}

// The state that a step leads to; empty: it changes none that the filer is told.
std::string state_after(const App& app, EventType type, const Body& body) {
  using Outcome = ledger::ComplaintDisposed::Outcome;
  switch (type) {
    case EventType::ComplaintDisposed: return body.as<ledger::ComplaintDisposed>().outcome() == Outcome::accepted ? app.t("办理中", "under way") : app.t("已终结", "ended");
    case EventType::ComplaintAssigned: return app.t("办理中", "under way");
    case EventType::ComplaintAnswered: return app.t("已答复", "answered");
    case EventType::ComplaintWithdrawn: return what_of(app, type, body);
    case EventType::ReviewRequested: return app.t("复查中", "under review");
    case EventType::ComplaintClosed: return app.t("已办结", "closed");
    default: return {};
  }
}

// Sealed fields of the complaint whose value the file does not show: a destroyed key opens nothing.
void add_unshown(const App& app, const ledger::Item& subject, const Body& body, Docket& d) {
  for (auto& f : ledger::type_of(subject.header.type).fields) {
    const auto shown = [&](auto& v) { return v.field == f.name; };
    if (f.kind != ledger::Kind::sealed || body.payload().is_absent(f.offset) || std::any_of(subject.opened.begin(), subject.opened.end(), shown)) continue;
    d.opened.emplace_back(app.zh ? f.zh : f.en, app.t("〔未出示:其密钥可能已依法销毁〕", "[not shown: its key may have been destroyed as the law asks]"));
  }
}

}  // namespace

ledger::Result<Docket> read_docket(const App& app, const ledger::Evidence& e) {
  const ledger::Item& subject = *e.find(e.subject);
  const auto genesis = LEDGER_TRY(ledger::genesis_of(LEDGER_TRY(body_of(e.items.front()))));
  Docket d;
  d.position = e.subject, d.event = ledger::format_id(subject.header.id), d.unit = subject.header.unit, d.on = ledger::format_date(subject.header.on);
  d.admitted = ledger::format_instant(subject.record.admitted);
  d.leaf = ledger::hex(ledger::leaf_hash(*genesis.suite, subject.bytes).view());
  if (genesis.demonstration) d.demonstration_mark = app.t("【演示数据】", "[demonstration data]");
  for (auto& v : subject.opened)
    if (const auto* f = field_named(subject.header.type, v.field)) d.opened.emplace_back(app.zh ? f->zh : f->en, std::string(v.value));
  add_unshown(app, subject, LEDGER_TRY(body_of(subject)), d);
  d.state = app.t("已登记,尚未办理", "recorded, not yet dealt with");
  for (auto& item : e.items) {
    if (item.record.position <= e.subject || !item.body || ledger::type_of(item.header.type).family != "complaint") continue;
    const auto body = LEDGER_TRY(body_of(item));
    d.steps.push_back({item.record.position, ledger::format_date(item.header.on), what_of(app, item.header.type, body)});
    if (auto state = state_after(app, item.header.type, body); !state.empty()) d.state = state;
  }
  return d;
}

}  // namespace tools
