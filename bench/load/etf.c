/* A reader of Erlang's external term format, as far as Discord's gateway uses it. */
#include "event.h"
#include <string.h>

struct cursor { const unsigned char *at, *end; };

static bool term(struct cursor *cursor, int depth, bool in_data, struct event *out);

static bool need(const struct cursor *cursor, size_t size) {
    return (size_t)(cursor->end - cursor->at) >= size;
}

static uint64_t big(struct cursor *cursor, int size) {
    uint64_t value = 0;
    while (size--) value = value << 8 | *cursor->at++;
    return value;
}

/* A term whose length stands in front of it: an atom, a binary or a string. */
static bool counted(struct cursor *cursor, int width, struct text *out) {
    if (!need(cursor, (size_t)width)) return false;
    size_t size = (size_t)big(cursor, width);
    if (!need(cursor, size)) return false;
    *out = (struct text){(const char *)cursor->at, size};
    cursor->at += size;
    return true;
}

static bool small_big(struct cursor *cursor, int64_t *out) {
    if (!need(cursor, 2)) return false;
    size_t size = *cursor->at++;
    bool negative = *cursor->at++;
    if (size > 8 || !need(cursor, size)) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) value |= (uint64_t)*cursor->at++ << (8 * i);
    *out = negative ? -(int64_t)value : (int64_t)value;
    return true;
}

/* A scalar: its number or its text; false for containers and nonsense. */
static bool scalar(struct cursor *cursor, int tag, int64_t *value, struct text *text) {
    *value = -1;
    switch (tag) {
    case 97: return need(cursor, 1) && (*value = (int64_t)big(cursor, 1), true);
    case 98: return need(cursor, 4) && (*value = (int32_t)big(cursor, 4), true);
    case 70: return need(cursor, 8) && (cursor->at += 8, true);
    case 110: return small_big(cursor, value);
    case 100: case 118: case 107: return counted(cursor, 2, text);
    case 115: case 119: return counted(cursor, 1, text);
    case 109: return counted(cursor, 4, text);
    case 106: return true;
    default: return false;
    }
}

static void take(struct text key, int depth, bool in_data, int64_t value, struct text text,
                 struct event *out) {
    if (depth == 1) {
        if (text_is(key, "op")) out->op = value;
        else if (text_is(key, "s")) out->seq = value;
        else if (text_is(key, "t")) out->type = text;
    } else if (depth == 2 && in_data) {
        if (text_is(key, "id")) out->id = text.size ? decimal(text.at, text.size) : (uint64_t)value;
        else if (text_is(key, "content")) out->content = text;
        else if (text_is(key, "heartbeat_interval")) out->interval_ms = value;
    }
}

static bool members(struct cursor *cursor, int depth, bool in_data, struct event *out) {
    if (!need(cursor, 4)) return false;
    for (uint64_t left = big(cursor, 4); left; left--) {
        int64_t value;
        struct text key = {0}, text = {0};
        if (!need(cursor, 1) || !scalar(cursor, *cursor->at++, &value, &key)) return false;
        if (!need(cursor, 1)) return false;
        if (*cursor->at == 116 || *cursor->at == 108 || *cursor->at == 104) {
            bool data = depth == 1 ? text_is(key, "d") : false;
            if (!term(cursor, depth, data, out)) return false;
        } else {
            if (!scalar(cursor, *cursor->at++, &value, &text)) return false;
            take(key, depth, in_data, value, text, out);
        }
    }
    return true;
}

static bool elements(struct cursor *cursor, uint64_t count, int depth, struct event *out) {
    while (count--)
        if (!term(cursor, depth, false, out)) return false;
    return true;
}

static bool term(struct cursor *cursor, int depth, bool in_data, struct event *out) {
    int64_t value;
    struct text text = {0};
    if (depth > 64 || !need(cursor, 1)) return false;
    int tag = *cursor->at++;
    if (tag == 116) return members(cursor, depth + 1, in_data, out);
    if (tag == 104) return need(cursor, 1) && elements(cursor, big(cursor, 1), depth + 1, out);
    if (tag == 108)
        return need(cursor, 4) && elements(cursor, big(cursor, 4) + 1, depth + 1, out);
    return scalar(cursor, tag, &value, &text);
}

bool etf_event(const char *text, size_t size, struct event *out) {
    struct cursor cursor = {(const unsigned char *)text, (const unsigned char *)text + size};
    event_clear(out);
    if (!size || *cursor.at++ != 131) return false;
    return term(&cursor, 0, false, out) && cursor.at == cursor.end && out->op >= 0;
}
