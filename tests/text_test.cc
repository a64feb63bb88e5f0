// Dates, identifiers and encodings against the vectors in tests/data.
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "ledger/text/date.h"
#include "ledger/text/encoding.h"
#include "ledger/text/json.h"
#include "ledger/text/plain.h"

using namespace ledger;

TEST_CASE("unified social credit codes: every vector") {
  std::ifstream in(TEST_DATA "/identifiers-vectors.csv");
  std::string line;
  std::getline(in, line);
  int n = 0;
  while (std::getline(in, line)) {
    const auto first = line.find(','), second = line.find(',', first + 1), third = line.find(',', second + 1);
    const std::string value = line.substr(first + 1, second - first - 1);
    INFO(line);
    CHECK(is_uscc(value) == (line.substr(second + 1, third - second - 1) == "true"));
    ++n;
  }
  CHECK(n == 29);
}

TEST_CASE("every day from 1949 to 2199 splits, formats and parses back") {
  Date d = kDateMin;
  CHECK(format_date(kDateMin) == "1949-10-01");
  CHECK(format_date(kDateMax) == "2199-12-31");
  for (; d <= kDateMax; d = d + 1) {
    const auto v = split(d);
    REQUIRE(make_date(v.year, v.month, v.day) == d);
    REQUIRE(parse_date(format_date(d)) == d);
  }
  CHECK(weekday_of(*parse_date("2026-11-24")) == 2);
  for (auto bad : {"2025-02-29", "2025-13-01", "2025-00-10", "2025-1-01", "2025-01-1", "25-01-01", "2025/01/01", ""}) CHECK_FALSE(parse_date(bad));
}

TEST_CASE("days and moments that no ledger admits are still written, whatever they are") {
  CHECK(format_date({INT32_MAX}) == "5881580-07-11");
  CHECK(format_date({INT32_MIN}) == "-5877641-06-23");
  CHECK(weekday_of({INT32_MAX}) == 5);
  for (const auto ms : {INT64_MAX, INT64_MIN}) {
    CHECK(format_instant({ms}).substr(format_instant({ms}).find('T')) == (ms > 0 ? "T07:12:55.807Z" : "T16:47:04.192Z"));
    CHECK_NOTHROW(local_date({ms}));
  }
}

TEST_CASE("instants: RFC 3339 to the millisecond, and the local day") {
  CHECK(format_instant(*parse_instant("2026-12-11T00:00:00+08:00")) == "2026-12-10T16:00:00.000Z");
  CHECK(format_instant(*parse_instant("1969-12-31T23:59:59.5Z")) == "1969-12-31T23:59:59.500Z");
  CHECK(format_date(local_date(*parse_instant("2025-12-31T16:00:00Z"))) == "2026-01-01");
  CHECK(format_date(local_date(*parse_instant("2025-12-31T15:59:59.999Z"))) == "2025-12-31");
  for (auto bad : {"2026-12-11", "2026-12-11T24:00:00Z", "2026-12-11T00:00:00", "2026-12-11T00:00:00.0001Z", "2026-02-30T00:00:00Z"})
    CHECK_FALSE(parse_instant(bad));
}

TEST_CASE("hex, base64 and ids round-trip and refuse what is not canonical") {
  Bytes all;
  for (int n = 0; n < 64; ++n) {
    CHECK(unhex(hex(all)) == all);
    CHECK(unbase64(base64(all)) == all);
    all += static_cast<char>(n * 37 + 200);
  }
  for (auto bad : {"A", "AA=", "AB==", "AAB=", "A===", "AA==AA=="}) CHECK_FALSE(unbase64(bad));
  CHECK_FALSE(unhex("AB"));
  CHECK_FALSE(unhex("abc"));
  const std::string id = "019a0000-0000-7000-8000-0000000000b2";
  CHECK(format_id(*parse_id(id)) == id);
  CHECK(is_uuid7(*parse_id(id)));
  CHECK_FALSE(parse_id("019A0000-0000-7000-8000-0000000000b2"));
}

TEST_CASE("text is trimmed, folded and checked") {
  CHECK(tidy(" \xE3\x80\x80普法\n ") == "普法");
  CHECK(tidy("e\xCC\x81") == "\xC3\xA9");
  CHECK(untidy("普法责任制 (2025)") == nullptr);
  CHECK(untidy("e\xCC\x81") != nullptr);
  CHECK(untidy(" x") != nullptr);
  CHECK(untidy("a\tb") != nullptr);
  CHECK(untidy("a\nb") == nullptr);
  CHECK(fold_number("（2025）鄂 0114 民初１号") == "(2025)鄂0114民初1号");
  CHECK(code_points("蔡甸ab") == 4);
  CHECK_FALSE(is_utf8("\xC0\x80"));
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
}

TEST_CASE("numbers of persons are seen where they stand alone") {
  CHECK(has_personal_number("联系13812345678。"));
  CHECK(has_personal_number("身份证42011419900101123X"));
  CHECK(has_personal_number("420114199001011234"));
  CHECK_FALSE(has_personal_number("编号A13812345678"));
  CHECK_FALSE(has_personal_number("138123456789"));
  CHECK_FALSE(has_personal_number("12812345678"));
  CHECK_FALSE(has_personal_number("11420114TA0000016W"));
}

TEST_CASE("JSON refuses what would silently lose data") {
  CHECK(parse_json(R"({"a":1,"b":{"a":2}})"));
  CHECK(parse_json(R"({"a":1,"a":2})").error().code == "duplicate-key");
  CHECK(parse_json(R"({"a":{"b":1,"b":1}})").error().code == "duplicate-key");
  CHECK(parse_json("{\"a\":\"\xFF\"}").error().code == "not-utf8");
  CHECK(parse_json("{\"a\":").error().code == "not-json");
  CHECK(parse_json(std::string(100, '[') + std::string(100, ']')).error().code == "not-json");
}
