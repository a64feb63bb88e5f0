# Nobody looks whether an id is taken until it is written.
s/return group_ids_.count\(id\) != 0 [^;]*;/return false;/
