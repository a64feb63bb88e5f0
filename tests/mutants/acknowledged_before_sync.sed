# The group is answered for first, and synced then.
s/store_->write\(batch_, true\)/store_->write(batch_, false)/
s/^  batch_.clear\(\), pending_/  (void)store_->write(batch_, true);\n&/
