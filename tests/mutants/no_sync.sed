# The group's write is not synced.
s/store_->write\(batch_, true\)/store_->write(batch_, false)/
