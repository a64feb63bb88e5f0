// One unit's report of one month, and the kinds of work that go into it.
#pragma once

#include "tools/demo/builder.h"

namespace demo {

struct Month {
  int number;  // 0: the days of the year before
  Date first, last;
};

struct Filing {
  Year& year;
  Unit& unit;
  const Month& month;
  std::string key;
  Instant at;

  std::string add(const char* type, Date on, Json data, Json refs = Json::object());
  // The same, for a record that is to be verified.
  std::string keep(const char* type, Date on, Json data, Json refs = Json::object());
  Date some_day();
};

void hold_activities(Filing&);
void release_content(Filing&);
void publish_cases(Filing&);
void study(Filing&);
void answer_inquiries(Filing&);
void disclose_bases(Filing&);
void add_media_month(Year&, const Month&);
void add_village_posts(Year&, const Month&);
void add_honours(Year&);

}  // namespace demo
