#include "forking/signals.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

#include "base/system_error.h"

namespace c10k {
namespace {

std::atomic<bool> stopping{false};
/// The socket that a stop request shuts down.
std::atomic<int> blocking_socket{-1};
void (*child_end)() = nullptr;

sigset_t child_signal() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGCHLD);
  return set;
}

void on_stop(int) {
  const int saved = errno;
  stopping.store(true);
  ::shutdown(blocking_socket.load(), SHUT_RDWR);
  errno = saved;
}

void on_child(int) {
  const int saved = errno;
  child_end();
  errno = saved;
}

// Without SA_RESTART, so that an interrupted call is repeated, and counted, by its caller.
void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  check(::sigaction(signal, &action, nullptr), "sigaction");
}

void set_mask(int how) {
  const sigset_t set = child_signal();
  ::sigprocmask(how, &set, nullptr);
}

}  // namespace

int stop_signal() {
  return SIGUSR1;
}

void handle_signals(int listener, void (*on_child_end)()) {
  blocking_socket.store(listener);
  child_end = on_child_end;
  set_mask(SIG_BLOCK);
  handle(SIGCHLD, on_child);
  handle(stop_signal(), on_stop);
  // SIGPIPE: sendfile(2) has no MSG_NOSIGNAL.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) handle(signal, SIG_IGN);
}

// A stop request between the two lines shuts the socket down; one before them has set the flag.
void handle_signals_of_child(int socket) {
  blocking_socket.store(socket);
  if (stop_requested()) ::shutdown(socket, SHUT_RDWR);
}

bool stop_requested() {
  return stopping.load();
}

bool end_with_parent(pid_t parent) {
  check(::prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl");
  return ::getppid() == parent;
}

ChildSignals::ChildSignals() {
  set_mask(SIG_UNBLOCK);
}

ChildSignals::~ChildSignals() {
  set_mask(SIG_BLOCK);
}

void ChildSignals::wait(Nanoseconds at_most) {
  const timespec time = to_timespec(at_most);
  sigset_t none;
  ::sigemptyset(&none);
  ::ppoll(nullptr, 0, &time, &none);  // handles a pending SIGCHLD at once
}

}  // namespace c10k
