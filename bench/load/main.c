/* rift-load: subscribers and posters in one thread, measured between two drained moments.
 *
 * A run is: connect and identify every subscriber, print "ready", wait for a line on stdin if asked,
 * warm up, drain, measure, drain, report. Drained means that every request is answered and every
 * subscriber has every acknowledged message, so that counts and CPU times cover the same work. */
#define _GNU_SOURCE
#include "load.h"
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

static const uint64_t SECOND = 1000000000, CONNECT_NS = 300 * 1000000000ull;
static const uint64_t CALM_NS = 60000000;
enum { CALM_EVENTS = 6 };

static const struct option NAMES[] = {
    {"port", 1, NULL, 'p'}, {"subscribers", 1, NULL, 'n'}, {"connections", 1, NULL, 'c'},
    {"guilds", 1, NULL, 'g'}, {"samples", 1, NULL, 'k'}, {"rate", 1, NULL, 'r'},
    {"warmup", 1, NULL, 'w'}, {"seconds", 1, NULL, 's'}, {"events", 1, NULL, 'e'},
    {"raw", 0, NULL, 'R'}, {"awake", 0, NULL, 'A'}, {"lockstep", 0, NULL, 'L'}, {"wait", 0, NULL, 'W'},
    {"etf", 0, NULL, 'E'}, {"zlib", 0, NULL, 'Z'}, {"tokens", 1, NULL, 't'},
    {"requests", 1, NULL, 'q'}, {"authorizations", 1, NULL, 'a'}, {"intents", 1, NULL, 'i'},
    {"server-pids", 1, NULL, 'S'}, {"database-pid", 1, NULL, 'D'}, {0}};

static void option(int letter, const char *value) {
    struct options *options = &run.options;
    switch (letter) {
    case 'p': options->port = atoi(value); break;
    case 'n': options->subscribers = atoi(value); break;
    case 'c': options->connections = atoi(value); break;
    case 'g': options->guilds = atoi(value); break;
    case 'k': options->samples = atoi(value); break;
    case 'r': options->rate = atof(value); break;
    case 'w': options->warmup_s = atof(value); break;
    case 's': options->seconds = atof(value); break;
    case 'e': options->events = strtoull(value, NULL, 10); break;
    case 'R': options->raw = true; break;
    case 'A': options->awake = true; break;
    case 'L': options->lockstep = true; break;
    case 'W': options->wait = true; break;
    case 'E': options->etf = true; break;
    case 'Z': options->zlib = true; break;
    case 't': options->tokens = value; break;
    case 'q': options->requests = value; break;
    case 'a': options->authorizations = value; break;
    case 'i': options->intents = value; break;
    case 'S': options->server_pids = value; break;
    case 'D': options->database_pid = atoi(value); break;
    default: exit(2);
    }
}

static void options_read(int count, char **words) {
    run.options = (struct options){.port = 8080, .samples = 10, .seconds = 5, .intents = "",
                                   .tokens = "/dev/null", .requests = "/dev/null",
                                   .authorizations = "/dev/null", .server_pids = ""};
    for (int letter; (letter = getopt_long(count, words, "", NAMES, NULL)) != -1;)
        option(letter, optarg);
    if (run.options.lockstep) run.options.connections = 1;
}

static void raise_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static bool drained(void) {
    return !run.busy && run.delivered >= run.expected;
}

static void drain(double seconds) {
    uint64_t deadline = now_ns() + (uint64_t)(seconds * 1e9);
    while (!drained() && now_ns() < deadline) step(deadline);
}

/* As many as there are idle connections; in lockstep only when all have the last one. */
static void closed_loop(uint64_t until, uint64_t events) {
    while (now_ns() < until && run.issued < events) {
        for (struct poster *poster; run.issued < events && (poster = idle_poster());) {
            if (run.options.lockstep && !drained()) break;
            post(poster, now_ns());
        }
        step(until);
    }
}

/* At a fixed rate, each timed from when it was due, whether or not a connection was free. */
static void open_loop(uint64_t until, uint64_t events) {
    uint64_t every = (uint64_t)(1e9 / run.options.rate), due = now_ns();
    while (now_ns() < until && run.issued < events) {
        struct poster *poster = NULL;
        while (due <= now_ns() && run.issued < events && (poster = idle_poster())) {
            post(poster, due);
            due += every;
        }
        step(due > now_ns() ? due : until);
    }
}

static void load(double seconds, uint64_t events) {
    uint64_t until = now_ns() + (uint64_t)(seconds * 1e9);
    if (!run.request_count || !run.options.connections)
        while (now_ns() < until) step(until);
    else if (run.options.rate > 0) open_loop(until, events);
    else closed_loop(until, events);
    drain(10);
}

/* Events with silences between them. Linux acknowledges at once, within the sender's `send`, for a
 * socket that answers quickly, and with the next read for one that listens; one that had to
 * acknowledge in a silence, for want of anything to say, is of the latter kind. An IDENTIFY makes
 * the former of some sockets and not of others: it depends on what is sent in how many parts. */
static void calm(void) {
    for (int i = 0; i < CALM_EVENTS; i++) {
        load(1, run.issued + 1);
        for (uint64_t until = now_ns() + CALM_NS; now_ns() < until;) step(until);
    }
}

static void connect_all(void) {
    uint64_t deadline = now_ns() + CONNECT_NS;
    if (run.options.subscribers) subscribers_open();
    if (run.options.connections) posters_open();
    while (run.ready < run.options.subscribers && !run.lost_sockets) {
        step(deadline);
        if (now_ns() > deadline) break;
    }
    printf("{\"ready\":%d,\"last_close\":%d}\n", run.ready, run.last_close);
    fflush(stdout);
    if (run.ready < run.options.subscribers) exit(1);
}

/* Serve the sockets until a line (or the end) comes on stdin. */
static void wait_for_word(void) {
    struct pollfd word = {.fd = STDIN_FILENO, .events = POLLIN};
    char line[64];
    while (!poll(&word, 1, 0)) step(now_ns() + SECOND / 20);
    if (read(STDIN_FILENO, line, sizeof line) < 0) fail("stdin");
}

int main(int count, char **words) {
    options_read(count, words);
    raise_limit();
    read_buffer = malloc(READ_ROOM);
    run.epoll = epoll_create1(0);
    requests_read(run.options.requests);
    connect_all();
    if (run.options.wait) wait_for_word();
    if (run.options.lockstep) calm();
    load(run.options.warmup_s, UINT64_MAX);
    counters_clear();
    struct moment from = moment_now();
    load(run.options.seconds, run.options.events ? run.options.events : UINT64_MAX);
    struct moment to = moment_now();
    subscribers_close();
    report(from, to);
    return 0;
}
