#include "projections/assessment/dockets.h"

#include <algorithm>

namespace projections::assessment {
namespace {

constexpr EventType kComplaintTypes[] = {
    EventType::ComplaintFiled,        EventType::ComplaintDisposed, EventType::ComplaintAssigned,
    EventType::ComplaintAcknowledged, EventType::ComplaintExtended, EventType::ComplaintAnswered,
    EventType::ComplaintWithdrawn,    EventType::ReviewDecided,     EventType::ComplaintClosed};
constexpr EventType kOrderTypes[] = {
    EventType::RectificationOrdered, EventType::RectificationSubmitted,
    EventType::RectificationDecided, EventType::RectificationVaried};

// All records of the types, in the order of the log.
template <std::size_t N>
std::vector<const Entry*> merged(const Layer& layer, const EventType (&types)[N]) {
  std::vector<const Entry*> out;
  for (auto t : types) out.insert(out.end(), layer.all(t).begin(), layer.all(t).end());
  std::sort(out.begin(), out.end(), [](auto* a, auto* b) { return a->position() < b->position(); });
  return out;
}

// The assignment that a record names, or the one current when it was recorded.
template <typename T>
Assignment* assignment_of(ComplaintDocket& d, const Entry& e) {
  const auto t = e.as<T>();
  if (!t.has_assignment()) {
    auto i = d.assigned_before(e.position());
    return i ? &d.assignments[*i] : nullptr;
  }
  for (auto& a : d.assignments)
    if (a.entry->id() == t.assignment()) return &a;
  return nullptr;
}

}  // namespace

std::optional<std::size_t> ComplaintDocket::assigned_before(std::uint64_t position) const {
  std::optional<std::size_t> out;
  for (std::size_t i = 0; i < assignments.size(); ++i)
    if (assignments[i].entry->position() < position) out = i;
  return out;
}

Dockets::Dockets(const Layer& layer) {
  for (auto* e : merged(layer, kComplaintTypes)) take_complaint(*e);
  for (auto* e : merged(layer, kOrderTypes)) take_order(*e);
  file_by_unit();
}

template <typename T>
ComplaintDocket* Dockets::docket_of(const Entry& e) {
  auto it = complaint_by_id_.find(e.as<T>().complaint());
  return it == complaint_by_id_.end() ? nullptr : it->second;
}

void Dockets::take_complaint(const Entry& e) {
  switch (e.fact->type) {
    case EventType::ComplaintFiled: {
      auto& d = complaints_[e.position()] = std::make_unique<ComplaintDocket>();
      d->filed = &e;
      complaint_by_id_[e.id()] = d.get();
      return;
    }
    case EventType::ComplaintDisposed:
      if (auto* d = docket_of<ledger::ComplaintDisposed>(e)) d->disposed = &e;
      return;
    case EventType::ComplaintAssigned:
      if (auto* d = docket_of<ledger::ComplaintAssigned>(e))
        d->assignments.push_back({&e, {}, {}, {}});
      return;
    case EventType::ComplaintAcknowledged:
      if (auto* d = docket_of<ledger::ComplaintAcknowledged>(e))
        if (auto* a = assignment_of<ledger::ComplaintAcknowledged>(*d, e))
          a->responses.push_back(&e);
      return;
    case EventType::ComplaintExtended:
      if (auto* d = docket_of<ledger::ComplaintExtended>(e))
        if (auto* a = assignment_of<ledger::ComplaintExtended>(*d, e)) a->extensions.push_back(&e);
      return;
    case EventType::ComplaintAnswered:
      if (auto* d = docket_of<ledger::ComplaintAnswered>(e)) {
        d->answers.push_back(&e);
        if (auto* a = assignment_of<ledger::ComplaintAnswered>(*d, e)) a->answers.push_back(&e);
      }
      return;
    case EventType::ComplaintWithdrawn:
      if (auto* d = docket_of<ledger::ComplaintWithdrawn>(e)) d->withdrawn = &e;
      return;
    case EventType::ReviewDecided:
      if (auto* d = docket_of<ledger::ReviewDecided>(e)) d->reviews.push_back(&e);
      return;
    default:
      if (auto* d = docket_of<ledger::ComplaintClosed>(e)) d->closings.push_back(&e);
  }
}

void Dockets::take_order(const Entry& e) {
  if (e.fact->type == EventType::RectificationOrdered) {
    auto& d = orders_[e.position()] = std::make_unique<OrderDocket>();
    d->order = &e;
    d->cycles.push_back({e.as<ledger::RectificationOrdered>().due(), nullptr, nullptr, {}, false});
    order_by_id_[e.id()] = d.get();
    return;
  }
  auto find = [&](const Id& id) {
    auto it = order_by_id_.find(id);
    return it == order_by_id_.end() ? nullptr : it->second;
  };
  if (e.fact->type == EventType::RectificationSubmitted) {
    const auto t = e.as<ledger::RectificationSubmitted>();
    auto* d = find(t.order());
    if (!d || t.stage() == ledger::RectificationSubmitted::Stage::acknowledgement) return;
    if (!d->feedback) d->feedback = &e;
    if (t.stage() == ledger::RectificationSubmitted::Stage::report) d->cycles.back().report = &e;
  } else if (e.fact->type == EventType::RectificationDecided) {
    const auto t = e.as<ledger::RectificationDecided>();
    auto* d = find(t.order());
    if (!d) return;
    d->cycles.back().decision = &e;
    d->cycles.back().accepted = t.outcome() == ledger::RectificationDecided::Outcome::accepted;
    if (d->cycles.back().accepted) return;
    d->rejections.push_back(&e);
    d->cycles.push_back({t.new_due().value_or(d->cycles.back().due), nullptr, nullptr, {}, false});
  } else {
    const auto t = e.as<ledger::RectificationVaried>();
    auto* d = find(t.order());
    if (!d) return;
    if (t.change() == ledger::RectificationVaried::Change::cancelled) d->cancelled = &e;
    if (t.change() != ledger::RectificationVaried::Change::extended) return;
    d->cycles.back().due = t.new_due().value_or(d->cycles.back().due);
    d->cycles.back().extensions.push_back(&e);
  }
}

void Dockets::file_by_unit() {
  for (auto& [position, d] : complaints_) {
    std::vector<UnitCode> units;
    auto add = [&](UnitCode u) {
      if (std::find(units.begin(), units.end(), u) == units.end()) units.push_back(u);
    };
    for (auto& a : d->assignments) add(a.entry->unit);
    for (auto* a : d->answers) add(a->unit);
    for (auto u : units) complaints_of_[u].push_back(d.get());
  }
  for (auto& [position, d] : orders_) orders_of_[d->order->unit].push_back(d.get());
}

const ComplaintDocket* Dockets::complaint(const Id& id) const {
  auto it = complaint_by_id_.find(id);
  return it == complaint_by_id_.end() ? nullptr : it->second;
}

const std::vector<const ComplaintDocket*>& Dockets::complaints_of(UnitCode u) const {
  static const std::vector<const ComplaintDocket*> kNone;
  auto it = complaints_of_.find(u);
  return it == complaints_of_.end() ? kNone : it->second;
}

const std::vector<const OrderDocket*>& Dockets::orders_of(UnitCode u) const {
  static const std::vector<const OrderDocket*> kNone;
  auto it = orders_of_.find(u);
  return it == orders_of_.end() ? kNone : it->second;
}

}  // namespace projections::assessment
