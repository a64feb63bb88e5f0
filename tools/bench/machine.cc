#include "tools/bench/machine.h"

#include <linux/magic.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <sys/utsname.h>
#include <time.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#ifndef XFS_SUPER_MAGIC
#define XFS_SUPER_MAGIC 0x58465342
#endif

namespace tools::bench {
namespace {

#ifdef NDEBUG
constexpr char kBuild[] = "optimised build";
#else
constexpr char kBuild[] = "build with assertions";
#endif

constexpr std::pair<long, const char*> kFileSystems[] = {
    {EXT4_SUPER_MAGIC, "ext4"},       {XFS_SUPER_MAGIC, "xfs"},     {BTRFS_SUPER_MAGIC, "btrfs"}, {TMPFS_MAGIC, "tmpfs"},
    {RAMFS_MAGIC, "ramfs"},           {NFS_SUPER_MAGIC, "nfs"},     {OVERLAYFS_SUPER_MAGIC, "overlayfs"},
    {F2FS_SUPER_MAGIC, "f2fs"},
};

// The value of a "name : value" line of a file of /proc.
std::string proc_value(const char* file, const std::string& name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.compare(0, name.size(), name) != 0) continue;
    const auto at = line.find_first_not_of(" \t", line.find(':') + 1);
    return at == std::string::npos ? std::string() : line.substr(at);
  }
  return "unknown";
}

double clock_seconds(clockid_t clock) {
  timespec t{};
  ::clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

std::string memory_gib() {
  const std::string kib = proc_value("/proc/meminfo", "MemTotal");
  return kib == "unknown" ? kib : std::to_string((std::stoll(kib) + (1 << 19)) >> 20) + " GiB";
}

}  // namespace

std::string file_system(const std::string& dir) {
  struct statfs s {};
  if (::statfs(dir.c_str(), &s) != 0) return "unknown";
  for (auto& [magic, name] : kFileSystems)
    if (static_cast<unsigned>(s.f_type) == static_cast<unsigned>(magic)) return name;
  return "file system " + std::to_string(static_cast<unsigned>(s.f_type));
}

bool is_memory_file_system(const std::string& name) { return name == "tmpfs" || name == "ramfs"; }

std::string describe_machine(const std::string& dir) {
  struct utsname u {};
  ::uname(&u);
  return proc_value("/proc/cpuinfo", "model name") + ", " + std::to_string(std::thread::hardware_concurrency()) + " cores, " +
         memory_gib() + ", " + u.sysname + " " + u.release + ", " + file_system(dir) + ", " + kBuild;
}

double cpu_seconds() { return clock_seconds(CLOCK_PROCESS_CPUTIME_ID); }
double thread_cpu_seconds() { return clock_seconds(CLOCK_THREAD_CPUTIME_ID); }

double peak_memory_mib() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double resident_memory_mib() { return std::stod(proc_value("/proc/self/status", "VmRSS")) / 1024; }

double disk_bytes(const std::string& dir) {
  double sum = 0;
  std::error_code gone;   // files that the store removes meanwhile
  for (auto& entry : std::filesystem::recursive_directory_iterator(dir))
    if (entry.is_regular_file(gone)) sum += static_cast<double>(entry.file_size(gone));
  return sum;
}

}  // namespace tools::bench
