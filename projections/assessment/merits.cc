#include "projections/assessment/merits.h"

#include <algorithm>
#include <map>

#include "projections/assessment/field_values.h"

namespace projections::assessment {
namespace {

using ledger::HonourConferred;

bool among(const std::vector<std::string>& words, const std::string& w) {
  return std::find(words.begin(), words.end(), w) != words.end();
}

// PointsDecided of the unit, year and kind, summed.
std::int64_t decided_points(const Subject& s, ledger::PointsDecided::Kind kind, Trace& t) {
  std::int64_t sum = 0;
  for (auto* e : s.layer.of(s.unit.code, EventType::PointsDecided)) {
    const auto p = e->as<ledger::PointsDecided>();
    if (p.year() != s.scheme().year || p.kind() != kind) continue;
    t.read(*e);
    sum += p.points();
  }
  return sum;
}

using HonourKey = std::tuple<HonourConferred::Honour, HonourConferred::Level, std::string>;

HonourKey key_of(const HonourConferred& h) {
  return {h.honour(), h.level(), std::string(h.matter_key())};
}

// Revoked is for good, and so is not bound to the window.
std::map<HonourKey, std::vector<const Entry*>> revocations(const Subject& s) {
  std::map<HonourKey, std::vector<const Entry*>> out;
  for (auto* e : s.layer.of(s.unit.code, EventType::HonourConferred))
    for (auto* body : {&e->body(), &e->fact->body()}) {
      const auto h = body->as<HonourConferred>();
      auto& list = out[key_of(h)];
      if (h.outcome() == HonourConferred::Outcome::revoked && (list.empty() || list.back() != e))
        list.push_back(e);
    }
  return out;
}

// Whether the records that revoke the honour do so at their value.
bool is_revoked(const HonourKey& key, const std::vector<const Entry*>& by) {
  return std::any_of(by.begin(), by.end(), [&](auto* e) {
    const auto h = e->template as<HonourConferred>();
    return !e->annulled && h.outcome() == HonourConferred::Outcome::revoked && key_of(h) == key;
  });
}

std::int64_t honour_points(const Subject& s, Trace& t) {
  const auto revoked = revocations(s);
  std::map<std::string, std::int64_t> best;
  for (auto* e : s.layer.of(s.unit.code, EventType::HonourConferred)) {
    const auto h = e->as<HonourConferred>();
    const bool counts = h.outcome() == HonourConferred::Outcome::conferred ||
                        h.outcome() == HonourConferred::Outcome::reconfirmed;
    if (!(counts && s.layer.in_window(e->on)) && !(e->said().last_correction)) continue;
    t.read(*e);
    const auto& by = revoked.at(key_of(h));
    for (auto* r : by) t.read(*r);
    if (!counts || !s.layer.in_window(e->on) || e->annulled || is_revoked(key_of(h), by)) continue;
    auto& points = best[std::string(h.matter_key())];
    points = std::max(points, s.scheme().bonus.points[static_cast<std::size_t>(h.honour())]
                                                     [static_cast<std::size_t>(h.level())]);
  }
  std::int64_t sum = 0;
  for (auto& [matter, points] : best) sum += points;
  t.count("honours", static_cast<std::int64_t>(best.size()));
  return sum;
}

std::int64_t criticisms(const Subject& s, Trace& t) {
  std::set<Id> withdrawn;
  for (auto* e : s.layer.all(EventType::BulletinAmended))
    if (e->as<ledger::BulletinAmended>().change() == ledger::BulletinAmended::Change::withdrawn)
      withdrawn.insert(e->as<ledger::BulletinAmended>().bulletin());
  std::int64_t n = 0;
  std::set<Id> read;
  for (auto* e : s.layer.all(EventType::BulletinIssued)) {
    const Entry* draft = s.layer.find(e->as<ledger::BulletinIssued>().draft());
    if (draft == nullptr || !s.layer.in_window(e->on)) continue;
    const auto d = draft->as<ledger::BulletinDrafted>();
    if (d.kind() != ledger::BulletinDrafted::Kind::criticism ||
        !s.layer.names(d.units(), s.unit.code))
      continue;
    t.read(*e), t.read(*draft);
    read.insert(e->id());
    n += withdrawn.count(e->id()) == 0;
  }
  for (auto* e : s.layer.all(EventType::BulletinAmended))
    if (read.count(e->as<ledger::BulletinAmended>().bulletin())) t.read(*e);
  return n;
}

// Records of the unit whose last verification found one of `findings`, in the window. One that ever
// was so found is read, since its last verification decides.
std::vector<const Entry*> false_records(const Subject& s, const std::vector<std::string>& findings,
                                        Trace& t) {
  std::map<std::uint64_t, const Entry*> found;
  for (auto* v : s.layer.of(s.unit.code, EventType::RecordVerified)) {
    if (!has_value(v->fact->type, v->body(), "finding", findings)) continue;
    for (auto id : v->as<ledger::RecordVerified>().targets())
      if (const Entry* e = s.layer.find(id)) found[e->position()] = e;
  }
  std::vector<const Entry*> out;
  for (auto& [position, e] : found) {
    t.read(*e);
    if (among(findings, e->said().verdict->finding) && s.layer.in_window(e->said().verdict->on)) out.push_back(e);
  }
  return out;
}

void read_order(const OrderDocket& d, Trace& t) {
  t.read(d.order), t.read(d.cancelled);
  for (auto& c : d.cycles) {
    t.read(c.report), t.read(c.decision);
    for (auto* e : c.extensions) t.read(e);
  }
}

// Whether a cycle of the order ran more than `days` over its due date, within the window.
bool ran_over(const Layer& layer, const OrderDocket& d, std::int32_t days) {
  return std::any_of(d.cycles.begin(), d.cycles.end(), [&](const Cycle& c) {
    const Date crossing = c.due + days + 1;
    return layer.due_in_window(crossing) && (!c.report || layer.punctual(*c.report) >= crossing);
  });
}

std::int64_t overdue_orders(const Subject& s, Trace& t) {
  std::int64_t n = 0;
  for (auto* d : s.dockets.orders_of(s.unit.code)) {
    if (d->order->on > s.scheme().period_end) continue;
    read_order(*d, t);
    n += !d->cancelled && ran_over(s.layer, *d, s.scheme().penalty.overdue_rect_days);
  }
  return n;
}

using Grounds = std::array<std::vector<std::uint64_t>, kVetoCodes>;  // sequences, by code

// A forged record; or the order of one with rejections or delay enough.
void derived_grounds(const Subject& s, Grounds& g, Trace& t) {
  for (auto* e : false_records(s, s.scheme().veto.v1_findings, t))
    g[0].push_back(e->said().verdict->position);
  const auto enough = s.scheme().veto.v3_rejections;
  for (auto* d : s.dockets.orders_of(s.unit.code)) {
    if (d->order->on > s.scheme().period_end) continue;
    read_order(*d, t);
    for (std::size_t i = 0; i < d->rejections.size(); ++i)
      if (static_cast<std::int64_t>(i) + 1 == enough && s.layer.in_window(d->rejections[i]->on))
        g[2].push_back(d->rejections[i]->position());
    if (!d->cancelled && ran_over(s.layer, *d, s.scheme().veto.v3_overdue_days))
      g[2].push_back(d->order->position());
  }
}

struct Lifted {
  std::array<std::optional<std::uint64_t>, kVetoCodes> last{};
  std::array<bool, kVetoCodes> decided{};
};

Lifted decided_grounds(const Subject& s, Grounds& g, Trace& t) {
  Lifted out;
  for (auto* e : s.layer.of(s.unit.code, EventType::VetoDecided)) {
    const auto v = e->as<ledger::VetoDecided>();
    if (v.year() != s.scheme().year) continue;
    t.read(*e);
    const auto code = static_cast<std::size_t>(v.code());
    out.decided[code] = true;
    if (v.outcome() == ledger::VetoDecided::Outcome::applied)
      g[code].push_back(e->position());
    else
      out.last[code] = e->position();
  }
  return out;
}

bool refused_inspection(const Subject& s, Trace& t) {
  bool any = false;
  for (auto* e : s.layer.all(EventType::InspectionClosed)) {
    if (!s.layer.in_window(e->on) ||
        !s.layer.names(e->as<ledger::InspectionClosed>().refusals(), s.unit.code))
      continue;
    t.read(*e);
    any = true;
  }
  return any;
}

bool retaliated(const Subject& s, Trace& t) {
  bool any = false;
  for (auto* e : s.layer.of(s.unit.code, EventType::ReviewDecided)) {
    if (!s.layer.in_window(e->on) || !e->as<ledger::ReviewDecided>().retaliation().value_or(false))
      continue;
    t.read(*e);
    any = true;
  }
  return any;
}

}  // namespace

Trace bonus_of(const Subject& s) {
  Trace t(s.detail);
  t.read(s.unit.events);
  const std::int64_t honours = honour_points(s, t);
  const std::int64_t decided = decided_points(s, ledger::PointsDecided::Kind::bonus, t);
  t.count("honourPoints", honours), t.count("decided", decided);
  t.points = std::min(honours + decided, s.scheme().bonus.cap);
  t.formula = "min(" + std::to_string(honours) + " + " + std::to_string(decided) + ", " +
              std::to_string(s.scheme().bonus.cap) + ")";
  t.applicable = true;
  t.settle(s.layer);
  return t;
}

Trace penalty_of(const Subject& s) {
  Trace t(s.detail);
  t.read(s.unit.events);
  const auto& p = s.scheme().penalty;
  auto add = [&](const char* name, std::int64_t each, std::int64_t n) {
    t.count(name, n);
    t.step(std::to_string(each) + "*" + std::to_string(n));
    t.points += each * n;
  };
  add("criticism", p.criticism, criticisms(s, t));
  add("falseRecord", p.false_record,
      static_cast<std::int64_t>(false_records(s, p.false_findings, t).size()));
  add("overdueRectification", p.overdue_rect, overdue_orders(s, t));
  add("decided", 1, decided_points(s, ledger::PointsDecided::Kind::penalty, t));
  t.applicable = true;
  t.settle(s.layer);
  return t;
}

Veto veto_of(const Subject& s) {
  Veto v;
  v.trace = Trace(s.detail);
  Grounds grounds;
  v.trace.read(s.unit.events);
  derived_grounds(s, grounds, v.trace);
  const Lifted lifted = decided_grounds(s, grounds, v.trace);
  for (std::size_t c = 0; c < kVetoCodes; ++c) {
    auto highest = std::max_element(grounds[c].begin(), grounds[c].end());
    v.met[c] = highest != grounds[c].end() && !(lifted.last[c] && *lifted.last[c] > *highest);
    v.trace.count("v" + std::to_string(c + 1), static_cast<std::int64_t>(grounds[c].size()));
  }
  if (refused_inspection(s, v.trace) && !lifted.decided[1])
    v.flags.emplace_back("v2-ground-recorded-no-decision");
  if (retaliated(s, v.trace) && !lifted.decided[3])
    v.flags.emplace_back("v4-ground-recorded-no-decision");
  v.trace.applicable = v.any();
  v.trace.settle(s.layer);
  return v;
}

}  // namespace projections::assessment
