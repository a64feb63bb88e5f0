# Privacy, archives and the index.
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xc5e7dbe85cf43e0e;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;

struct SubjectRequestDecided $zh("个人信息请求决定") $en("subject request decided")
    $event(unit = absent, signers = [registrar],
           codes = []) {
  kind @0 :Kind $is(choice = void, need = true) $zh("请求种类") $en("kind");
  outcome @1 :Outcome $is(choice = void, need = true) $zh("决定结果") $en("outcome");
  reason @2 :Text $is(text = 1000, need = true) $zh("理由") $en("reason");
  receivedOn @3 :Int32 $is(date = void, need = true) $zh("收到日期") $en("received on");
  target @4 :Data $is(ref = (), need = true) $zh("目标记录") $en("target");
  enum Kind {
    access @0 $zh("查阅") $en("access");
    copy @1 $zh("复制") $en("copy");
    correction @2 $zh("更正") $en("correction");
    erasure @3 $zh("删除") $en("erasure");
    restriction @4 $zh("限制处理") $en("restriction");
  }
  enum Outcome {
    granted @0 $zh("同意") $en("granted");
    partly @1 $zh("部分同意") $en("partly granted");
    refused @2 $zh("不同意") $en("refused");
  }
}

struct PersonalDataKeyDestroyed $zh("个人信息密钥销毁") $en("personal data key destroyed")
    $event(unit = absent, signers = [auditAdmin],
           codes = ["not-sealed", "already-destroyed", "retention-running", "procedure-open", "request-not-granted"]) {
  field @0 :Text $is(codeOrStar = 40, need = true) $zh("字段") $en("field");
  legalBasis @1 :LegalBasis $is(choice = void, need = true) $zh("销毁依据") $en("legal basis");
  retentionEnded @2 :Int32 $is(date = void, need = true) $zh("保存期满日期") $en("retention ended");
  target @3 :Data $is(ref = (), need = true) $zh("目标记录") $en("target");
  request @4 :Data $is(ref = (to = ["SubjectRequestDecided"])) $zh("个人信息请求") $en("request");
  enum LegalBasis {
    purposeMet @0 $zh("处理目的已实现") $en("purpose met");
    periodOver @1 $zh("保存期限届满") $en("period over");
    withdrawn @2 $zh("撤回同意") $en("consent withdrawn");
    request @3 $zh("个人请求") $en("request of the person");
    unlawful @4 $zh("违法处理") $en("unlawful processing");
  }
}

struct ArchivePackageExported $zh("归档导出") $en("archive package exported")
    $event(unit = absent, signers = [operator, auditAdmin],
           codes = ["head-unknown", "package-exists"]) {
  packageNo @0 :Text $is(code = 40, need = true) $zh("档案包编号") $en("package number");
  year @1 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  headSize @2 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("账本头记录数") $en("head size") $unit("record");
  headRoot @3 :Data $is(hex = 32, need = true) $zh("账本头根哈希") $en("head root");
  sha256 @4 :Data $is(hex = 32, need = true) $zh("档案包 SHA-256") $en("package SHA-256");
  retention @5 :Retention $is(choice = void, need = true) $zh("保管期限") $en("retention");
  fourPropertyReport @6 :Data $is(hex = 32, need = true) $zh("四性检测报告 SHA-256") $en("four-property report SHA-256");
  enum Retention {
    permanent @0 $zh("永久") $en("permanent");
    years30 @1 $zh("30年") $en("30 years");
    years10 @2 $zh("10年") $en("10 years");
  }
}

struct IndexCommitted $zh("索引提交") $en("index committed")
    $event(unit = absent, signers = [operator],
           codes = ["index-not-current", "index-root-wrong"]) {
  headSize @0 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("树大小") $en("head size") $unit("records");
  unitsRoot @1 :Data $is(hex = 32, need = true) $zh("单位索引根") $en("units root");
  units @2 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("单位数") $en("units") $unit("units");
  keysRoot @3 :Data $is(hex = 32, need = true) $zh("密钥目录根") $en("keys root");
  keys @4 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("密钥数") $en("keys") $unit("keys");
}

struct AccessLogCommitted $zh("访问日志提交") $en("access log committed")
    $event(unit = absent, signers = [operator],
           codes = ["access-day-order"]) {
  day @0 :Int32 $is(date = void, need = true) $zh("日期") $en("day");
  entries @1 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("条目数") $en("entries") $unit("entries");
  head @2 :Data $is(hex = 32, need = true) $zh("日志链头") $en("log head");
}
