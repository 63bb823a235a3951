/* Keep-alive HTTP connections which post prepared requests, one at a time each. */
#define _GNU_SOURCE
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const char STAMP_MARK[] = "@TIME@@@@@@@@@@@";

struct text *lines_read(const char *path, int *count) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    struct text *lines = NULL;
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    for (*count = 0; (size = getline(&line, &room, file)) > 0;) {
        if (line[size - 1] == '\n') size--;
        lines = realloc(lines, (size_t)(*count + 1) * sizeof *lines);
        lines[(*count)++] = (struct text){strndup(line, (size_t)size), (size_t)size};
    }
    free(line);
    fclose(file);
    return lines;
}

/* One line: group, method, path and body, divided by blanks; the body may hold blanks. */
static struct request request_from(const char *line) {
    int group, used = 0;
    char method[16], path[1024];
    if (sscanf(line, "%d %15s %1023s %n", &group, method, path, &used) != 3 || !used) fail(line);
    const char *body = line + used;
    struct request request = {.group = group, .stamp = 0};
    char *head;
    int size = asprintf(&head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: load\r\n"
                        "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                        method, path, run.options.port, strlen(body));
    request.head = (struct text){head, (size_t)size};
    request.body = (struct text){body, strlen(body)};
    const char *mark = strstr(body, STAMP_MARK);
    request.stamp = mark ? (size_t)(mark - body) + 1 : 0;
    const char *tail = strrchr(path, '/');
    request.message = !strcmp(method, "POST") && !strcmp(tail, "/messages");
    request.typing = !strcmp(method, "POST") && !strcmp(tail, "/typing");
    return request;
}

void requests_read(const char *path) {
    struct text *lines = lines_read(path, &run.request_count);
    run.requests = calloc((size_t)run.request_count, sizeof *run.requests);
    for (int i = 0; i < run.request_count; i++) run.requests[i] = request_from(lines[i].at);
    free(lines);
}

void posters_open(void) {
    int count = 0;
    struct text *lines = lines_read(run.options.authorizations, &count);
    run.posters = calloc((size_t)run.options.connections, sizeof *run.posters);
    for (int i = 0; i < run.options.connections; i++) {
        struct poster *poster = &run.posters[i];
        *poster = (struct poster){.kind = POSTER, .fd = dial(run.options.port)};
        if (count) poster->authorization = lines[i % count];
        watch(poster->fd, poster, EPOLLIN);
    }
    free(lines);
}

struct poster *idle_poster(void) {
    static int next;
    for (int i = 0; i < run.options.connections; i++) {
        struct poster *poster = &run.posters[next++ % run.options.connections];
        if (!poster->busy) return poster;
    }
    return NULL;
}

static char *append(char *to, struct text text) {
    memcpy(to, text.at, text.size);
    return to + text.size;
}

static void reconnect(struct poster *poster) {
    close(poster->fd);
    if (poster->busy) {
        run.broken++;
        run.busy--;
    } else run.reconnects++;
    poster->busy = false;
    poster->size = 0;
    poster->fd = dial(run.options.port);
    watch(poster->fd, poster, EPOLLIN);
}

bool post(struct poster *poster, uint64_t scheduled_ns) {
    static char out[1 << 16];
    const struct request *request = &run.requests[run.next_request++ % (uint64_t)run.request_count];
    char *to = append(out, request->head);
    if (poster->authorization.size) {
        to = append(to, (struct text){"Authorization: ", 15});
        to = append(to, poster->authorization);
        to = append(to, (struct text){"\r\n", 2});
    }
    to = append(to, (struct text){"\r\n", 2});
    char *body = to;
    to = append(to, request->body);
    if (request->stamp) {
        char stamp[STAMP + 1];
        snprintf(stamp, sizeof stamp, "%016llx", (unsigned long long)scheduled_ns);
        memcpy(body + request->stamp - 1, stamp, STAMP);
    }
    poster->request = request;
    poster->scheduled_ns = scheduled_ns;
    poster->busy = true;
    run.busy++;
    run.issued++;
    if (send(poster->fd, out, (size_t)(to - out), MSG_NOSIGNAL) != to - out) {
        reconnect(poster);
        return false;
    }
    return true;
}

static void acknowledge(const struct request *request, const char *body, size_t size) {
    struct event answer = {.id = 0};
    if (size && !json_answer(body, size, &answer)) {
        run.broken++;
        return;
    }
    if (!request->typing && (!request->message || !size)) return;
    struct tally *tally = &run.groups[request->group];
    tally->acknowledged++;
    tally->digest += mix(answer.id);
    run.expected += run.group_size[request->group];
}

static size_t content_length(const char *head, const char *end) {
    for (const char *line = head; line < end;) {
        if (!strncasecmp(line, "content-length:", 15)) return strtoul(line + 15, NULL, 10);
        const char *next = memmem(line, (size_t)(end - line), "\r\n", 2);
        line = next ? next + 2 : end;
    }
    return 0;
}

/* Take one whole answer from the front; its size, or 0 while more bytes must come. */
static size_t take_answer(struct poster *poster, const char *text, size_t size) {
    const char *end = memmem(text, size, "\r\n\r\n", 4);
    if (!end) return 0;
    size_t body = content_length(text, end + 2), head = (size_t)(end + 4 - text);
    if (size < head + body) return 0;
    int status = atoi(text + 9);
    run.statuses[status >= 0 && status < 600 ? status : 0]++;
    if (status >= 200 && status < 300) acknowledge(poster->request, end + 4, body);
    else run.refused++;
    add_sample(&run.http_us, (double)(now_ns() - poster->scheduled_ns) / 1e3);
    run.answered++;
    run.busy--;
    poster->busy = false;
    return head + body;
}

void poster_readable(struct poster *poster) {
    ssize_t got = recv(poster->fd, read_buffer, READ_ROOM, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        reconnect(poster);
        return;
    }
    if (!poster->busy) {
        run.broken++;
        return;
    }
    if (!poster->size && take_answer(poster, read_buffer, (size_t)got)) return;
    keep(&poster->pending, &poster->size, &poster->room, read_buffer, (size_t)got);
    if (take_answer(poster, poster->pending, poster->size)) poster->size = 0;
}
