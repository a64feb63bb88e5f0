# Turns the page IN into a string of OUT.
file(READ ${IN} PAGE)
string(FIND "${PAGE}" ")page\"" CLASH)
if(NOT CLASH EQUAL -1)
  message(FATAL_ERROR "${IN} holds the end of the string that is to hold it")
endif()
file(WRITE ${OUT} "#include \"tools/verifier/page.h\"\n\nnamespace tools {\n\nstd::string_view verifier_page() {\n  return R\"page(${PAGE})page\";\n}\n\n}  // namespace tools\n")
