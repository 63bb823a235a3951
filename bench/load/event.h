/* What the generator reads out of a gateway payload or a REST answer, whatever its encoding. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text { const char *at; size_t size; };

struct event {
    int64_t op, seq, interval_ms;   /* -1 when absent or null */
    uint64_t id;                    /* d.id, 0 when absent */
    struct text type, content;      /* t and d.content */
};

/* Read one gateway payload; false when it is not one well-formed document. */
bool json_event(const char *text, size_t size, struct event *out);
bool etf_event(const char *text, size_t size, struct event *out);

/* Read `id` and `content` of a REST answer (any JSON document). */
bool json_answer(const char *text, size_t size, struct event *out);

void event_clear(struct event *event);
uint64_t decimal(const char *text, size_t size);

/* Whether a text is a literal word. */
#define text_is(text, word) \
    ((text).size == sizeof(word) - 1 && !memcmp((text).at, word, sizeof(word) - 1))
