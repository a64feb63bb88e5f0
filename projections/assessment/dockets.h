// Complaints and rectification orders of one assessment, put together from their records.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "projections/assessment/layer.h"

namespace projections::assessment {

struct Assignment {
  const Entry* entry = nullptr;
  std::vector<const Entry*> responses, extensions, answers;
};

struct ComplaintDocket {
  const Entry* filed = nullptr;
  const Entry* disposed = nullptr;
  const Entry* withdrawn = nullptr;
  std::vector<Assignment> assignments;
  std::vector<const Entry*> answers, reviews, closings;

  // Index of the last assignment recorded before that position; none: nullopt.
  std::optional<std::size_t> assigned_before(std::uint64_t position) const;
};

// One stretch of an order: from the order, or a rejection, to the report's acceptance or rejection.
struct Cycle {
  Date due;  // original, moved by the cycle's extensions
  const Entry* report = nullptr;
  const Entry* decision = nullptr;
  std::vector<const Entry*> extensions;
  bool accepted = false;
};

struct OrderDocket {
  const Entry* order = nullptr;
  const Entry* cancelled = nullptr;
  const Entry* feedback = nullptr;  // the first plan or report
  std::vector<Cycle> cycles;  // at least one
  std::vector<const Entry*> rejections;
};

class Dockets {
 public:
  explicit Dockets(const Layer&);
  const ComplaintDocket* complaint(const Id&) const;
  // In order of first mention of the unit as assignee, or as answering.
  const std::vector<const ComplaintDocket*>& complaints_of(UnitCode) const;
  const std::vector<const OrderDocket*>& orders_of(UnitCode) const;

 private:
  void take_complaint(const Entry&);
  void take_order(const Entry&);
  void file_by_unit();
  template <typename T>
  ComplaintDocket* docket_of(const Entry& e);

  std::map<std::uint64_t, std::unique_ptr<ComplaintDocket>>
      complaints_;  // by the filing's position
  std::map<std::uint64_t, std::unique_ptr<OrderDocket>> orders_;
  std::unordered_map<Id, ComplaintDocket*> complaint_by_id_;
  std::unordered_map<Id, OrderDocket*> order_by_id_;
  std::unordered_map<UnitCode, std::vector<const ComplaintDocket*>> complaints_of_;
  std::unordered_map<UnitCode, std::vector<const OrderDocket*>> orders_of_;
};

}  // namespace projections::assessment
