/* A line-echo server in C with a process per connection, to stand beside c10k's models.
 *
 *   cc -O2 -o fork_echo examples/fork_echo.c
 *   npm run bench -- --server 'threads,cmd:./fork_echo {port}'
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void reap(int signal) {
  const int saved = errno;
  (void)signal;
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
  errno = saved;
}

static void echo(int fd) {
  char buffer[16 * 1024];
  for (ssize_t got; (got = recv(fd, buffer, sizeof buffer, 0)) > 0;)
    for (ssize_t sent = 0, n; sent < got; sent += n)
      if ((n = send(fd, buffer + sent, got - sent, MSG_NOSIGNAL)) < 0) return;
}

int main(int count, char **arguments) {
  const struct sockaddr_in address = {.sin_family = AF_INET,
                                      .sin_port = htons(count > 1 ? atoi(arguments[1]) : 10000),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const struct sigaction action = {.sa_handler = reap, .sa_flags = SA_RESTART | SA_NOCLDSTOP};
  const int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (sigaction(SIGCHLD, &action, NULL) < 0 ||
      bind(listener, (const struct sockaddr *)&address, sizeof address) < 0 ||
      listen(listener, 4096) < 0) {
    perror("fork_echo");
    return 1;
  }
  for (int fd; (fd = accept(listener, NULL, NULL)) >= 0; close(fd))
    if (fork() == 0) {
      close(listener);
      echo(fd);
      _exit(0);
    }
  return 0;
}
