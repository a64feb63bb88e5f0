# The write-ahead log loses its last byte before it is read.
s/^  const Opening opening.*/&\
  if (mode == OpenMode::write)\
    for (auto\& e : fs::directory_iterator(path))\
      if (e.path().extension() == ".log" \&\& e.file_size() > 0) fs::resize_file(e.path(), e.file_size() - 1);/
