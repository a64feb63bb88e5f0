// What a figure was measured on.
#pragma once

#include <string>

namespace tools::bench {

std::string file_system(const std::string& dir);     // ext4, xfs, tmpfs, …, or its number
bool is_memory_file_system(const std::string& name);
std::string describe_machine(const std::string& dir);
double peak_memory_mib();                            // of this process so far
double resident_memory_mib();                        // of this process now
double disk_bytes(const std::string& dir);           // of all files in it
double cpu_seconds();                                // of all its threads so far
double thread_cpu_seconds();                         // of the calling one

}  // namespace tools::bench
