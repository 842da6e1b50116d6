/* Runs a program that sees another kind of file system: statfs MAGIC PROGRAM [ARGUMENT]...
 *
 * The program is traced, and each statfs(2) that succeeds tells MAGIC as its f_type. What it ends
 * with is passed on; 126 says that it could not be traced, 127 that it could not be run. */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
  if (count < 3) return 126;
  long magic = strtol(arguments[1], NULL, 0);
  pid_t child = fork();
  if (child < 0) return 126;
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL)) _exit(126);
    raise(SIGSTOP);
    execv(arguments[2], arguments + 2);
    _exit(127);
  }
  int status;
  if (waitpid(child, &status, 0) != child) return 126;
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  if (ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)) return 126;
  unsigned long place = 0;
  int pass_on = 0;
  for (;;) {
    if (ptrace(PTRACE_SYSCALL, child, NULL, (void *)(long)pass_on)) return 126;
    if (waitpid(child, &status, 0) != child) return 126;
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
    pass_on = 0;
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
      /* The end of execv(3) is told as a trap. */
      if (WSTOPSIG(status) != SIGTRAP) pass_on = WSTOPSIG(status);
      continue;
    }
    struct __ptrace_syscall_info call;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof call, &call) <= 0) return 126;
    if (call.op == PTRACE_SYSCALL_INFO_ENTRY) {
      place = call.entry.nr == SYS_statfs ? call.entry.args[1] : 0;
    } else if (call.op == PTRACE_SYSCALL_INFO_EXIT && place && !call.exit.is_error) {
      void *type = (void *)(place + offsetof(struct statfs, f_type));
      if (ptrace(PTRACE_POKEDATA, child, type, (void *)magic)) return 126;
    }
  }
}
