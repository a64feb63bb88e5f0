// The views' derived values: due dates in force, lateness, states, suspicions.
#include <catch2/catch.hpp>

#include "projections/rules/rules.h"
#include "projections/views/activities.h"
#include "projections/views/dues.h"
#include "projections/views/views.h"
#include "tests/scored_log.h"

namespace {

namespace views = projections::views;
using ledger::Json;
using projections::Date;

constexpr const char* kCourt = "11420114TA00000750";

Date day(const char* s) { return *ledger::parse_date(s); }

class Log : public scoring_test::ScoredLog {
 public:
  Log() {
    district("WorkCalendarPublished", "2025-12-01",
             {{"year", 2026}, {"offDays", Json::array()}, {"workDays", Json::array()}, {"source", "test"}});
    add("UnitRegistered", "2025-12-01",
        {{"name", "试验区人民法院"}, {"shortName", "法院"}, {"category", "judicial"},
         {"hasEnforcementPower", false}, {"districtCode", "420114"}, {"from", "2025-12-01"}});
  }

  views::Rows look(views::Rows (*view)(const views::Query&), const char* today, int year = 0) const {
    projections::ProcedureRules rules(ledger::intl());
    each([&](const ledger::Event& e) { rules.take(e); });
    return view({rules.state(), day(today), {}, year});
  }
  views::Rows activities(const char* today) const {
    projections::ProcedureRules rules(ledger::intl());
    views::Activities fold;
    each([&](const ledger::Event& e) { rules.take(e), fold.apply(e); });
    return fold.rows({rules.state(), day(today), {}, 0});
  }

  void complaint() {
    add("ComplaintFiled", "2026-03-02",
        {{"kind", "complaint"}, {"channel", "visit"}, {"filerClass", "served"}, {"anonymous", true},
         {"subject", "s"}, {"text", "t"}, {"receivedOn", "2026-03-02"}}, Json::object(), "c");
    add("ComplaintDisposed", "2026-03-03", {{"outcome", "accepted"}, {"noticeNo", "n-1"}},
        {{"complaint", "#c"}});
    add("ComplaintAssigned", "2026-03-04", {{"answerDue", "2026-04-10"}, {"ground", "first"}},
        {{"complaint", "#c"}});
  }
};

views::Rows only(const views::Rows& rows, const char* key, const char* value) {
  auto out = views::Rows::array();
  for (auto& r : rows)
    if (r.contains(key) && r[key] == value) out.push_back(r);
  return out;
}

}  // namespace

TEST_CASE("an extension moves the answer's due date, and with it what is overdue") {
  Log log;
  log.complaint();
  auto row = log.look(views::complaints, "2026-04-12")[0];
  CHECK(row["state"] == "assigned");
  CHECK(row["answerDue"] == "2026-04-10");
  CHECK(row["daysLeft"] == -2);
  CHECK(row["overdueDays"] == 2);
  log.add("ComplaintExtended", "2026-04-09",
          {{"days", 10}, {"reason", "r"}, {"approvedBy", "p-abcdefgh"}, {"filerNoticedOn", "2026-04-09"}},
          {{"complaint", "#c"}});
  row = log.look(views::complaints, "2026-04-12")[0];
  CHECK(row["answerDue"] == "2026-04-20");
  CHECK(row["daysLeft"] == 8);
  CHECK(row["overdueDays"] == 0);
}

TEST_CASE("a complaint shows no sealed content, and a withdrawal without receipt says so") {
  Log log;
  log.complaint();
  log.add("ComplaintWithdrawn", "2026-03-10", {{"reason", "mistake"}, {"voluntary", true}},
          {{"complaint", "#c"}});
  const auto row = log.look(views::complaints, "2026-04-12")[0];
  CHECK(row["state"] == "withdrawn");
  CHECK(row["remark"] == "withdrawn without the filer's receipt");
  for (auto* key : {"subject", "text", "filer", "filerName", "filerContact"}) CHECK(!row.contains(key));
}

TEST_CASE("an assignment is due to be acknowledged and answered, until it is") {
  Log log;
  log.complaint();
  const auto owed = [&](const char* what) {
    return only(log.look(views::deadlines, "2026-03-10"), "what", what);
  };
  REQUIRE(owed("complaintAcknowledgement").size() == 1);
  CHECK(owed("complaintAcknowledgement")[0]["due"] == "2026-03-09");
  CHECK(owed("complaintAcknowledgement")[0]["overdueDays"] == 1);
  CHECK(owed("complaintAnswer")[0]["due"] == "2026-04-10");
  log.add("ComplaintAcknowledged", "2026-03-10", {{"response", "received"}}, {{"complaint", "#c"}});
  CHECK(owed("complaintAcknowledgement").empty());
  CHECK(owed("complaintAnswer").size() == 1);
}

