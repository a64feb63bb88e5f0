// Preloaded into a command: writes below the folder PUFA_TEST_DISK succeed until PUFA_TEST_DISK_BYTES
// are used up, then fail as on a full disk, after a part as a real disk does.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long long left = -1;

static int is_below(int fd) {
  const char* folder = getenv("PUFA_TEST_DISK");
  char link[64], path[4096];
  if (folder == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = '\0';
  return strncmp(path, folder, strlen(folder)) == 0;
}

// How many of n bytes still fit.
static size_t room(int fd, size_t n) {
  if (!is_below(fd)) return n;
  if (left < 0) {
    const char* budget = getenv("PUFA_TEST_DISK_BYTES");
    left = budget == NULL ? 0 : atoll(budget);
  }
  const size_t fits = (long long)n < left ? n : (size_t)left;
  left -= (long long)fits;
  return fits;
}

static int full(void) {
  errno = ENOSPC;
  return -1;
}

ssize_t write(int fd, const void* bytes, size_t n) {
  static ssize_t (*next)(int, const void*, size_t);
  if (next == NULL) next = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
  const size_t fits = room(fd, n);
  return n > 0 && fits == 0 ? full() : next(fd, bytes, fits);
}

ssize_t pwrite(int fd, const void* bytes, size_t n, off_t at) {
  static ssize_t (*next)(int, const void*, size_t, off_t);
  if (next == NULL) next = (ssize_t(*)(int, const void*, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
  const size_t fits = room(fd, n);
  return n > 0 && fits == 0 ? full() : next(fd, bytes, fits, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t n, off64_t at) { return pwrite(fd, bytes, n, at); }

ssize_t pwritev(int fd, const struct iovec* parts, int count, off_t at) {
  ssize_t sum = 0;
  for (int i = 0; i < count; ++i) {
    const ssize_t n = pwrite(fd, parts[i].iov_base, parts[i].iov_len, at + sum);
    if (n < 0) return sum > 0 ? sum : n;
    sum += n;
    if ((size_t)n < parts[i].iov_len) return sum;
  }
  return sum;
}

// Room asked for ahead of time is refused once nothing is left; shrinking always works.
int fallocate(int fd, int mode, off_t at, off_t length) {
  static int (*next)(int, int, off_t, off_t);
  if (next == NULL) next = (int (*)(int, int, off_t, off_t))dlsym(RTLD_NEXT, "fallocate");
  return is_below(fd) && left == 0 ? full() : next(fd, mode, at, length);
}
