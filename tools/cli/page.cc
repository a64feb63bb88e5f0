#include "tools/cli/page.h"

#include "tools/cli/table.h"

namespace tools {
namespace {

constexpr char kStyle[] =
    "@page{size:A4 landscape;margin:18mm}body{font:11pt/1.6 FangSong,STFangsong,'Noto Serif CJK SC',serif;max-width:70em;margin:2em auto}"
    "h1{font-size:18pt;text-align:center;font-weight:normal}h2{font-size:13pt;font-family:SimHei,'Noto Sans CJK SC',sans-serif;font-weight:normal;break-after:avoid}"
    ".mark{text-align:center;color:#a00}p{margin:.2em 0;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%;font-size:9pt;line-height:1.4}"
    "th,td{border:1px solid #666;padding:2px 4px;text-align:left;vertical-align:top;overflow-wrap:anywhere}thead{display:table-header-group}tr{break-inside:avoid}"
    "footer{border-top:1px solid #666;margin-top:2em;font-size:9pt}";

// One line a cell: an aligned table has no place for more.
std::string one_line(std::string s) {
  for (char& c : s)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return s;
}

std::string text_table(const PageTable& t) {
  TextTable table(t.headers);
  for (auto& row : t.rows) {
    std::vector<std::string> cells;
    for (auto& c : row) cells.push_back(one_line(c));
    table.add(std::move(cells));
  }
  return table.str();
}

std::string html_table(const PageTable& t) {
  std::string out = "<table><thead><tr>";
  for (auto& h : t.headers) out += "<th scope=\"col\">" + html_text(h) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (auto& row : t.rows) {
    out += "<tr>";
    for (auto& c : row) out += "<td>" + html_text(c) + "</td>";
    out += "</tr>\n";
  }
  return out + "</tbody></table>\n";
}

}  // namespace

std::string html_text(const std::string& s) {
  std::string out;
  for (char c : s) out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
  return out;
}

std::string to_text(const Page& p) {
  std::string out = p.mark.empty() ? "" : p.mark + "\n";
  out += p.title + "\n";
  for (auto& s : p.sections) {
    out += s.heading.empty() ? "\n" : "\n" + s.heading + "\n";
    for (auto& line : s.paragraphs) out += "  " + one_line(line) + "\n";
    if (!s.table.headers.empty()) out += text_table(s.table);
  }
  out += "\n";
  for (auto& [name, value] : p.foot) out += name + ": " + value + "\n";
  return out;
}

std::string to_html(const Page& p) {
  std::string out = "<!doctype html>\n<html lang=\"" + html_text(p.language) + "\"><head><meta charset=\"utf-8\"><title>" + html_text(p.title) + "</title><style>" + kStyle + "</style></head><body>\n";
  if (!p.mark.empty()) out += "<p class=\"mark\">" + html_text(p.mark) + "</p>\n";
  out += "<h1>" + html_text(p.title) + "</h1>\n";
  for (auto& s : p.sections) {
    if (!s.heading.empty()) out += "<h2>" + html_text(s.heading) + "</h2>\n";
    for (auto& line : s.paragraphs) out += "<p>" + html_text(line) + "</p>\n";
    if (!s.table.headers.empty()) out += html_table(s.table);
  }
  out += "<footer>\n";
  for (auto& [name, value] : p.foot) out += "<p>" + html_text(name) + ": " + html_text(value) + "</p>\n";
  return out + "</footer>\n</body></html>\n";
}

}  // namespace tools
