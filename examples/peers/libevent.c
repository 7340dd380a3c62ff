/* A line-echo server on libevent: raw events, no bufferevent. Debian: libevent-dev. */
#include <event2/event.h>

#include "peer.h"

static struct event_base *base;

static void on_readable(int fd, short events, void *self) {
  (void)events;
  if (echo(fd) == 0) return;
  event_free(*(struct event **)self);
  free(self);
  close(fd);
}

static void on_acceptable(int listener, short events, void *unused) {
  (void)events, (void)unused;
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    struct event **self = malloc(sizeof *self);
    *self = event_new(base, fd, EV_READ | EV_PERSIST, on_readable, self);
    event_add(*self, NULL);
  }
}

int main(int count, char **arguments) {
  base = event_base_new();
  const int fd = listen_on(count, arguments);
  event_add(event_new(base, fd, EV_READ | EV_PERSIST, on_acceptable, NULL), NULL);
  event_base_dispatch(base);
}
