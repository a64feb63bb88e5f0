#include "tools/receipt/receipt.h"

#include "ledger/text/encoding.h"
#include "tools/cli/page.h"
#include "tools/receipt/qr.h"

namespace tools {
namespace {

using Line = std::pair<std::string, std::string>;

std::string title(const App& app, const ReceiptPage& p) {
  return p.docket.demonstration_mark + p.district + app.t("普法投诉回执", ": receipt of a complaint");
}

std::vector<Line> facts(const App& app, const ReceiptPage& p) {
  const auto& d = p.docket;
  std::vector<Line> out{{app.t("投诉编号", "complaint"), d.event},
                        {app.t("被投诉单位", "unit complained of"), d.unit.empty() ? app.t("未指明", "not named") : d.unit},
                        {app.t("投诉日期", "filed on"), d.on},
                        {app.t("受理登记", "recorded"), app.t("第 ", "record ") + std::to_string(d.position) + app.t(" 条,", ", ") + d.admitted}};
  for (auto& v : d.opened) out.push_back(v);
  return out;
}

std::vector<Line> course(const App& app, const ReceiptPage& p) {
  std::vector<Line> out;
  for (auto& s : p.docket.steps) out.emplace_back(s.on, s.what + "  @" + std::to_string(s.position));
  out.emplace_back(app.t("目前", "now"), p.docket.state);
  return out;
}

std::vector<Line> proof(const App& app, const ReceiptPage& p) {
  return {{app.t("记录指纹", "leaf hash"), p.docket.leaf},
          {app.t("检查点", "checkpoint"), p.checkpoint.origin + " " + std::to_string(p.checkpoint.size) + " " + ledger::base64(p.checkpoint.root.view())},
          {app.t("回执凭码", "your secret"), p.secret}};
}

std::string advice(const App& app, const ReceiptPage& p) {
  return app.t("此件与 ", "This page and the file ") + p.evidence_name +
         app.t(" 一并保存。凭码只交给您本人:撤回投诉须出示它,勿示他人。任何人可用 pufa-verify 或核验网页,凭信任策略离线核对:所载内容确已登记、何时登记、其后如何办理。",
               " belong together: keep both. The secret is yours alone: a withdrawal needs it; show it to nobody. With pufa-verify or the verification page and a trust policy anyone can check, "
               "offline, that exactly this text was recorded, by when, and what followed.");
}

std::string text_block(const std::string& heading, const std::vector<Line>& lines) {
  std::string out = "\n" + heading + "\n";
  for (auto& [name, value] : lines) out += "  " + name + ": " + value + "\n";
  return out;
}

std::string html_block(const std::string& heading, const std::vector<Line>& lines) {
  std::string out = "<section><h2>" + html_text(heading) + "</h2><dl>\n";
  for (auto& [name, value] : lines) out += "<dt>" + html_text(name) + "</dt><dd>" + html_text(value) + "</dd>\n";
  return out + "</dl></section>\n";
}

constexpr char kStyle[] =
    "@page{size:A4;margin:20mm}body{font:12pt/1.6 STSong,'Noto Serif CJK SC',serif;max-width:42em;margin:2em auto;padding:0 1em;color:#000;background:#fff}"
    "h1{font-size:18pt;text-align:center;font-weight:normal}h2{font-size:12pt;margin:1em 0 .2em}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0}"
    "dt{color:#444}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}.qr{width:45mm;height:45mm;display:block;margin:1em auto}p{margin:.5em 0}";

}  // namespace

std::string qr_payload(const ReceiptPage& p) {
  return "pufa-receipt/v1 " + p.checkpoint.origin + " " + p.docket.event + " " + std::to_string(p.docket.position) + " " + p.docket.leaf + " " + p.secret;
}

std::string to_text(const App& app, const ReceiptPage& p) {
  return title(app, p) + "\n" + text_block(app.t("投诉", "The complaint"), facts(app, p)) + text_block(app.t("办理情况", "What followed"), course(app, p)) +
         text_block(app.t("凭证", "Proof"), proof(app, p)) + "\n" + advice(app, p) + "\n\n" + qr_text(qr_modules(qr_payload(p)));
}

std::string to_html(const App& app, const ReceiptPage& p) {
  return std::string("<!doctype html>\n<html lang=\"") + app.t("zh-CN", "en") + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">" +
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>" + html_text(title(app, p)) + "</title><style>" + kStyle +
         "</style></head><body>\n<h1>" + html_text(title(app, p)) + "</h1>\n" + html_block(app.t("投诉", "The complaint"), facts(app, p)) +
         html_block(app.t("办理情况", "What followed"), course(app, p)) + html_block(app.t("凭证", "Proof"), proof(app, p)) + "<p>" + html_text(advice(app, p)) + "</p>\n" +
         qr_svg(qr_modules(qr_payload(p))) + "\n</body></html>\n";
}

}  // namespace tools