TEST_CASE("a rejection starts a cycle with its own due date") {
  Log log;
  const Json order{{"order", "#o"}};
  log.complaint();
  log.add("RectificationOrdered", "2026-05-06",
          {{"orderNo", "z-1"}, {"ground", "weakMeasures"}, {"due", "2026-06-01"},
           {"requirements", {{{"no", 1}, {"text", "t"}}}}}, Json::object(), "o");
  log.add("RectificationVaried", "2026-05-20",
          {{"change", "extended"}, {"newDue", "2026-06-10"}, {"reason", "r"}}, order);
  auto row = log.look(views::rectifications, "2026-06-13")[0];
  CHECK(row["due"] == "2026-06-10");
  CHECK(row["overdueDays"] == 3);
  const Json measures{{{"requirement", 1}, {"action", "a"}}};
  log.add("RectificationSubmitted", "2026-06-12", {{"stage", "report"}, {"measures", measures}}, order);
  row = log.look(views::rectifications, "2026-06-20")[0];
  CHECK(row["state"] == "reported");
  CHECK(row["overdueDays"] == 2);
  CHECK(row["daysLeft"].is_null());
  log.add("RectificationDecided", "2026-06-22",
          {{"outcome", "rejected"}, {"newDue", "2026-07-10"}, {"reason", "r"}}, order);
  row = log.look(views::rectifications, "2026-07-12")[0];
  CHECK(row["cycle"] == 2);
  CHECK(row["due"] == "2026-07-10");
  CHECK(row["overdueDays"] == 2);
}

TEST_CASE("a list that was returned is still owed; late is the first accepted one") {
  Log log;
  const Json list{{"year", 2026}, {"items", {{{"no", "1"}, {"due", "2026-06-30"}}}}};
  const auto filing = [&] {
    return only(log.look(views::duties, "2026-04-20", 2026), "document", "UnitListSubmitted")[0];
  };
  CHECK(filing()["state"] == "missing");
  CHECK(filing()["overdueDays"] == 20);
  log.add("UnitListSubmitted", "2026-03-20", list, Json::object(), "a");
  log.add("FilingDecided", "2026-03-25",
          {{"authority", "office"}, {"outcome", "returned"}, {"reasons", {"r"}}}, {{"submission", "#a"}});
  CHECK(filing()["state"] == "returned");
  CHECK(only(log.look(views::deadlines, "2026-04-20"), "what", "UnitListSubmitted").size() == 1);
  log.add("UnitListSubmitted", "2026-04-03", list, {{"replaces", "#a"}}, "b");
  log.add("FilingDecided", "2026-04-08",
          {{"authority", "office"}, {"outcome", "accepted"}, {"filingNo", "f-1"}}, {{"submission", "#b"}});
  CHECK(filing()["state"] == "accepted");
  CHECK(filing()["lateDays"] == 3);
  CHECK(filing()["submissions"] == 2);
  CHECK(only(log.look(views::deadlines, "2026-04-20"), "what", "listItem").size() == 1);
  CHECK(only(log.look(views::deadlines, "2026-04-20"), "what", "UnitListSubmitted").empty());
}

TEST_CASE("a unit owes nothing of a year before it was there") {
  Log log;
  CHECK(log.look(views::duties, "2026-04-20", 2024).empty());
  CHECK_FALSE(log.look(views::duties, "2026-04-20", 2026).empty());
}

TEST_CASE("a due date in a year without calendar is unknown") {
  projections::ProcedureRules rules(ledger::intl());
  CHECK_FALSE(views::Dues(rules.state()).coordination(day("2026-03-02")));
}

TEST_CASE("records with the same attachment are suspected, and late entries are marked") {
  Log log;
  const auto exam = [](const char* paper) {
    return Json{{"paper", paper}, {"shouldSit", 2}, {"sat", 2}, {"passed", 1}, {"passMark", 60}, {"group", "all"},
                {"attachments", {{{"name", "a.jpg"}, {"mediaType", "image/jpeg"}, {"size", 3},
                                  {"sha256", std::string(64, 'a')}}}}};
  };
  const auto first = log.add("ExamHeld", "2026-05-06", exam("one"));
  const auto second = log.add("ExamHeld", "2026-05-07", exam("two"), Json::object(),
                              {kCourt, "", "2026-06-07T12:00:00+08:00"});
  const auto rows = log.activities("2026-06-07");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0]["sameAttachment"] == views::text(std::vector<ledger::Id>{second}));
  CHECK(rows[1]["sameAttachment"] == views::text(std::vector<ledger::Id>{first}));
  CHECK_FALSE(rows[0]["lateEntry"].get<bool>());
  CHECK(rows[1]["lateEntry"].get<bool>());
  CHECK(rows[2]["section"] == "total");
  CHECK(rows[2]["suspected"] == 2);
}
