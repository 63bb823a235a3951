/* Gateway subscribers: connect, identify, beat, and read, check and count every frame. */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { IN_FLIGHT = 64 };
static const uint64_t GOODBYE_NS = 5000000000;
static int opened;
static char *inflated;
static size_t inflated_room = 1 << 18;

static void open_one(void) {
    struct subscriber *subscriber = &run.subscribers[opened++];
    subscriber->fd = dial(run.options.port);
    watch(subscriber->fd, subscriber, EPOLLIN | EPOLLOUT);
}

/* Each line: group and token, divided by a blank. */
void subscribers_open(void) {
    int count = 0;
    struct text *lines = lines_read(run.options.tokens, &count);
    if (!count) fail("no tokens");
    run.subscribers = calloc((size_t)run.options.subscribers, sizeof *run.subscribers);
    int every = run.options.subscribers / run.options.samples;
    for (int i = 0; i < run.options.subscribers; i++) {
        struct text line = lines[i % count];
        const char *token = strchr(line.at, ' ') + 1;
        struct subscriber *subscriber = &run.subscribers[i];
        *subscriber = (struct subscriber){
            .kind = SUBSCRIBER, .fd = -1, .group = atoi(line.at), .seq = run.options.raw ? -1 : 0,
            .token = {token, strlen(token)}, .guilds_left = run.options.guilds};
        subscriber->sampled = every < 2 || i % every == 0 || i == run.options.subscribers - 1;
        run.group_size[subscriber->group]++;
    }
    free(lines);
    while (opened < run.options.subscribers && opened < IN_FLIGHT) open_one();
}

static void drop(struct subscriber *subscriber) {
    if (subscriber->stage == CLOSED) return;
    run.closed++;
    if (!run.closing) run.lost_sockets++;
    subscriber->stage = CLOSED;
    close(subscriber->fd);
}

/* Clients must mask; a mask of zeros leaves the bytes as they are. */
static void send_frame(struct subscriber *subscriber, int opcode, const char *text, size_t size) {
    unsigned char frame[4096] = {(unsigned char)(0x80 | opcode)};
    size_t head = 2;
    if (size < 126) frame[1] = (unsigned char)(0x80 | size);
    else {
        frame[1] = 0x80 | 126;
        frame[2] = (unsigned char)(size >> 8);
        frame[3] = (unsigned char)size;
        head = 4;
    }
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, text, size);
    if (send(subscriber->fd, frame, head + 4 + size, MSG_NOSIGNAL) < 0) drop(subscriber);
}

static void upgrade(struct subscriber *subscriber) {
    char text[512];
    int size = snprintf(
        text, sizeof text,
        "GET /gateway?v=10&encoding=%s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        run.options.etf ? "etf" : "json", run.options.zlib ? "&compress=zlib-stream" : "",
        run.options.port);
    if (send(subscriber->fd, text, (size_t)size, MSG_NOSIGNAL) != size) fail("upgrade");
    subscriber->stage = UPGRADING;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = subscriber};
    epoll_ctl(run.epoll, EPOLL_CTL_MOD, subscriber->fd, &event);
}

static char *etf_word(char *to, const char *word, size_t size) {
    *to++ = 109;
    uint32_t length = htonl((uint32_t)size);
    memcpy(to, &length, 4);
    memcpy(to + 4, word, size);
    return to + 4 + size;
}

static char *etf_map(char *to, int members) {
    uint32_t count = htonl((uint32_t)members);
    *to++ = 116;
    memcpy(to, &count, 4);
    return to + 4;
}

static char *etf_member(char *to, const char *key, uint32_t value) {
    uint32_t number = htonl(value);
    to = etf_word(to, key, strlen(key));
    *to++ = 98;
    memcpy(to, &number, 4);
    return to + 4;
}

static size_t identify_etf(const struct subscriber *subscriber, char *text) {
    char *to = text;
    *to++ = (char)131;
    to = etf_member(etf_map(to, 2), "op", 2);
    to = etf_map(etf_word(to, "d", 1), *run.options.intents ? 3 : 2);
    to = etf_word(etf_word(to, "token", 5), subscriber->token.at, subscriber->token.size);
    to = etf_map(etf_word(to, "properties", 10), 1);
    to = etf_word(etf_word(to, "os", 2), "linux", 5);
    if (*run.options.intents) to = etf_member(to, "intents", (uint32_t)atol(run.options.intents));
    return (size_t)(to - text);
}

