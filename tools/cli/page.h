// A document for people, in sections, as plain text and as one self-contained page that prints on A4.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tools {

struct PageTable {
  std::vector<std::string> headers;
  std::vector<std::vector<std::string>> rows;   // as many cells as headers
};

struct PageSection {
  std::string heading;                          // empty: goes on with the section before
  std::vector<std::string> paragraphs;
  PageTable table;                              // after the paragraphs; no headers: none
};

struct Page {
  std::string language, mark, title;            // of HTML's lang; of a demonstration, else empty
  std::vector<PageSection> sections;
  std::vector<std::pair<std::string, std::string>> foot;   // what binds the page to the log: name, value
};

std::string to_text(const Page&);
std::string to_html(const Page&);

// As text of an element or of a quoted attribute.
std::string html_text(const std::string&);

}  // namespace tools
