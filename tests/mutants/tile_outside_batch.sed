# A tile is written by itself, not with the records that it covers.
s/batch_.push_back\((\{Shelf::tiles.*\})\);/(void)store_->write({\1}, false);/
