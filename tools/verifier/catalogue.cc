// Prints the catalogue for the page's build, before there is a `pufa` to ask.
#include <iostream>

#include "tools/cli/catalogue.h"

int main() {
  std::cout << tools::catalogue_json().dump() << "\n";
  return std::cout.good() ? 0 : 1;
}
