/* A line-echo server on libev: an ev_io for each connection. Debian: libev-dev. */
#include <ev.h>

#include "peer.h"

static void on_readable(struct ev_loop *loop, ev_io *connection, int events) {
  (void)events;
  if (echo(connection->fd) == 0) return;
  ev_io_stop(loop, connection);
  close(connection->fd);
  free(connection);
}

static void on_acceptable(struct ev_loop *loop, ev_io *listener, int events) {
  (void)events;
  for (int fd; (fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    ev_io *connection = malloc(sizeof *connection);
    ev_io_init(connection, on_readable, fd, EV_READ);
    ev_io_start(loop, connection);
  }
}

int main(int count, char **arguments) {
  struct ev_loop *loop = ev_default_loop(EVBACKEND_EPOLL);
  ev_io listener;
  ev_io_init(&listener, on_acceptable, listen_on(count, arguments), EV_READ);
  ev_io_start(loop, &listener);
  ev_run(loop, 0);
}
