/* The epoll loop, the clock and the small parts both kinds of socket share. */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 512 };
static const uint64_t SWEEP_NS = 200000000;

struct run run;
char *read_buffer;

uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* splitmix64: equal sums of it mean equal sets of ids. */
uint64_t mix(uint64_t id) {
    id += 0x9E3779B97F4A7C15ull;
    id = (id ^ id >> 30) * 0xBF58476D1CE4E5B9ull;
    id = (id ^ id >> 27) * 0x94D049BB133111EBull;
    return id ^ id >> 31;
}

void fail(const char *what) {
    fprintf(stderr, "load: %s (%s)\n", what, strerror(errno));
    exit(1);
}

int dial(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    if (fd < 0) fail("socket");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS)
        fail("connect");
    return fd;
}

void watch(int fd, void *owner, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = owner};
    if (epoll_ctl(run.epoll, EPOLL_CTL_ADD, fd, &event)) fail("epoll_ctl");
}

/* Append to (or, when the bytes already lie there, move to the front of) a pending buffer. */
bool keep(char **pending, size_t *size, size_t *room, const char *from, size_t count) {
    if (!count) return false;
    if (*size + count > *room) {
        size_t offset = *pending && from >= *pending && from < *pending + *room
                            ? (size_t)(from - *pending) : SIZE_MAX;
        *room = (*size + count) * 2;
        *pending = realloc(*pending, *room);
        if (offset != SIZE_MAX) from = *pending + offset;
    }
    memmove(*pending + *size, from, count);
    *size += count;
    return true;
}

void add_sample(struct samples *samples, double value) {
    if (samples->count == samples->room) {
        samples->room = samples->room ? samples->room * 2 : 4096;
        samples->at = realloc(samples->at, samples->room * sizeof *samples->at);
    }
    samples->at[samples->count++] = value;
}

static void serve(struct epoll_event *event) {
    enum kind kind = *(enum kind *)event->data.ptr;
    if (kind == POSTER) poster_readable(event->data.ptr);
    else if (kind == SUBSCRIBER) subscriber_ready(event->data.ptr, event->events);
}

/* Whether to look for more without sleep: in lockstep while an event has reached some and not yet
 * all, and if so asked while answers are due. A server that is slower than the generator would else
 * be charged for waking it with each write, which costs a virtual machine more than the write. */
static bool is_awake(void) {
    const struct options *options = &run.options;
    return (options->lockstep && run.delivered != run.expected) || (options->awake && run.busy);
}

/* Wait for sockets until the given time at the latest, and serve what came. */
void step(uint64_t until_ns) {
    static struct epoll_event events[BATCH];
    static uint64_t swept;
    uint64_t now = now_ns();
    if (now - swept > SWEEP_NS) {
        swept = now;
        heartbeats(now);
    }
    uint64_t wait = until_ns > now ? until_ns - now : 0;
    if (wait > SWEEP_NS) wait = SWEEP_NS;
    if (is_awake()) wait = 0;
    struct timespec timeout = {(time_t)(wait / 1000000000), (long)(wait % 1000000000)};
    int count = epoll_pwait2(run.epoll, events, BATCH, &timeout, NULL);
    if (count < 0 && errno != EINTR) fail("epoll_pwait2");
    for (int i = 0; i < count; i++) serve(&events[i]);
}
