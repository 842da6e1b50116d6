/* Stands between a program and its disk, for the tests in this folder; loaded with LD_PRELOAD.
 *
 * Owns three things, all of them for files under one folder only: a log of what was done to them, a
 * call that fails, and a process that dies at a call. And it can move the clock. What it is to do
 * stands in its environment:
 *
 *   SHIM_UNDER  the folder, as realpath(3) spells it
 *   SHIM_LOG    a file outside of it; a record for each thing done is appended in one write
 *   SHIM_FAIL   "N ERRNO": the N-th call fails; "N ERRNO lasting": so do all after it
 *   SHIM_WHILE  "KINDS ERRNO PATH": calls of these kinds (letters of the log) fail while PATH is there
 *   SHIM_KILL   "N": the process kills itself at the N-th call, half way through if that is a write
 *   SHIM_CLOCK  a file with eight bytes: seconds that the wall clock is ahead
 *
 * Writing, syncing, truncating, making, linking, renaming and removing are calls, and so is every open. Some
 * programs rename by a system call of their own, past any library; so a sync of a folder carries what
 * the folder holds, and whoever reads the log finds out. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct head {
  uint32_t length; /* of the whole record */
  uint32_t pid;
  uint64_t node;   /* the inode */
  uint64_t at;     /* an offset, a size, or whether a file was made */
  uint32_t first;  /* how long the first part is; the second has the rest */
  uint32_t kind;   /* a letter */
};

static char under[PATH_MAX];
static size_t under_length;
static int log_fd = -1;
static long fail_at, kill_at;
static int fail_with, fails_on, while_with;
static char while_kinds[32], while_path[PATH_MAX];
static const volatile int64_t *ahead;
static atomic_long calls;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("SHIM_UNDER");
  if (text && strlen(text) < sizeof under) under_length = strlen(strcpy(under, text));
  if ((text = getenv("SHIM_LOG")))
    log_fd = REAL(open)(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if ((text = getenv("SHIM_FAIL"))) {
    char word[16] = "";
    if (sscanf(text, "%ld %d %15s", &fail_at, &fail_with, word) < 2) abort();
    fails_on = !strcmp(word, "lasting");
  }
  if ((text = getenv("SHIM_WHILE")) &&
      sscanf(text, "%31s %d %4095s", while_kinds, &while_with, while_path) != 3) abort();
  if ((text = getenv("SHIM_KILL"))) kill_at = atol(text);
  if ((text = getenv("SHIM_CLOCK"))) {
    int fd = REAL(open)(text, O_RDONLY | O_CLOEXEC);
    void *page = mmap(NULL, sizeof *ahead, PROT_READ, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED) abort();
    ahead = page;
    close(fd);
  }
}

static int is_under(const char *path) {
  return under_length && path && !strncmp(path, under, under_length) && path[under_length] == '/';
}

/* Whether the descriptor is of a file or folder that is watched; tells which. */
static int is_watched(int fd, struct stat *found) {
  char link[64], path[PATH_MAX];
  int before = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = under_length ? readlink(link, path, sizeof path - 1) : -1;
  if (length > 0) path[length] = 0;
  int is = length > 0 && (is_under(path) || !strcmp(path, under)) && !fstat(fd, found);
  errno = before;
  return is;
}

static void record(char kind, uint64_t node, uint64_t at, const void *first, size_t first_length,
                   const void *second, size_t second_length) {
  int before = errno;
  struct head head = {(uint32_t)(sizeof head + first_length + second_length), (uint32_t)getpid(), node,
                      at, (uint32_t)first_length, (uint32_t)kind};
  struct iovec parts[3] = {{&head, sizeof head}, {(void *)first, first_length},
                           {(void *)second, second_length}};
  if (log_fd >= 0 && REAL(writev)(log_fd, parts, 3) != (ssize_t)head.length) abort();
  errno = before;
}

static void record_path(char kind, uint64_t node, uint64_t at, const char *path, const char *other) {
  record(kind, node, at, path, strlen(path), other, other ? strlen(other) : 0);
}

/* Counts a call; says whether it is to fail. Dies here if it is to, unless `dies` is given to do it. */
static int fails(char kind, int *dies) {
  long call = atomic_fetch_add(&calls, 1) + 1;
  if (kill_at && call == kill_at) {
    if (dies) *dies = 1;
    else raise(SIGKILL);
  }
  int code = 0;
  if (fail_at && (call == fail_at || (fails_on && call > fail_at))) {
    /* A full disk hinders nobody who needs no room. */
    if (fail_with != ENOSPC || strchr("wmscl", kind)) code = fail_with;
    else if (!fails_on) fail_at++;
  }
  if (while_with && strchr(while_kinds, kind) && !access(while_path, F_OK)) code = while_with;
  if (!code) return 0;
  record('f', 0, (uint64_t)call, &kind, 1, NULL, 0);
  errno = code;
  return 1;
}

/* Opening: 'c' where that makes a file, else 'o'. */
static int opened(int fd, const char *path, int flags, int is_new) {
  struct stat found;
  if (fd < 0 || fstat(fd, &found)) return fd;
  if (S_ISDIR(found.st_mode)) return fd;
  record_path('o', found.st_ino, (uint64_t)is_new, path, NULL);
  if ((flags & O_TRUNC) && !is_new) record('t', found.st_ino, 0, NULL, 0, NULL, 0);
  return fd;
}

