// The notification as plain text, as a self-contained page, and as JSON.
#include "projections/notification/notification.h"

namespace projections {
namespace {

constexpr char kMark[] = "【演示数据】";
constexpr char kFonts[] = "字体:本件用仿宋与小标宋排印;机上无此字体时以系统宋体代替。";

std::string escape(const std::string& s) {
  std::string out;
  for (char c : s) {
    if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '&') out += "&amp;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

// Cells of a text table are separated by a tab-free bar, so that no width has to be guessed.
std::string text_table(const NoticeTable& t) {
  std::string out = t.label + "\n\n" + t.title + "\n\n";
  auto row = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : " | ") + cells[i];
    out += "\n";
  };
  row(t.headers);
  for (auto& r : t.rows) row(r);
  if (t.rows.empty()) out += "(无)\n";
  return out;
}

std::string html_table(const NoticeTable& t) {
  std::string out = "<section class=\"annex\"><p class=\"label\">" + escape(t.label) + "</p><h2>" + escape(t.title) + "</h2>\n<table><thead><tr>";
  for (auto& h : t.headers) out += "<th scope=\"col\">" + escape(h) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (auto& r : t.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < r.size(); ++i) out += std::string(t.right[i] ? "<td class=\"n\">" : "<td>") + escape(r[i]) + "</td>";
    out += "</tr>\n";
  }
  return out + "</tbody></table></section>\n";
}

constexpr char kStyle[] =
    "@page{size:A4;margin:37mm 26mm 35mm 28mm}body{font:16pt/29pt FangSong_GB2312,FangSong,STFangsong,'Noto Serif CJK SC',serif;max-width:44em;margin:2em auto}"
    ".authority{color:#c00;text-align:center;font-size:28pt;line-height:1.5;font-family:'FZXiaoBiaoSong-B05S',STZhongsong,'Noto Serif CJK SC',serif}"
    ".no{text-align:center;border-bottom:2px solid #c00;padding-bottom:4mm}h1{text-align:center;font-size:22pt;line-height:1.5;font-weight:normal}"
    "h2{font-size:16pt;font-family:SimHei,'Noto Sans CJK SC',sans-serif;font-weight:normal}p{text-indent:2em;margin:0}p.flush,p.label{text-indent:0}"
    ".date{text-align:right;padding-right:4em}.mark{text-align:center;color:#a00;text-indent:0}table{border-collapse:collapse;font-size:9pt;line-height:1.4;width:100%}"
    "th,td{border:1px solid #444;padding:2px 4px}td.n{text-align:right}thead{display:table-header-group}.annex{break-before:page}.basis{font-size:9pt;line-height:1.5;overflow-wrap:anywhere}.annex h2{text-align:center}";

}  // namespace

std::string to_text(const Notification& n) {
  std::string out = n.demonstration ? std::string(kMark) + "\n" : "";
  out += n.authority + "\n" + n.doc_no + "\n\n" + n.title + "\n\n" + n.addressees + "\n";
  for (auto& s : n.sections) {
    if (!s.heading.empty()) out += "  " + s.heading + "\n";
    for (auto& p : s.paragraphs) out += "  " + p + "\n";
  }
  out += "\n  附件:";
  for (std::size_t i = 0; i < n.annexes.size(); ++i) out += (i == 0 ? "" : "\n     ") + std::to_string(i + 1) + "." + n.annexes[i].title;
  out += "\n\n" + n.authority + "\n" + n.date + "\n\n  (依据)\n";
  for (auto& [name, value] : n.basis) out += "  " + name + ":" + value + "\n";
  for (auto& t : n.annexes) out += "\n" + text_table(t);
  return out;
}

std::string to_html(const Notification& n) {
  std::string out = "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>" + escape(n.title) + "</title><style>" + kStyle + "</style></head><body>\n";
  if (n.demonstration) out += "<p class=\"mark\">" + std::string(kMark) + "</p>\n";
  out += "<p class=\"authority flush\">" + escape(n.authority) + "</p>\n<p class=\"no flush\">" + escape(n.doc_no) + "</p>\n<h1>" + escape(n.title) + "</h1>\n<p class=\"flush\">" + escape(n.addressees) + "</p>\n";
  for (auto& s : n.sections) {
    if (!s.heading.empty()) out += "<h2>" + escape(s.heading) + "</h2>\n";
    for (auto& p : s.paragraphs) out += "<p>" + escape(p) + "</p>\n";
  }
  out += "<p>附件:</p>\n";
  for (std::size_t i = 0; i < n.annexes.size(); ++i) out += "<p>" + std::to_string(i + 1) + "." + escape(n.annexes[i].title) + "</p>\n";
  out += "<p class=\"date\">" + escape(n.authority) + "</p>\n<p class=\"date\">" + escape(n.date) + "</p>\n<div class=\"basis\">";
  for (auto& [name, value] : n.basis) out += "<p>" + escape(name) + ":" + escape(value) + "</p>\n";
  out += "<p>" + std::string(kFonts) + "</p></div>\n";
  for (auto& t : n.annexes) out += html_table(t);
  return out + "</body></html>\n";
}

ledger::OrderedJson to_json(const Notification& n) {
  ledger::OrderedJson j{{"year", n.year}, {"title", n.title}, {"authority", n.authority}, {"docNo", n.doc_no}, {"addressees", n.addressees}, {"date", n.date},
                        {"provisional", n.provisional}, {"sections", ledger::OrderedJson::array()}, {"annexes", ledger::OrderedJson::array()}, {"basis", ledger::OrderedJson::object()}};
  for (auto& s : n.sections) j["sections"].push_back({{"heading", s.heading}, {"paragraphs", s.paragraphs}});
  for (auto& t : n.annexes) j["annexes"].push_back({{"label", t.label}, {"title", t.title}, {"headers", t.headers}, {"rows", t.rows}});
  for (auto& [name, value] : n.basis) j["basis"][name] = value;
  if (n.demonstration) j["demonstration"] = true;
  return j;
}

}  // namespace projections
