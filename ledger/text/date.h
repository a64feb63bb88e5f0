// Business dates and instants. A day of this ledger is a day of UTC+08:00 (Asia/Shanghai since 1991).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// Days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
  Date operator+(std::int32_t n) const { return {days + n}; }
  Date operator-(std::int32_t n) const { return {days - n}; }
  std::int32_t operator-(Date o) const { return days - o.days; }
};

// Milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
};

struct YearMonthDay {
  int year, month, day;
};

inline constexpr Date kDateMin{-7397};   // 1949-10-01
inline constexpr Date kDateMax{84005};   // 2199-12-31

Date make_date(int year, int month, int day);
YearMonthDay split(Date);
int year_of(Date);
int weekday_of(Date);  // 1 Monday … 7 Sunday

// YYYY-MM-DD of a day that exists; nullopt otherwise. No bound but the four digits.
std::optional<Date> parse_date(std::string_view);
std::string format_date(Date);

// MM-DD of a day that exists in a common year, as a date in `year`.
std::optional<Date> month_day(std::string_view, int year);

// RFC 3339 with up to three digits of a second's fraction; finer or malformed: nullopt.
std::optional<Instant> parse_instant(std::string_view);
std::string format_instant(Instant);  // UTC, milliseconds, "2026-03-15T01:02:03.004Z"

Date local_date(Instant);         // its UTC+08:00 day
Instant local_midnight(Date);     // 00:00 UTC+08:00 of the day

}  // namespace ledger
