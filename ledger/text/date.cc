#include "ledger/text/date.h"

#include <array>
#include <cstdio>

namespace ledger {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kOffsetMs = 8 * 3'600'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a % b + (a % b < 0 ? b : 0); }

bool leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

int month_length(int y, int m) {
  static constexpr std::array<int, 12> kLength{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return m == 2 && leap(y) ? 29 : kLength[static_cast<std::size_t>(m - 1)];
}

// Reads exactly n digits at `at`; -1 when they are not there.
int digits(std::string_view s, std::size_t at, std::size_t n) {
  if (at + n > s.size()) return -1;
  int v = 0;
  for (std::size_t i = at; i < at + n; ++i) {
    if (s[i] < '0' || s[i] > '9') return -1;
    v = v * 10 + (s[i] - '0');
  }
  return v;
}

bool exists(int y, int m, int d) { return m >= 1 && m <= 12 && d >= 1 && d <= month_length(y, m); }

// The offset at the end of an RFC 3339 time, in minutes.
std::optional<int> parse_offset(std::string_view s) {
  if (s == "Z" || s == "z") return 0;
  if (s.size() != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':') return std::nullopt;
  int h = digits(s, 1, 2), m = digits(s, 4, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59) return std::nullopt;
  return (s[0] == '-' ? -1 : 1) * (h * 60 + m);
}

}  // namespace

// Howard Hinnant's days_from_civil, for the proleptic Gregorian calendar.
Date make_date(int year, int month, int day) {
  const int y = year - (month <= 2);
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int yoe = y - era * 400;
  const int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return {era * 146097 + doe - 719468};
}

YearMonthDay split(Date d) {
  const std::int64_t z = std::int64_t{d.days} + 719468;   // whatever a stranger's date is
  const int era = static_cast<int>((z >= 0 ? z : z - 146096) / 146097);
  const int doe = static_cast<int>(z - std::int64_t{era} * 146097);
  const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int mp = (5 * doy + 2) / 153;
  const int month = mp + (mp < 10 ? 3 : -9);
  return {yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

int year_of(Date d) { return split(d).year; }

int weekday_of(Date d) {
  const auto w = static_cast<int>((std::int64_t{d.days} + 3) % 7);  // 1970-01-01 was a Thursday
  return (w < 0 ? w + 7 : w) + 1;
}

std::optional<Date> parse_date(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  const int y = digits(s, 0, 4), m = digits(s, 5, 2), d = digits(s, 8, 2);
  if (y < 0 || m < 0 || d < 0 || !exists(y, m, d)) return std::nullopt;
  return make_date(y, m, d);
}

std::string format_date(Date d) {
  const auto v = split(d);
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%02d-%02d", v.year, v.month, v.day);
  return out;
}

std::optional<Date> month_day(std::string_view s, int year) {
  if (s.size() != 5 || s[2] != '-') return std::nullopt;
  const int m = digits(s, 0, 2), d = digits(s, 3, 2);
  if (m < 0 || d < 0 || !exists(2001, m, d)) return std::nullopt;
  return make_date(year, m, d);
}

std::optional<Instant> parse_instant(std::string_view s) {
  if (s.size() < 20 || (s[10] != 'T' && s[10] != 't') || s[13] != ':' || s[16] != ':') return {};
  const auto day = parse_date(s.substr(0, 10));
  const int h = digits(s, 11, 2), mi = digits(s, 14, 2), sec = digits(s, 17, 2);
  if (!day || h < 0 || h > 23 || mi < 0 || mi > 59 || sec < 0 || sec > 59) return {};
  std::size_t at = 19;
  int ms = 0;
  if (s[at] == '.') {
    int scale = 100;
    std::size_t first = ++at;
    for (; at < s.size() && s[at] >= '0' && s[at] <= '9'; ++at, scale /= 10) {
      if (at - first >= 3) return {};
      ms += (s[at] - '0') * scale;
    }
    if (at == first) return {};
  }
  const auto offset = parse_offset(s.substr(at));
  if (!offset) return {};
  const std::int64_t seconds = (h * 60 + mi) * 60 + sec - *offset * 60;
  return Instant{day->days * kDayMs + seconds * 1000 + ms};
}

std::string format_instant(Instant t) {
  const std::int64_t day = floor_div(t.ms, kDayMs), in_day = floor_mod(t.ms, kDayMs);
  const int s = static_cast<int>(in_day / 1000);
  char out[40];
  std::snprintf(out, sizeof out, "T%02d:%02d:%02d.%03dZ", s / 3600, s / 60 % 60, s % 60,
                static_cast<int>(in_day % 1000));
  return format_date({static_cast<std::int32_t>(day)}) + out;
}

Date local_date(Instant t) {
  const std::int64_t day = floor_div(t.ms, kDayMs);
  return {static_cast<std::int32_t>(floor_mod(t.ms, kDayMs) + kOffsetMs < kDayMs ? day : day + 1)};
}

Instant local_midnight(Date d) { return {d.days * kDayMs - kOffsetMs}; }

}  // namespace ledger
