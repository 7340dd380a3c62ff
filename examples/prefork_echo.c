/* A line-echo server in C with processes made beforehand, each serving one connection at a time and
 * replaced after some, as classic web servers do it; to stand beside c10k's models.
 *
 *   cc -O2 -o prefork_echo examples/prefork_echo.c
 *   npm run bench -- --server 'pool,cmd:./prefork_echo {port} 64' --conns 64
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CONNECTIONS_OF_A_PROCESS = 8 };

static void echo(int fd) {
  char buffer[16 * 1024];
  for (ssize_t got; (got = recv(fd, buffer, sizeof buffer, 0)) > 0;)
    for (ssize_t sent = 0, n; sent < got; sent += n)
      if ((n = send(fd, buffer + sent, got - sent, MSG_NOSIGNAL)) < 0) return;
}

static void serve(int listener) {
  for (int served = 0; served < CONNECTIONS_OF_A_PROCESS; served++) {
    const int fd = accept(listener, NULL, NULL);
    if (fd < 0) _exit(1);
    echo(fd);
    close(fd);
  }
  _exit(0);
}

int main(int count, char **arguments) {
  const struct sockaddr_in address = {.sin_family = AF_INET,
                                      .sin_port = htons(count > 1 ? atoi(arguments[1]) : 10000),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const int processes = count > 2 ? atoi(arguments[2]) : 8;
  const int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (bind(listener, (const struct sockaddr *)&address, sizeof address) < 0 ||
      listen(listener, 4096) < 0) {
    perror("prefork_echo");
    return 1;
  }
  for (int running = 0;; running--) {
    for (; running < processes; running++)
      if (fork() == 0) serve(listener);
    if (wait(NULL) < 0) return 1;
  }
}
