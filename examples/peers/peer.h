/* What the peers have in common, so that they differ in their loop alone: the socket options and the buffer of c10k's own
 * models. */
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RECEIVE_BYTES = 16 * 1024, BACKLOG = 4096 };

static inline int listen_on(int count, char **arguments) {
  const struct sockaddr_in address = {.sin_family = AF_INET,
                                      .sin_port = htons(count > 1 ? atoi(arguments[1]) : 10000),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
      listen(listener, BACKLOG) != 0) {
    perror("listen");
    exit(1);
  }
  return listener;
}

/* Negative at the end. What the socket refuses is waited for: with short lines it never is. */
static inline int echo(int fd) {
  char buffer[RECEIVE_BYTES];
  const ssize_t got = recv(fd, buffer, sizeof buffer, 0);
  if (got <= 0) return got < 0 && errno == EAGAIN ? 0 : -1;
  for (ssize_t sent = 0, n; sent < got; sent += n) {
    n = send(fd, buffer + sent, got - sent, MSG_NOSIGNAL);
    if (n >= 0) continue;
    if (errno != EAGAIN) return -1;
    n = 0;
    poll(&(struct pollfd){fd, POLLOUT, 0}, 1, -1);
  }
  return 0;
}
