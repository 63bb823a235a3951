/* The floor: a C epoll server which sends one text frame to every WebSocket for each POST.
 *
 * usage: epoll_fanout PORT SIZE. A POST's body is copied into the event, which is padded to SIZE
 * bytes and sent with one plain send() a socket; then the POST is answered. Of the gateway it knows
 * HELLO, READY for an IDENTIFY and the answer to a heartbeat. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FD = 65536, READ_ROOM = 65536, FRAME_ROOM = 8192, HEAD = 4, MASKED_HEAD = 6 };
/* The answer to the one key the load generator sends (the sample key of RFC 6455). */
static const char SWITCH[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static int epoll, sockets[MAX_FD], place[MAX_FD], socket_count;
static bool is_socket[MAX_FD];
static uint64_t sequence;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(fd, (struct sockaddr *)&address, sizeof address)) die("bind");
    if (listen(fd, 4096)) die("listen");
    return fd;
}

static void watch(int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event)) die("epoll_ctl");
}

static void accept_all(int listener) {
    int fd, on = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MAX_FD) die("too many sockets");
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        is_socket[fd] = false;
        watch(fd);
    }
}

static void leave(int fd) {
    if (is_socket[fd]) {
        int last = sockets[--socket_count];
        sockets[place[fd]] = last;
        place[last] = place[fd];
    }
    is_socket[fd] = false;
    close(fd);
}

/* A text of less than 126 bytes in one frame. */
static void say(int fd, const char *text) {
    char frame[128] = {(char)0x81, (char)strlen(text)};
    size_t size = strlen(text) + 2;
    memcpy(frame + 2, text, size - 2);
    if (send(fd, frame, size, MSG_NOSIGNAL) != (ssize_t)size) leave(fd);
}

static void join(int fd) {
    is_socket[fd] = true;
    place[fd] = socket_count;
    sockets[socket_count++] = fd;
    if (send(fd, SWITCH, sizeof SWITCH - 1, MSG_NOSIGNAL) < 0) return leave(fd);
    say(fd, "{\"op\":10,\"d\":{\"heartbeat_interval\":41250}}");
}

/* One short frame of a client's. */
static void command(int fd, char *frame, size_t size) {
    size_t head = (frame[1] & 0x7f) == 126 ? MASKED_HEAD + 2 : MASKED_HEAD;
    if ((frame[0] & 0x0f) != 1 || size < head) return leave(fd);
    for (size_t i = head; i < size; i++) frame[i] ^= frame[head - 4 + ((i - head) & 3)];
    if (strstr(frame + head, "\"op\":1,")) say(fd, "{\"op\":11}");
    else if (strstr(frame + head, "\"op\":2,")) {
        char ready[64];
        snprintf(ready, sizeof ready, "{\"t\":\"READY\",\"s\":%llu,\"op\":0,\"d\":{}}",
                 (unsigned long long)sequence);
        say(fd, ready);
    }
}

/* A frame with 16 bit length which looks like a gateway dispatch, `size` bytes of text. */
static size_t build(char *frame, int size, const char *body) {
    char *text = frame + HEAD;
    int used = snprintf(text, FRAME_ROOM - HEAD,
        "{\"t\":\"MESSAGE_CREATE\",\"s\":%llu,\"op\":0,\"d\":{\"id\":\"%llu\",%.*s,\"pad\":\"",
        (unsigned long long)sequence, (unsigned long long)sequence, (int)strlen(body) - 2,
        body + 1);
    while (used < size - 3) text[used++] = 'x';
    memcpy(text + used, "\"}}", 3);
    used += 3;
    frame[0] = (char)0x81;
    frame[1] = 126;
    frame[2] = (char)(used >> 8);
    frame[3] = (char)used;
    return (size_t)used + HEAD;
}

static void fan_out(const char *frame, size_t size) {
    for (int i = 0; i < socket_count; i++)
        if (send(sockets[i], frame, size, MSG_NOSIGNAL) != (ssize_t)size) leave(sockets[i--]);
}

static void answer(int fd) {
    char text[256], body[64];
    int size = snprintf(body, sizeof body, "{\"id\":\"%llu\"}", (unsigned long long)sequence);
    size = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    "Content-Length: %d\r\n\r\n%s", size, body);
    if (send(fd, text, (size_t)size, MSG_NOSIGNAL) < 0) leave(fd);
}

static void request(int fd, char *text, int size) {
    char frame[FRAME_ROOM];
    if (strcasestr(text, "upgrade: websocket")) {
        join(fd);
        return;
    }
    char *body = strstr(text, "\r\n\r\n");
    if (!body || body[4] != '{') return leave(fd);
    sequence++;
    fan_out(frame, build(frame, size, body + 4));
    answer(fd);
}

static void readable(int fd, int size) {
    static char text[READ_ROOM + 1];
    ssize_t got = recv(fd, text, READ_ROOM, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return leave(fd);
    text[got] = 0;
    if (is_socket[fd]) command(fd, text, (size_t)got);
    else request(fd, text, size);
}

int main(int count, char **words) {
    if (count != 3) die("usage: epoll_fanout PORT SIZE");
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    signal(SIGPIPE, SIG_IGN);
    epoll = epoll_create1(0);
    int listener = listen_on(atoi(words[1])), size = atoi(words[2]);
    watch(listener);
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct epoll_event events[512];
        int found = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < found; i++) {
            if (events[i].data.fd == listener) accept_all(listener);
            else readable(events[i].data.fd, size);
        }
    }
}