static size_t identify_json(const struct subscriber *subscriber, char *text, size_t room) {
    const char *intents = run.options.intents;
    return (size_t)snprintf(text, room,
        "{\"op\":2,\"d\":{\"token\":\"%s\",%s%s%s\"properties\":{\"os\":\"linux\",\"browser\":"
        "\"load\",\"device\":\"load\"}}}", subscriber->token.at,
        *intents ? "\"intents\":" : "", intents, *intents ? "," : "");
}

static void identify(struct subscriber *subscriber) {
    char text[2048];
    size_t size = run.options.etf ? identify_etf(subscriber, text)
                                  : identify_json(subscriber, text, sizeof text);
    subscriber->identify_ns = now_ns();
    subscriber->stage = WAITING_READY;
    send_frame(subscriber, run.options.etf ? 2 : 1, text, size);
}

static void beat(struct subscriber *subscriber) {
    char text[64];
    if (run.options.etf) {
        text[0] = (char)131;
        char *to = etf_member(etf_map(text + 1, 2), "op", 1);
        to = etf_member(to, "d", (uint32_t)subscriber->seq);
        send_frame(subscriber, 2, text, (size_t)(to - text));
    } else {
        int size = snprintf(text, sizeof text, "{\"op\":1,\"d\":%lld}", (long long)subscriber->seq);
        send_frame(subscriber, 1, text, (size_t)size);
    }
}

void heartbeats(uint64_t now) {
    for (int i = 0; i < opened; i++) {
        struct subscriber *subscriber = &run.subscribers[i];
        if (!subscriber->beat_ns || subscriber->stage == CLOSED || now < subscriber->beat_ns)
            continue;
        subscriber->beat_ns = now + subscriber->beat_every_ns;
        beat(subscriber);
    }
}

static void became_ready(struct subscriber *subscriber) {
    subscriber->stage = READY;
    run.ready++;
    if (subscriber->identify_ns)
        add_sample(&run.ready_ms, (double)(now_ns() - subscriber->identify_ns) / 1e6);
    if (opened < run.options.subscribers) open_one();
}

static void received(struct subscriber *subscriber, const struct event *event, size_t size) {
    subscriber->count++;
    subscriber->digest += mix(event->id);
    run.delivered++;
    run.delivered_bytes += size;
    run.payload_size = size;
    if (!subscriber->sampled || event->content.size < STAMP) return;
    uint64_t sent = strtoull(strndupa(event->content.at, STAMP), NULL, 16);
    if (sent) add_sample(&run.delivery_us, (double)(now_ns() - sent) / 1e3);
}

static void dispatch(struct subscriber *subscriber, const struct event *event, size_t size) {
    if (subscriber->seq >= 0 && event->seq != subscriber->seq + 1) run.gaps++;
    subscriber->seq = event->seq;
    if (text_is(event->type, "MESSAGE_CREATE") || text_is(event->type, "TYPING_START"))
        received(subscriber, event, size);
    else if (subscriber->stage == WAITING_READY) {
        bool ready = text_is(event->type, "READY");
        if (text_is(event->type, "GUILD_CREATE")) subscriber->guilds_left--;
        if ((ready || subscriber->seq > 1) && subscriber->guilds_left <= 0)
            became_ready(subscriber);
    }
}

static void hello(struct subscriber *subscriber, const struct event *event) {
    if (event->interval_ms <= 0 || subscriber->stage != WAITING_HELLO) run.bad_frames++;
    subscriber->beat_every_ns = (uint64_t)event->interval_ms * 1000000;
    subscriber->beat_ns = now_ns() + subscriber->beat_every_ns / 1000 * (uint64_t)(rand() % 1000);
    identify(subscriber);
}

static void payload(struct subscriber *subscriber, const char *text, size_t size) {
    struct event event;
    if (!(run.options.etf ? etf_event : json_event)(text, size, &event)) {
        run.bad_frames++;
        return;
    }
    if (event.op == 0) dispatch(subscriber, &event, size);
    else if (event.op == 10) hello(subscriber, &event);
    else if (event.op == 1) beat(subscriber);
    else if (event.op != 11) drop(subscriber);
}

static void begin_inflate(struct subscriber *subscriber) {
    subscriber->inflater = calloc(1, sizeof(z_stream));
    if (inflateInit(subscriber->inflater) != Z_OK) fail("inflateInit");
    if (!inflated) inflated = malloc(inflated_room);
}

