// The notification (通报) of a year's result, as a document that several renderings print.
//
// Layout of GB/T 9704-2012 as far as text carries it: issuing authority, title, addressees, body in
// five sections (policy 五A(六), (八)), two annexes, and a note that binds every number to the log's
// head, the scheme and the projection, so that a reader can rebuild it. Deterministic.
#pragma once

#include <string>
#include <vector>

#include "ledger/text/json.h"
#include "projections/assessment/ranking.h"
#include "projections/rules/state.h"

namespace projections {

struct Section {
  std::string heading;                       // 一、…
  std::vector<std::string> paragraphs;
};

struct NoticeTable {
  std::string label, title;                  // 附件1, 考核结果
  std::vector<std::string> headers;
  std::vector<bool> right;                   // numbers: right-aligned
  std::vector<std::vector<std::string>> rows;
};

struct Notification {
  int year = 0;
  bool demonstration = false, provisional = false;
  std::string authority, doc_no, title, addressees, date;
  std::vector<Section> sections;             // the first, without heading, is the opening
  std::vector<NoticeTable> annexes;
  std::vector<std::pair<std::string, std::string>> basis;   // machine side: name, value
};

struct NoticeContext {
  const State& state;
  const assessment::Scheme& scheme;
  const assessment::Ranking& ranking;
  std::string district_name;
  bool demonstration = false;
  ledger::Date head_day;                     // of the head's last admission
};

Notification notification_of_result(const NoticeContext&);

std::string to_text(const Notification&);
std::string to_html(const Notification&);
ledger::OrderedJson to_json(const Notification&);

}  // namespace projections
