/*
 * The limit: what a relay costs with nothing in the way. One thread, epoll, rooms by path, one buffer per room and turn,
 * one write per member. It knows the load's handshake only and trusts every frame; it is no server for anyone else.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FDS = 20000, MAX_ROOMS = 4096, TURN = 1024, CHUNK = 65536 };

struct bytes { unsigned char *at; size_t length, size; };
struct room { char path[256]; int *members; int count, size, due; struct bytes out; };
struct peer { int open, place; struct room *room; struct bytes in, held; };

static struct room rooms[MAX_ROOMS];
static struct peer peers[MAX_FDS];
static int room_count, due[MAX_ROOMS], due_count, epoll;

static void append(struct bytes *b, const void *from, size_t length) {
  if (b->length + length > b->size) {
    b->size = (b->length + length) * 2;
    b->at = realloc(b->at, b->size);
    if (!b->at) abort();
  }
  memcpy(b->at + b->length, from, length);
  b->length += length;
}

static void leave(int fd) {
  struct peer *p = &peers[fd];
  if (p->room) {
    struct room *r = p->room;
    int last = r->members[--r->count];
    r->members[p->place] = last;
    peers[last].place = p->place;
  }
  free(p->in.at);
  free(p->held.at);
  memset(p, 0, sizeof *p);
  close(fd);
}

static void watch(int fd, int op, unsigned events) {
  struct epoll_event event = { .events = events, .data.fd = fd };
  epoll_ctl(epoll, op, fd, &event);
}

/* What the socket does not take is held until it does. */
static void put(int fd, const unsigned char *from, size_t length) {
  struct peer *p = &peers[fd];
  ssize_t sent = 0;
  if (p->held.length == 0) {
    sent = write(fd, from, length);
    if (sent < 0) sent = 0;
    if ((size_t)sent == length) return;
    watch(fd, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  }
  append(&p->held, from + sent, length - sent);
}

static void drain(int fd) {
  struct bytes *held = &peers[fd].held;
  ssize_t sent = write(fd, held->at, held->length);
  if (sent <= 0) return;
  held->length -= sent;
  memmove(held->at, held->at + sent, held->length);
  if (held->length == 0) watch(fd, EPOLL_CTL_MOD, EPOLLIN);
}

static struct room *room_of(const char *path) {
  for (int i = 0; i < room_count; i++)
    if (!strcmp(rooms[i].path, path)) return &rooms[i];
  if (room_count == MAX_ROOMS) abort();
  struct room *r = &rooms[room_count++];
  snprintf(r->path, sizeof r->path, "%s", path);
  return r;
}

static void join(int fd, const char *path) {
  struct room *r = room_of(path);
  if (r->count == r->size) {
    r->size = r->size ? r->size * 2 : 16;
    r->members = realloc(r->members, r->size * sizeof(int));
    if (!r->members) abort();
  }
  peers[fd].room = r;
  peers[fd].place = r->count;
  r->members[r->count++] = fd;
}

static size_t handshake(int fd, unsigned char *at, size_t length) {
  static const char answer[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  unsigned char *end = memmem(at, length, "\r\n\r\n", 4);
  char path[256] = "/";
  if (!end) return 0;
  sscanf((char *)at, "GET %255[^ ]", path);
  join(fd, path);
  peers[fd].open = 1;
  put(fd, (const unsigned char *)answer, sizeof answer - 1);
  return end + 4 - at;
}

/* One masked frame, relayed as it is; the bytes that it took, 0 where it is not whole yet. */
static size_t frame(int fd, unsigned char *at, size_t length) {
  if (length < 6) return 0;
  size_t payload = at[1] & 0x7f, header = 2;
  if (payload == 126) {
    if (length < 8) return 0;
    payload = at[2] << 8 | at[3];
    header = 4;
  }
  if (length < header + 4 + payload) return 0;
  if ((at[0] & 0x0f) == 1) {
    struct room *r = peers[fd].room;
    unsigned char *mask = at + header, *text = mask + 4, head[4] = { 0x81, payload, payload >> 8, payload };
    if (header == 4) { head[1] = 126; head[2] = payload >> 8; }
    for (size_t i = 0; i < payload; i++) text[i] ^= mask[i & 3];
    append(&r->out, head, header);
    append(&r->out, text, payload);
    if (!r->due) { r->due = 1; due[due_count++] = r - rooms; }
  }
  return header + 4 + payload;
}

static void take(int fd) {
  static unsigned char chunk[CHUNK];
  ssize_t got = read(fd, chunk, sizeof chunk);
  struct peer *p = &peers[fd];
  if (got <= 0) {
    if (got == 0 || errno != EAGAIN) leave(fd);
    return;
  }
  unsigned char *at = chunk;
  size_t left = got, taken;
  if (p->in.length) {
    append(&p->in, chunk, got);
    at = p->in.at;
    left = p->in.length;
  }
  while (left && (taken = p->open ? frame(fd, at, left) : handshake(fd, at, left))) {
    at += taken;
    left -= taken;
  }
  if (p->in.length) {
    memmove(p->in.at, at, left);
    p->in.length = left;
  } else if (left) {
    append(&p->in, at, left);
  }
}

static void flush(void) {
  for (int i = 0; i < due_count; i++) {
    struct room *r = &rooms[due[i]];
    for (int j = 0; j < r->count; j++) put(r->members[j], r->out.at, r->out.length);
    r->out.length = 0;
    r->due = 0;
  }
  due_count = 0;
}

int main(void) {
  const char *port = getenv("PORT");
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  address.sin_port = htons(port ? atoi(port) : 0);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) return 1;
  signal(SIGPIPE, SIG_IGN);
  epoll = epoll_create1(0);
  watch(listener, EPOLL_CTL_ADD, EPOLLIN);
  for (;;) {
    struct epoll_event events[TURN];
    int count = epoll_wait(epoll, events, TURN, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd != listener) {
        if (events[i].events & EPOLLOUT) drain(fd);
        if (events[i].events & ~EPOLLOUT) take(fd);
        continue;
      }
      while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MAX_FDS) { close(fd); continue; }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        watch(fd, EPOLL_CTL_ADD, EPOLLIN);
      }
    }
    flush();
  }
}
