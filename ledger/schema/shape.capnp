# What a field may hold and who may sign a type, said beside each field and type.
# The importer, the validator of bytes, `pufa schema` and the rules' common checks all read these.
@0xdeee9c339bda9ae1;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using Common = import "common.capnp";

struct Shape {
  union {
    text @0 :UInt32;               # at most so many code points, trimmed, no control characters but \n
    sealed @1 :UInt32;             # the same; stored as a 32-byte commitment
    code @2 :UInt32;               # [A-Za-z0-9._-], at most so many
    codeOrStar @3 :UInt32;         # a code, or "*"
    scope @4 :Void;                # a unit, or "district"
    date @5 :Void;                 # days since 1970-01-01; 1949-10-01…2199-12-31
    instant @6 :Void;              # ms since 1970-01-01 UTC
    int :group { min @7 :Int32; max @8 :Int32; }
    points @9 :Void;               # 1/100 point
    fen @10 :Void;                 # 1/100 yuan, ≥ 0
    flag @11 :Void;
    choice @12 :Void;              # an enum of the schema
    hex @13 :UInt32;               # so many bytes, exactly
    unit @14 :Void;                # USCC of a registered unit
    uscc @15 :Void;                # any valid USCC
    person @16 :Void;              # p-[a-z0-9]{8,40}
    monthDay @17 :Void;            # MM-DD
    group @18 :Void;               # a struct of such fields
    changes @19 :Void;             # RecordCorrected.changes
    ref :group {                   # a 16-byte event id
      to @20 :List(Text);          # types; empty: any
      sameUnit @21 :Bool;          # =u: of the event's own unit, else `ref-other-unit`
      notLater @22 :Bool;          # ≤: its `on` is not after this one's, else `on-before-reference`
    }
  }
  need @23 :Bool;
  least @24 :UInt32;               # items of a list
  most @25 :UInt32;
}

enum UnitRule {
  own @0;        # required, the signer's scope must cover it
  any @1;        # required, any registered unit
  absent @2;     # must be absent
  optional @3;   # may be absent, then district-wide
}

struct Event {
  unit @0 :UnitRule;
  signers @1 :List(Common.Role);
  codes @2 :List(Text);            # the type's own refusal codes, in the order they are checked
}

annotation is @0xd1a5c0de00000001 (field) :Shape;
annotation presence @0xd1a5c0de00000002 (field) :Void;   # says whether the scalar before it is there
annotation event @0xd1a5c0de00000003 (struct) :Event;
annotation zh @0xd1a5c0de00000004 (struct, field, enumerant) :Text;
annotation en @0xd1a5c0de00000005 (struct, field, enumerant) :Text;
annotation unit @0xd1a5c0de00000006 (field) :Text;       # unit of measure
