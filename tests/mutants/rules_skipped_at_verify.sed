# What the procedure's rules say is not heard.
s/LEDGER_CHECK\(rules_->apply\(e, \*this\)\);/(void)rules_->apply(e, *this);/