/* One message of a zlib stream. */
static void compressed(struct subscriber *subscriber, char *text, size_t size) {
    if (size < 4 || memcmp(text + size - 4, "\0\0\xff\xff", 4)) {
        run.bad_frames++;
        return;
    }
    if (!subscriber->inflater) begin_inflate(subscriber);
    z_stream *stream = subscriber->inflater;
    stream->next_in = (unsigned char *)text;
    stream->avail_in = (unsigned)size;
    size_t done = 0;
    for (;;) {
        stream->next_out = (unsigned char *)inflated + done;
        stream->avail_out = (unsigned)(inflated_room - done);
        int code = inflate(stream, Z_SYNC_FLUSH);
        done = inflated_room - stream->avail_out;
        if (code != Z_OK && code != Z_BUF_ERROR) {
            run.bad_frames++;
            return;
        }
        if (stream->avail_out) break;
        inflated = realloc(inflated, inflated_room *= 2);
    }
    payload(subscriber, inflated, done);
}

static void frame(struct subscriber *subscriber, int opcode, char *text, size_t size) {
    run.frames++;
    if (opcode == 1 || opcode == 2) {
        if (run.options.zlib) compressed(subscriber, text, size);
        else payload(subscriber, text, size);
    } else if (opcode == 9) send_frame(subscriber, 10, text, size);
    else if (opcode == 8) {
        if (size >= 2 && !run.closing)
            run.last_close = (unsigned char)text[0] << 8 | (unsigned char)text[1];
        drop(subscriber);
    } else run.bad_frames++;
}

/* Take whole frames from the front; how many bytes they filled. */
static size_t take_frames(struct subscriber *subscriber, char *text, size_t size) {
    size_t done = 0;
    while (subscriber->stage != CLOSED && size - done >= 2) {
        unsigned char *head = (unsigned char *)text + done;
        size_t body = head[1] & 0x7f, start = 2;
        if (body == 126) start = 4;
        if (body == 127) start = 10;
        if (size - done < start) break;
        if (start == 4) body = (size_t)head[2] << 8 | head[3];
        if (start == 10) {
            uint64_t wide;
            memcpy(&wide, head + 2, 8);
            body = be64toh(wide);
        }
        if (size - done < start + body) break;
        if (!(head[0] & 0x80) || head[0] & 0x70 || head[1] & 0x80) run.bad_frames++;
        frame(subscriber, head[0] & 0x0f, text + done + start, body);
        done += start + body;
    }
    return done;
}

static size_t take_upgrade(struct subscriber *subscriber, const char *text, size_t size) {
    const char *end = memmem(text, size, "\r\n\r\n", 4);
    if (!end) return 0;
    if (atoi(text + 9) != 101) fail("the server refused a WebSocket");
    subscriber->stage = WAITING_HELLO;
    return (size_t)(end + 4 - text);
}

static size_t take(struct subscriber *subscriber, char *text, size_t size) {
    size_t done = 0;
    if (subscriber->stage == UPGRADING) done = take_upgrade(subscriber, text, size);
    if (subscriber->stage == UPGRADING) return 0;
    return done + take_frames(subscriber, text + done, size - done);
}

static void readable(struct subscriber *subscriber) {
    char *text = read_buffer;
    ssize_t got = recv(subscriber->fd, read_buffer, READ_ROOM, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        drop(subscriber);
        return;
    }
    run.wire_bytes += (uint64_t)got;
    size_t size = (size_t)got;
    if (subscriber->size) {
        keep(&subscriber->pending, &subscriber->size, &subscriber->room, text, size);
        text = subscriber->pending;
        size = subscriber->size;
    }
    size_t done = take(subscriber, text, size);
    subscriber->size = 0;
    keep(&subscriber->pending, &subscriber->size, &subscriber->room, text + done, size - done);
}

void subscriber_ready(struct subscriber *subscriber, uint32_t events) {
    if (subscriber->stage == CLOSED) return;
    if (subscriber->stage == CONNECTING) {
        if (events & (EPOLLERR | EPOLLHUP)) fail("a subscriber could not connect");
        upgrade(subscriber);
    } else readable(subscriber);
}

/* A close by 1000 ends the session at once, so that none waits for a RESUME. */
void subscribers_close(void) {
    run.closing = true;
    for (int i = 0; i < opened; i++)
        if (run.subscribers[i].stage != CLOSED)
            send_frame(&run.subscribers[i], 8, "\x03\xe8", 2);
    for (uint64_t deadline = now_ns() + GOODBYE_NS; run.closed < opened && now_ns() < deadline;)
        step(deadline);
}