#define OPEN(name, before, ...)                                              \
  int name(__VA_ARGS__, int flags, ...) {                                               \
    mode_t mode = 0;                                                                    \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                \
      va_list rest;                                                                     \
      va_start(rest, flags);                                                            \
      mode = va_arg(rest, mode_t);                                                      \
      va_end(rest);                                                                     \
    }                                                                                   \
    if (!is_under(path) && strcmp(path, under)) return REAL(name)(before path, flags, mode); \
    int is_new = (flags & O_CREAT) && access(path, F_OK);                               \
    if (fails(is_new ? 'c' : 'o', NULL)) return -1;                                     \
    return opened(REAL(name)(before path, flags, mode), path, flags, is_new);           \
  }
#define NOTHING
OPEN(open, NOTHING, const char *path)
OPEN(open64, NOTHING, const char *path)
#define FOLDER folder,
OPEN(openat, FOLDER, int folder, const char *path)
OPEN(openat64, FOLDER, int folder, const char *path)

static ssize_t put(int fd, const void *data, size_t length, off_t at) {
  struct stat found;
  if (!is_watched(fd, &found)) return REAL(pwrite64)(fd, data, length, at);
  int dies = 0;
  if (fails('w', &dies)) return -1;
  if (dies) {
    ssize_t half = REAL(pwrite64)(fd, data, length / 2, at);
    if (half > 0) record('w', found.st_ino, (uint64_t)at, NULL, 0, data, (size_t)half);
    raise(SIGKILL);
  }
  ssize_t put = REAL(pwrite64)(fd, data, length, at);
  if (put > 0) record('w', found.st_ino, (uint64_t)at, NULL, 0, data, (size_t)put);
  return put;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return put(fd, data, length, at); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return put(fd, data, length, at); }

ssize_t write(int fd, const void *data, size_t length) {
  struct stat found;
  if (fd == STDOUT_FILENO) {
    ssize_t said = REAL(write)(fd, data, length);
    /* After it was said: nobody has read it sooner. */
    if (said > 0) record('a', 0, 0, NULL, 0, data, (size_t)said);
    return said;
  }
  if (fd == log_fd || !is_watched(fd, &found)) return REAL(write)(fd, data, length);
  off_t at = found.st_size;
  if (!(fcntl(fd, F_GETFL) & O_APPEND)) at = lseek(fd, 0, SEEK_CUR);
  ssize_t done = put(fd, data, length, at);
  if (done > 0) lseek(fd, at + done, SEEK_SET);
  return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  struct stat found;
  if (fd != STDOUT_FILENO && !is_watched(fd, &found)) return REAL(writev)(fd, parts, count);
  /* A short write is a write: the caller comes back with the rest. */
  for (int at = 0; at < count; at++)
    if (parts[at].iov_len) return write(fd, parts[at].iov_base, parts[at].iov_len);
  return 0;
}

static int cut(int fd, off_t size) {
  struct stat found;
  if (!is_watched(fd, &found)) return REAL(ftruncate64)(fd, size);
  if (fails('t', NULL)) return -1;
  int done = REAL(ftruncate64)(fd, size);
  if (!done) record('t', found.st_ino, (uint64_t)size, NULL, 0, NULL, 0);
  return done;
}

int ftruncate64(int fd, off64_t size) { return cut(fd, size); }
int ftruncate(int fd, off_t size) { return cut(fd, size); }

/* The folder's path and, a line each, what it holds. */
static void record_folder(int fd, uint64_t node) {
  char link[64], path[PATH_MAX], list[1 << 16];
  size_t length = 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t got = readlink(link, path, sizeof path - 1);
  if (got < 0) abort();
  path[got] = 0;
  DIR *folder = opendir(path);
  if (!folder) abort();
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    length += (size_t)snprintf(list + length, sizeof list - length, "%llu %s\n",
                               (unsigned long long)entry->d_ino, entry->d_name);
    if (length >= sizeof list) abort();
  }
  closedir(folder);
  record('d', node, 0, path, (size_t)got, list, length);
}

static int synced(int fd, int (*sync)(int)) {
  struct stat found;
  if (!is_watched(fd, &found)) return sync(fd);
  if (fails('s', NULL)) return -1;
  if (S_ISDIR(found.st_mode)) record_folder(fd, found.st_ino);
  else record('b', found.st_ino, 0, NULL, 0, NULL, 0);
  int done = sync(fd);
  if (!done) record('e', found.st_ino, 0, NULL, 0, NULL, 0);
  return done;
}

int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

int unlink(const char *path) {
  if (!is_under(path)) return REAL(unlink)(path);
  /* Taking away what is not there is no call. */
  if (access(path, F_OK)) return REAL(unlink)(path);
  if (fails('u', NULL)) return -1;
  int done = REAL(unlink)(path);
  if (!done) record_path('u', 0, 0, path, NULL);
  return done;
}

int rename(const char *from, const char *to) {
  if (!is_under(from)) return REAL(rename)(from, to);
  if (fails('r', NULL)) return -1;
  int done = REAL(rename)(from, to);
  if (!done) record_path('r', 0, 0, from, to);
  return done;
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  if (is_under(to) && fails('l', NULL)) return -1;
  int done = REAL(linkat)(from_folder, from, to_folder, to, flags);
  if (!done && is_under(to)) record_path('l', 0, 0, from, to);
  return done;
}

int mkdir(const char *path, mode_t mode) {
  struct stat found;
  if (!is_under(path)) return REAL(mkdir)(path, mode);
  if (fails('m', NULL)) return -1;
  int done = REAL(mkdir)(path, mode);
  if (!done && !stat(path, &found)) record_path('m', found.st_ino, 0, path, NULL);
  return done;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int done = REAL(clock_gettime)(clock, now);
  if (!done && ahead && clock == CLOCK_REALTIME) now->tv_sec += (time_t)*ahead;
  return done;
}
