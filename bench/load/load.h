/* The generator's parts: options, one epoll loop, HTTP posters, gateway subscribers, the report. */
#pragma once
#include "event.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

enum { MAX_GROUPS = 1024, STAMP = 16, READ_ROOM = 1 << 18 };
enum kind { POSTER, SUBSCRIBER };

struct options {
    int port, subscribers, connections, guilds, samples;
    double rate, warmup_s, seconds;
    uint64_t events;
    bool raw, lockstep, awake, wait, etf, zlib;
    const char *tokens, *requests, *authorizations, *intents, *server_pids;
    int database_pid;
};

struct samples { double *at; size_t count, room; };

struct request { int group; struct text head, body; size_t stamp; bool message, typing; };

struct poster {
    enum kind kind;
    int fd;
    bool busy;
    struct text authorization;
    const struct request *request;
    uint64_t scheduled_ns;
    char *pending;
    size_t size, room;
};

enum stage { CONNECTING, UPGRADING, WAITING_HELLO, WAITING_READY, READY, CLOSED };

struct subscriber {
    enum kind kind;
    enum stage stage;
    int fd, group, guilds_left;
    bool sampled;
    int64_t seq;
    uint64_t count, digest;
    struct text token;
    char *pending;
    size_t size, room;
    z_stream *inflater;
    uint64_t beat_ns, beat_every_ns, identify_ns;
};

/* What every acknowledged message of a group adds up to, and what the whole run saw. */
struct tally { uint64_t acknowledged, digest; };

struct run {
    struct options options;
    int epoll;
    struct poster *posters;
    struct subscriber *subscribers;
    int ready, closed, busy;
    struct request *requests;
    int request_count;
    uint64_t next_request, issued, answered, refused, broken, reconnects;
    uint64_t statuses[600];
    struct tally groups[MAX_GROUPS];
    uint64_t group_size[MAX_GROUPS];
    uint64_t expected, delivered, delivered_bytes, frames, wire_bytes;
    uint64_t gaps, bad_frames, lost_sockets, payload_size;
    int last_close;
    struct samples http_us, delivery_us, ready_ms;
    bool closing;
};

extern struct run run;
extern char *read_buffer;

uint64_t now_ns(void);
uint64_t mix(uint64_t id);
void fail(const char *what) __attribute__((noreturn));
int dial(int port);
void watch(int fd, void *owner, uint32_t events);
bool keep(char **pending, size_t *size, size_t *room, const char *from, size_t count);
void add_sample(struct samples *samples, double value);
void step(uint64_t until_ns);

void posters_open(void);
void poster_readable(struct poster *poster);
bool post(struct poster *poster, uint64_t scheduled_ns);
struct poster *idle_poster(void);
void requests_read(const char *path);
struct text *lines_read(const char *path, int *count);

void subscribers_open(void);
void subscriber_ready(struct subscriber *subscriber, uint32_t events);
void heartbeats(uint64_t now);
void subscribers_close(void);
/* CPU time and the clock at one moment; two of them enclose a measurement. */
struct moment { uint64_t clock, server, database, own, segments; };
struct moment moment_now(void);
void counters_clear(void);
void report(struct moment from, struct moment to);
