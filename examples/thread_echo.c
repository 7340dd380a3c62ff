/* A line-echo server in C with a thread per connection, to stand beside c10k's models.
 *
 *   cc -O2 -pthread -o thread_echo examples/thread_echo.c
 *   npm run bench -- --server 'threads,cmd:./thread_echo {port}'
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *echo(void *argument) {
  const int fd = (int)(intptr_t)argument;
  char buffer[16 * 1024];
  for (ssize_t got; (got = recv(fd, buffer, sizeof buffer, 0)) > 0;)
    for (ssize_t sent = 0, n; sent < got; sent += n)
      if ((n = send(fd, buffer + sent, got - sent, MSG_NOSIGNAL)) < 0) got = -1;
  close(fd);
  return NULL;
}

int main(int count, char **arguments) {
  const struct sockaddr_in address = {.sin_family = AF_INET,
                                      .sin_port = htons(count > 1 ? atoi(arguments[1]) : 10000),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (bind(listener, (const struct sockaddr *)&address, sizeof address) < 0 ||
      listen(listener, 4096) < 0) {
    perror("thread_echo");
    return 1;
  }
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 64 * 1024);
  pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
  for (int fd; (fd = accept(listener, NULL, NULL)) >= 0;) {
    pthread_t thread;
    if (pthread_create(&thread, &small, echo, (void *)(intptr_t)fd) != 0) close(fd);
  }
  return 0;
}
