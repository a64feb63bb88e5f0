// The English of each help text, as the words' files and pufa_verify.cc have it, and its Chinese. tests/command shows that none
// is left out.
#include "tools/words/chinese.h"

#include <string_view>
#include <unordered_map>

namespace tools {
namespace {

using Dictionary = std::unordered_map<std::string_view, const char*>;

const Dictionary kCommands{
    {"Pufa Ledger (普法账本): the audit ledger of a district's law-publicity duty system", "普法账本（Pufa Ledger）：区县“谁执法谁普法”普法责任制审计账本"},
    {"pufa-verify: checks an evidence file of a Pufa ledger, offline", "pufa-verify：离线核验普法账本的证据文件"},
    {"Exit status: 0 all that the file claims holds; 1 it does not; 2 and 3 the command or the policy is wrong.\n", "退出状态：0 文件所述全部成立；1 不成立；2、3 命令或策略有误。\n"},
    {"make a ledger", "建立账本"},
    {"make and show keys", "生成和查看密钥"},
    {"make a key file (PKCS#8 PEM)", "生成密钥文件（PKCS#8 PEM）"},
    {"a key's id and public key", "密钥的标识和公钥"},
    {"the event catalogue", "事件类型目录"},
    {"sign drafts and hand them in", "签署草稿并提交"},
    {"the records", "查看记录"},
    {"derive everything anew and list findings", "全部重新推算核验，列出问题"},
    {"check bare RFC 6962 proofs", "核验单独的 RFC 6962 证明"},
    {"that a leaf is in a tree", "某叶子在树中"},
    {"that a tree extends another", "一棵树是另一棵树的延续"},
    {"copy what is new into a backup and check it, also while the ledger is written to", "把新增内容备份并核对，账本写入时也可进行"},
    {"make a ledger of a backup, and verify it whole", "从备份恢复账本，并全部核验"},
    {"make a whole ledger again of what a damaged one still holds, in a new folder, and verify it", "用受损账本中尚存的内容在新文件夹中重建完整账本，并核验"},
    {"make a ledger that goes on after one that was lost: its genesis names the last head known", "为丢失的账本建立后继账本：创世记录写明已知的最后账本头"},
    {"assessment schemes (TOML)", "考核方案（TOML）"},
    {"the built-in scheme as a file", "把内置方案写成文件"},
    {"whether a file is a valid scheme", "检查方案文件是否有效"},
    {"what a scheme measures", "说明方案考核什么"},
    {"the ranking of a year", "年度排名"},
    {"every point of a unit, with the events behind it", "某单位的每一分及其所依据的事件"},
    {"the notification of the year's result", "年度结果通报"},
    {"append the year's result", "公布年度结果，写入账本"},
    {"recompute a published result: same, or what differs and why", "重算已公布的结果：相同，或不同之处及原因"},
    {"what changed between two published results, and the events behind it", "两次公布结果之间的变化及其所依据的事件"},
    {"a unit's dispute for people, with evidence: OUT.html, OUT.txt, OUT.evidence", "某单位争议的说明材料和证据：OUT.html、OUT.txt、OUT.evidence"},
    {"evidence that others check offline", "生成他人可离线核验的证据"},
    {"check an evidence file, offline", "离线核验证据文件"},
    {"the page that checks evidence in any browser, offline", "可在任意浏览器中离线核验证据的网页"},
    {"a complaint's receipt for its filer: a page, a text and the evidence", "给投诉人的回执：网页、文本和证据"},
    {"append an index over all records, so that evidence can cite it", "写入覆盖全部记录的索引，供证据引用"},
    {"the log as a static tree of C2SP tiles, for anyone to read", "把日志导出为 C2SP 静态分块文件，供任何人读取"},
    {"follow a published log, check all that is new and keep a copy", "跟随已发布的日志，核验全部新增内容并保存副本"},
    {"a whole demonstration district, the year 2025", "完整的演示区（2025 年）"},
    {"figures, each with a floor measured in the same run", "性能数据，每项与同次测得的下限对照"},
    {"the units and their officers", "各单位及其责任人员"},
    {"lists, plans and reports: filed, decided, overdue; the lists' items", "责任清单、计划和报告：备案、审定、逾期；清单事项"},
    {"the units' records of publicity work, with totals", "各单位普法工作记录及合计"},
    {"complaints, with their state and answers", "投诉及其状态和答复"},
    {"orders to rectify, with their state and due dates", "整改通知及其状态和期限"},
    {"inspections, surveys, evaluations, honours", "检查、调查、评议、表彰"},
    {"what is still owed, by whom and by which day", "尚欠事项：由谁、何日前完成"},
    {"cosign other people's checkpoints, each only if it extends the last (C2SP tlog-witness)", "为他人的检查点联署，仅当其延续上一个检查点（C2SP tlog-witness）"},
    {"ask the policy's witnesses to cosign the newest checkpoint, and keep what they sign", "请信任策略中的见证人联署最新检查点，并保存联署"},
};

const Dictionary kOptions{
    {"evidence of a record, a receipt, a unit's file or an assessment", "记录、回执、单位档案或考核结果的证据"},
    {"trust policy file (C2SP tlog-policy)", "信任策略文件（C2SP tlog-policy）"},
    {"Print this help message and exit", "显示本帮助"},
    {"Display program version information and exit", "显示版本"},
    {"JSON for programs", "供程序使用的 JSON"},
    {"zh or en", "zh（中文）或 en（英文）"},
    {"folder of the ledger", "账本文件夹"},
    {"the log's name: a note key name", "日志名称（note 密钥名）"},
    {"division code, 6 digits", "行政区划代码，6 位"},
    {"its name", "名称"},
    {"intl or gm", "intl（国际算法）或 gm（国密算法）"},
    {"production or demonstration", "production（正式）或 demonstration（演示）"},
    {"key file of the log's operator", "账本运维者的密钥文件"},
    {"key file of the registrar", "登记管理员的密钥文件"},
    {"key file of the audit administrator", "审计管理员的密钥文件"},
    {"its first line opens the key; else PUFA_PASSPHRASE", "口令文件，第一行为密钥口令；否则用 PUFA_PASSPHRASE"},
    {"its first line opens the key", "口令文件，第一行为密钥口令"},
    {"admission time (demonstration only)", "入账时间（仅限演示）"},
    {"key file", "密钥文件"},
    {"encrypt, or open, with its first line", "以其第一行为口令加密或打开"},
    {"also prove possession for this ledger", "并为此账本证明持有密钥"},
    {"one type", "某一类型"},
    {".jsonl, .csv or .submission; - or none: standard input", ".jsonl、.csv 或 .submission；- 或不写：标准输入"},
    {"signing key; with --at name also a folder of keys: each file has its own", "签名密钥；与 --at name 同用时也可为密钥文件夹：每个文件用各自的密钥"},
    {"instead of the remembered one", "代替已记住的密钥"},
    {"type of all rows of a CSV file", "CSV 文件所有行的事件类型"},
    {"admission time (demonstration only); name: of each file, named NUMBER-KEY@TIME.jsonl, as demo --drafts does", "入账时间（仅限演示）；name：取自各文件名 NUMBER-KEY@TIME.jsonl，如 demo --drafts 所写"},
    {"file of --dry-run", "--dry-run 写出的文件"},
    {"folder of the attachments' files", "附件所在文件夹"},
    {"sign without sending", "只签名，不提交"},
    {"a new submission even if this file was sent before", "即使此文件已提交过也作为新的提交"},
    {"inclusion proofs in the receipt", "回执中附包含证明"},
    {"records that name this unit", "涉及此单位的记录"},
    {"records of this event type", "此类型的记录"},
    {"business date", "业务日期"},
    {"@position or instant", "@位置 或 时刻"},
    {"trust policy file", "信任策略文件"},
    {"a checkpoint that must be of this history", "必须属于此历史的检查点"},
    {"hashes, in order, in hex or base64", "按顺序的哈希，十六进制或 base64"},
    {"of the leaf, from 0", "叶子的序号，从 0 起"},
    {"of the tree, in leaves", "树的叶子数"},
    {"leaf hash", "叶子哈希"},
    {"file of the record's bytes, instead of --leaf-hash", "记录字节的文件，代替 --leaf-hash"},
    {"root hash of the tree", "树的根哈希"},
    {"of the earlier tree, in leaves", "较早的树的叶子数"},
    {"of the later tree", "较晚的树的叶子数"},
    {"root hash of the earlier tree", "较早的树的根哈希"},
    {"root hash of the later tree", "较晚的树的根哈希"},
    {"folder of the backup; the next run adds what is new", "备份文件夹；下次运行只添加新增内容"},
    {"folder of the backup", "备份文件夹"},
    {"folder of the ledger; it must be new or empty", "账本文件夹；须为新建或空文件夹"},
    {"a newer checkpoint that somebody kept: what came after the backup is told by it", "他人保存的较新检查点：据此说明备份之后还有什么"},
    {"folder of the damaged ledger; nothing in it is changed", "受损账本的文件夹；其中内容不作改动"},
    {"folder of the repaired ledger; it must be new or empty", "修复后账本的文件夹；须为新建或空文件夹"},
    {"a backup, or another copy of the ledger: what is damaged or missing is taken from there", "备份或账本的另一副本：受损或缺失的内容取自其中"},
    {"file with the last checkpoint known of the lost ledger", "丢失账本已知的最后检查点文件"},
    {"trust policy file that names the lost ledger", "列有丢失账本的信任策略文件"},
    {"its verifier key, instead of a policy", "其验证公钥，代替策略"},
    {"1949 to 2199", "1949 至 2199"},
    {"a scheme, TOML", "方案文件（TOML）"},
    {"a TOML file or a scheme event's id", "TOML 文件或方案事件的标识"},
    {"text, json, csv or html", "text、json、csv 或 html"},
    {"text or json", "text 或 json"},
    {"text, json or html", "text、json 或 html"},
    {"text, json or csv", "text、json 或 csv"},
    {"fold the whole log anew", "从头重新汇总整个日志"},
    {"the unit's code", "单位代码"},
    {"only this one, as A5", "只列此项指标，如 A5"},
    {"the office's key", "普法办的密钥"},
    {"preliminary, final or superseding", "preliminary（初步）、final（最终）或 superseding（更正替代）"},
    {"id of the ResultPublished event", "ResultPublished 事件的标识"},
    {"leave an event out", "排除某事件"},
    {"add a file of drafts", "加入一个草稿文件"},
    {"under another scheme", "按另一方案"},
    {"at another head: @position or instant", "按另一账本头：@位置 或 时刻"},
    {"id of a ResultPublished event", "某 ResultPublished 事件的标识"},
    {"id of another of the same year", "同一年度另一个的标识"},
    {"only this one of the unit's objections", "只列该单位的此项异议"},
    {"an event in dispute: what the points were without it", "有争议的事件：没有它时的得分"},
    {"name of the files, without their endings", "文件名，不带扩展名"},
    {"with the sealed grounds and reasons, for those who may see them; needs the vault's key", "附密封的理由，供有权查看者；需要保险库密钥"},
    {"of one record", "某一记录"},
    {"of a published result: every record, so that the ranking can be computed anew", "某次公布的结果：含全部记录，可据以重算排名"},
    {"of a unit's file, with --year", "某单位的档案，与 --year 同用"},
    {"with the content, for those who may see it", "附内容，供有权查看者"},
    {"with this sealed field's value", "附此密封字段的值"},
    {"the bare C2SP proof of --event", "--event 的单独 C2SP 证明"},
    {"file to write", "写出的文件"},
    {"evidence file", "证据文件"},
    {"evidence of the same record taken before: that it is still there, unchanged", "同一记录早先的证据：证明其仍在且未变"},
    {"the complaint's event id", "投诉事件的标识"},
    {"the filer's secret as submit printed it, or a file with it", "提交时打印的投诉人密语，或存有它的文件"},
    {"name of the files, to which .txt, .html and .evidence are added", "文件名，将加上 .txt、.html 和 .evidence"},
    {"folder to publish in; the next run adds what is new", "发布文件夹；下次运行只添加新增内容"},
    {"compare what was published before too, and mend what differs", "也比对以前发布的内容，并修正不同之处"},
    {"folder or http(s) address of the log's files", "日志文件的文件夹或 http(s) 地址"},
    {"folder of the copy; the next run adds what is new", "副本文件夹；下次运行只添加新增内容"},
    {"check what was copied before too, and mend what differs", "也核验以前复制的内容，并修正不同之处"},
    {"a new folder", "新文件夹"},
    {"also write every submission's drafts here", "并把每次提交的草稿写到此处"},
    {"smaller, within a minute", "较小规模，一分钟内"},
    {"only this figure, 1 to 15", "只测此项，1 至 15"},
    {"how cost grows from 10,000 to 10,000,000 events instead; takes minutes and 3 GiB", "改测 1 万至 1000 万事件的成本增长；需数分钟和 3 GiB"},
    {"leave the scratch ledgers there", "保留临时账本"},
    {"where the scratch ledgers lie", "临时账本所在文件夹"},
    {"only this unit's rows, by its code", "只列此单位代码的行"},
    {"what was cosigned last; never restore an older copy", "最后联署的内容；切勿恢复旧副本"},
    {"the witness's key, of either suite", "见证人的密钥，两种算法均可"},
    {"the witness's key name", "见证人的密钥名"},
    {"verifier key of a log to witness, as init prints it; several may be given", "所见证日志的验证公钥，如 init 所打印；可给多个"},
    {"HOST:PORT of the service; port 0 takes a free one", "服务的 HOST:PORT；端口 0 取空闲端口"},
    {"answer the request in this file instead, for a machine without a network", "改为答复此文件中的请求，供无网络的机器使用"},
    {"trust policy file; its witness lines give the URLs", "信任策略文件；其 witness 行给出网址"},
};

// Around the texts: the library's own words.
constexpr std::pair<const char*, const char*> kLabels[] = {{"Usage", "用法"}, {"OPTIONS", "选项"}, {"SUBCOMMAND", "命令"}, {"SUBCOMMANDS", "命令"}, {"Positionals", "参数"}, {"REQUIRED", "必填"}, {"Excludes", "不可同用"}};

const auto kAll = [](const CLI::App*) { return true; };

std::string in_chinese(const Dictionary& words, const std::string& english) {
  const auto found = words.find(english);
  return found == words.end() ? english : found->second;
}

void translate(CLI::App& app) {
  constexpr std::string_view kExample = "Example:";
  app.description(in_chinese(kCommands, app.get_description()));
  const auto footer = app.get_footer();
  if (const auto at = footer.find(kExample); at != footer.npos)
    app.footer(in_chinese(kCommands, footer.substr(0, at)) + "示例：" + footer.substr(at + kExample.size()));
  for (auto* option : app.get_options()) option->description(in_chinese(kOptions, option->get_description()))->group("选项");
  for (auto* sub : app.get_subcommands(kAll)) {
    if (!sub->parsed()) sub->group("命令");   // the one whose own help this is would say it at its head
    translate(*sub);
  }
}

}  // namespace

void speak_chinese(CLI::App& top) {
  for (auto& [english, chinese] : kLabels) top.get_formatter()->label(english, chinese);
  translate(top);
}

}  // namespace tools
