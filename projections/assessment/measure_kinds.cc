#include "projections/assessment/measure_kinds.h"

#include <algorithm>

namespace projections::assessment {
namespace {

using T = ParameterType;
using Words = std::vector<std::string>;

const Parameter kWeight{"weight", T::number, kIndicatorWeight,         {},
                        {},       false,     "full points of the part"};
const Parameter kTypes{"types", T::types, 0, {}, {}, true, "event types that are read"};
const Parameter kWhere{
    "where", T::where, 0, {}, {}, false, "field = values that a record must have"};
const Parameter kBy{"by",
                    T::text,
                    0,
                    {"window"},
                    {"window", "year"},
                    false,
                    "in the window by `on`, or by field `year`"};
const Parameter kOrFor{
    "orFor", T::text, 0, {""}, {"", "onBehalfOf"}, false, "field that may name the unit instead"};

Parameter number(const char* name, std::int64_t fallback, const char* what) {
  return {name, T::number, fallback, {}, {}, false, what};
}
Parameter need(const char* name, const char* what) {
  return {name, T::number, 0, {}, {}, true, what};
}
Parameter due(const char* fallback, const char* what) {
  return {"due", T::text, 0, {fallback}, {"", "list", "learningList", "plan", "workReport"},
          false, what};
}
Parameter kinds(Words fallback, Words choices) {
  return {
      "kinds", T::texts, 0, std::move(fallback), std::move(choices), false, "kinds that are read"};
}

const Words kInspectionKinds{"routine", "spot", "special", "deputyVisit", "dutyReview"};

std::vector<MeasureKind> make() {
  return {
      {"filing",
       Measure::filing,
       "a filing accepted by an authority, by its due date",
       {{"type",
         T::type,
         0,
         {},
         {"UnitListSubmitted", "LearningListSubmitted", "AnnualPlanSubmitted",
          "WorkReportSubmitted"},
         true,
         "what is filed"},
        {"authority", T::text, 0, {"office"}, {"office", "superior"}, false, "who accepts"},
        due("list", "which date of the deadline profile"),
        need("onTime", "points in time"),
        number("late", 0, "points when late"),
        number("later", 0, "points after lateWorkDays"),
        number("lateWorkDays", 0, "work days for `late`; 0: no end"),
        {"quarterly", T::flag, 0, {}, {}, false, "four filings a year"},
        {"needsSuperior", T::flag, 0, {}, {}, false, "not applicable to a unit without superior"},
        number("itemLack", 0, "points off an item that lacks a field"),
        {"itemFields",
         T::texts,
         0,
         {"dept", "responsible", "content", "steps", "due"},
         {"dept", "responsible", "content", "steps", "due"},
         false,
         "fields an item must have"}}},
      {"officers",
       Measure::officers,
       "roles that are filled on the list's due date",
       {{"roles",
         T::texts,
         0,
         {"firstResponsible", "officerInCharge", "liaison", "department"},
         {"firstResponsible", "officerInCharge", "liaison", "department", "worker"},
         false,
         "roles"},
        number("each", 50, "points a role")}},
      {"presence",
       Measure::presence,
       "at least one record",
       {kTypes, kWhere, kBy, kOrFor, due("", "date for full points; none: any"),
        need("points", "points"), number("late", 0, "points after `due`")}},
      {"completion",
       Measure::completion,
       "list items completed, weighted by lateness",
       {kWeight, number("onTime", 100, "percent in time"), number("late", 60, "percent when late"),
        number("later", 30, "percent after lateDays"), number("lateDays", 30, "days for `late`"),
        number("freeCancelDivisor", 5, "one cancelled item in so many is free; 0: none")}},
      {"disclosure",
       Measure::disclosure,
       "declared enforcement matters whose basis and process are disclosed",
       {kWeight}},
      {"count",
       Measure::count,
       "records, or distinct values of a field, towards a target or each for points",
       {kWeight,
        kTypes,
        kWhere,
        kBy,
        kOrFor,
        {"distinct", T::text, 0, {""}, {}, false, "field whose different values count"},
        number("target", 0, "number for full points"),
        {"targetByClass",
         T::by_class,
         0,
         {},
         {},
         false,
         "target by the unit's case class; 0: not applicable"},
        number("each", 0, "points each, instead of a target"),
        number("max", 0, "how many count with `each`; 0: all")}},
      {"distinctPerQuarter",
       Measure::distinctPerQuarter,
       "distinct values of a field in each quarter",
       {kTypes,
        kWhere,
        kOrFor,
        {"distinct", T::text, 0, {}, {}, true, "field"},
        need("each", "points each"),
        number("max", 0, "how many count a quarter; 0: all")}},
      {"coverage",
       Measure::coverage,
       "nodes or hot issues with an activity, or joint meetings attended",
       {kWeight,
        {"of", T::text, 0, {}, {"nodes", "hotIssues", "meetings"}, true, "what is to be covered"},
        number("marginDays", 0, "days around a node"),
        {"attached",
         T::flag,
         0,
         {},
         {},
         false,
         "of nodes and hotIssues: only activities with an attachment"}}},
      {"ratio",
       Measure::ratio,
       "one summed field over another",
       {kWeight,
        kTypes,
        kWhere,
        kBy,
        kOrFor,
        {"of", T::text, 0, {}, {}, true, "field"},
        {"over", T::text, 0, {}, {}, true, "field"}}},
      {"reportScore",
       Measure::reportScore,
       "the third party's score",
       {kWeight, number("scale", 10000, "full score")}},
      {"survey",
       Measure::survey,
       "weighted answers of the year's surveys",
       {kWeight, kinds({"satisfaction"}, {"satisfaction", "awareness", "media"}),
        number("verySatisfied", 100, "percent"), number("satisfied", 80, "percent"),
        number("fairlySatisfied", 60, "percent"), number("dissatisfied", 0, "percent"),
        number("minValid", 30, "fewer valid answers: not applicable"),
        number("fullPercent", 100, "mean percent of the answers that is worth full points")}},
      {"inspectionScore",
       Measure::inspectionScore,
       "mean score of inspections",
       {kWeight, kinds({"deputyVisit"}, kInspectionKinds)}},
      {"deduction",
       Measure::deduction,
       "points off for each inspection finding",
       {kWeight,
        kinds({"routine", "spot", "special"}, kInspectionKinds),
        number("major", 100, "off each"),
        number("general", 30, "off each"),
        number("minor", 10, "off each"),
        number("cap", 0, "most that is taken off; 0: all"),
        {"fullWithout",
         T::flag,
         0,
         {},
         {},
         false,
         "without an inspection full points, not `not applicable`"}}},
      {"countDeduction",
       Measure::countDeduction,
       "points off for each record, or for each that is missing",
       {kWeight, kTypes, kWhere, kBy, kOrFor,
        number("required", 0, "number required; 0: each record costs"), need("per", "off each"),
        number("cap", 0, "most that is taken off; 0: all")}},
      {"inTime",
       Measure::inTime,
       "duties met in time",
       {kWeight,
        {"of",
         T::text,
         0,
         {},
         {"acknowledgement", "answer", "rectification", "feedback"},
         true,
         "which duty; feedback: an order's first plan or report"},
        number("workDays", 3, "of feedback: work days after the order"),
        number("per", 0, "off each that is not met, instead of a share; 0: a share")}},
      {"upheldComplaints",
       Measure::upheldComplaints,
       "points off for upheld complaints",
       {kWeight, number("upheld", 50, "off each"),
        number("repeat", 100, "off each repeat, besides")}},
      {"closedOnce", Measure::closedOnce, "complaints closed and not reopened", {kWeight}},
  };
}

}  // namespace

const std::vector<MeasureKind>& measure_kinds() {
  static const std::vector<MeasureKind> kKinds = make();
  return kKinds;
}

const MeasureKind& kind_of(Measure m) {
  const auto& kinds = measure_kinds();
  return *std::find_if(kinds.begin(), kinds.end(), [m](auto& k) { return k.measure == m; });
}

const MeasureKind* find_kind(std::string_view name) {
  for (auto& k : measure_kinds())
    if (name == k.name) return &k;
  return nullptr;
}

bool is_scored(EventType t) {
  switch (t) {
    case EventType::GenesisRecorded:
    case EventType::KeyEnrolled:
    case EventType::KeyRevoked:
    case EventType::RoleGranted:
    case EventType::RoleRevoked:
    case EventType::RecordsReaffirmed:
    case EventType::AssessmentSchemePublished:
    case EventType::SurveyResponsesRecorded:
    case EventType::SelfAssessmentSubmitted:
    case EventType::ResultPublished:
    case EventType::FinalResultConfirmed:
    case EventType::ObjectionFiled:
    case EventType::ResultExported:
    case EventType::SubjectRequestDecided:
    case EventType::PersonalDataKeyDestroyed:
    case EventType::ArchivePackageExported:
    case EventType::IndexCommitted:
    case EventType::AccessLogCommitted:
      return false;
    default:
      return true;
  }
}

}  // namespace projections::assessment
