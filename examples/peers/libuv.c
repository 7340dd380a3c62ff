/* A line-echo server on libuv in C: uv_try_write(), and uv_write() of a copy for what it leaves. Debian: libuv1-dev. */
#include <string.h>
#include <uv.h>

#include "peer.h"

static char buffer[RECEIVE_BYTES];

static void lend(uv_handle_t *handle, size_t suggested, uv_buf_t *lent) {
  (void)handle, (void)suggested;
  *lent = uv_buf_init(buffer, sizeof buffer);
}

static void on_closed(uv_handle_t *handle) { free(handle); }

static void on_written(uv_write_t *request, int status) {
  (void)status;
  free(request);
}

static void write_later(uv_stream_t *stream, const char *bytes, size_t size) {
  uv_write_t *request = malloc(sizeof *request + size);
  char *copy = (char *)(request + 1);
  memcpy(copy, bytes, size);
  const uv_buf_t rest = uv_buf_init(copy, size);
  uv_write(request, stream, &rest, 1, on_written);
}

static void on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *lent) {
  if (got < 0) return uv_close((uv_handle_t *)stream, on_closed);
  const uv_buf_t bytes = uv_buf_init(lent->base, got);
  int sent = uv_try_write(stream, &bytes, 1);
  if (sent < 0) sent = 0;
  if (sent < got) write_later(stream, lent->base + sent, got - sent);
}

static void on_connection(uv_stream_t *listener, int status) {
  if (status < 0) return;
  uv_tcp_t *connection = malloc(sizeof *connection);
  uv_tcp_init(listener->loop, connection);
  if (uv_accept(listener, (uv_stream_t *)connection) == 0)
    uv_read_start((uv_stream_t *)connection, lend, on_read);
  else
    uv_close((uv_handle_t *)connection, on_closed);
}

int main(int count, char **arguments) {
  uv_tcp_t listener;
  uv_tcp_init(uv_default_loop(), &listener);
  uv_tcp_open(&listener, listen_on(count, arguments));
  if (uv_listen((uv_stream_t *)&listener, BACKLOG, on_connection) != 0) return 1;
  uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
