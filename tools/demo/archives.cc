// Requests of data subjects, destroyed keys, archive packages and the access log.
#include "tools/demo/builder.h"

namespace demo {
namespace {

std::string decide_request(Year& y, Date on, const char* kind, const char* outcome,
                           const std::string& target) {
  return y.act("registrar", on, "SubjectRequestDecided", "",
               {{"kind", kind},
                {"outcome", outcome},
                {"reason", "依照个人信息保护法办理"},
                {"receivedOn", text(on - 6)}},
               {{"target", target}});
}

// A complaint that ended without acceptance: its filer may have the contact erased.
void erase_contact(Year& y) {
  Unit& u = y.unit("区档案馆");
  const std::string complaint = y.act("intakeDesk", day(3, 4), "ComplaintFiled", u.code,
                                      {{"kind", "suggestion"},
                                       {"channel", "online"},
                                       {"filerClass", "served"},
                                       {"anonymous", false},
                                       {"filer", "p-5d3b7a19"},
                                       {"filerName", "吴某某"},
                                       {"filerContact", "027-80000017"},
                                       {"subject", "建议延长查档时间"},
                                       {"text", "建议周末开放查档窗口。"},
                                       {"receivedOn", "2025-03-04"}});
  y.act("office", day(3, 7), "ComplaintDisposed", u.code,
        {{"outcome", "notAccepted"},
         {"noticeNo", number("SL-2025-", y.next("notice"))},
         {"reason", "属于业务建议,已转窗口参考"}},
        {{"complaint", complaint}});
  decide_request(y, day(4, 9), "access", "granted", complaint);
  decide_request(y, day(4, 10), "correction", "refused", complaint);
  const std::string erasure = decide_request(y, day(4, 14), "erasure", "granted", complaint);
  y.act("auditAdmin", day(4, 16), "PersonalDataKeyDestroyed", "",
        {{"field", "filerContact"}, {"legalBasis", "request"}, {"retentionEnded", "2025-04-14"}},
        {{"target", complaint}, {"request", erasure}});
  y.act("auditAdmin", day(10, 9), "PersonalDataKeyDestroyed", "",
        {{"field", "filerName"}, {"legalBasis", "purposeMet"}, {"retentionEnded", "2025-09-30"}},
        {{"target", complaint}});
}

void commit_access_logs(Year& y) {
  for (Date d = day(12, 9, 2024); d <= kLastDay; d = d + 7)
    y.add("operator", Year::at(d, 1), "AccessLogCommitted", "", d,
          {{"day", text(d - 1)}, {"entries", y.pick(40)}, {"head", y.hex(32)}});
}

void export_package(Year& y, Date on, int year, const char* retention) {
  y.act("auditAdmin", on, "ArchivePackageExported", "",
        {{"packageNo", number("DA-", y.next("package"))},
         {"year", year},
         {"headSize", "@size"},
         {"headRoot", "@root"},
         {"sha256", y.hex(32)},
         {"retention", retention},
         {"fourPropertyReport", y.hex(32)}});
}

}  // namespace

void add_archives(Year& y) {
  erase_contact(y);
  commit_access_logs(y);
  export_package(y, day(7, 3), 2025, "years30");
  export_package(y, day(1, 20, 2026), 2025, "permanent");
}

}  // namespace demo
