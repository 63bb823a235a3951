/* A JSON reader in two passes: mark brackets, colons and the starts of strings 64 bytes at a time,
 * then walk them. Strings, escapes, nesting and the shape of members are checked. */
#include "event.h"
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static uint32_t *marks;
static size_t mark_room;

struct masks { uint64_t quote, backslash, shape; };

#ifdef __SSE2__
static struct masks classify(const char *block) {
    struct masks found = {0, 0, 0};
    for (int part = 0; part < 4; part++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(block + part * 16));
        __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        __m128i braces = _mm_or_si128(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{')),
                                      _mm_cmpeq_epi8(folded, _mm_set1_epi8('}')));
        __m128i colons = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(':'));
        __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
        __m128i slashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
        found.shape |= (uint64_t)_mm_movemask_epi8(_mm_or_si128(braces, colons)) << (part * 16);
        found.quote |= (uint64_t)_mm_movemask_epi8(quotes) << (part * 16);
        found.backslash |= (uint64_t)_mm_movemask_epi8(slashes) << (part * 16);
    }
    return found;
}
#else
static struct masks classify(const char *block) {
    struct masks found = {0, 0, 0};
    for (int i = 0; i < 64; i++) {
        uint64_t bit = 1ull << i;
        if (block[i] == '"') found.quote |= bit;
        else if (block[i] == '\\') found.backslash |= bit;
        else if (block[i] && strchr("{}[]:", block[i])) found.shape |= bit;
    }
    return found;
}
#endif

/* Bits that follow an odd run of backslashes; `carry` crosses the block border. */
static uint64_t escaped_bits(uint64_t backslash, uint64_t *carry) {
    if (!backslash) {
        uint64_t escaped = *carry;
        *carry = 0;
        return escaped;
    }
    const uint64_t odd = 0xAAAAAAAAAAAAAAAAull;
    uint64_t starts = backslash & ~*carry;
    uint64_t codes = (((starts << 1) | odd) - starts) ^ odd;
    uint64_t escaped = codes ^ (backslash | *carry);
    *carry = (codes & backslash) >> 63;
    return escaped;
}

/* Bit i is the parity of all quotes up to and including i: set inside strings. */
static uint64_t prefix_xor(uint64_t bits) {
    for (int shift = 1; shift < 64; shift <<= 1) bits ^= bits << shift;
    return bits;
}

/* Fill `marks`; the count, or -1 when a string never ends. */
static long mark(const char *text, size_t size) {
    if (mark_room < size + 64) {
        mark_room = size * 2 + 64;
        marks = realloc(marks, mark_room * sizeof *marks);
    }
    uint64_t carry = 0, inside = 0;
    long count = 0;
    for (size_t at = 0; at < size; at += 64) {
        char tail[64];
        const char *block = text + at;
        if (size - at < 64) {
            memset(tail, ' ', 64);
            memcpy(tail, block, size - at);
            block = tail;
        }
        struct masks found = classify(block);
        uint64_t quotes = found.quote & ~escaped_bits(found.backslash, &carry);
        uint64_t strings = prefix_xor(quotes) ^ inside;
        inside = (uint64_t)((int64_t)strings >> 63);
        for (uint64_t bits = (found.shape & ~strings) | (quotes & strings); bits; bits &= bits - 1)
            marks[count++] = (uint32_t)(at + (size_t)__builtin_ctzll(bits));
    }
    return inside ? -1 : count;
}

uint64_t decimal(const char *text, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; i++)
        value = value * 10 + (uint64_t)(text[i] - '0');
    return value;
}

void event_clear(struct event *event) {
    *event = (struct event){.op = -1, .seq = -1, .interval_ms = -1};
}

/* A string which opens at one mark and closes somewhere before the next. */
static struct text string_at(const char *text, long i, long count) {
    const char *from = text + marks[i] + 1;
    if (i + 1 >= count) return (struct text){from, 0};
    const char *close = text + marks[i + 1] - 1;
    while (close >= from && *close != '"') close--;
    return (struct text){from, close >= from ? (size_t)(close - from) : 0};
}

/* A member's value: the inside of a string, or what stands before the next mark. */
static struct text value_after(const char *text, long i, long count) {
    if (i + 1 >= count) return (struct text){text, 0};
    const char *from = text + marks[i] + 1, *next = text + marks[i + 1];
    while (from < next && *from == ' ') from++;
    if (from == next && *next == '"') return string_at(text, i + 1, count);
    return (struct text){from, (size_t)(next - from)};
}

static int64_t number(struct text value) {
    if (!value.size || value.at[0] < '0' || value.at[0] > '9') return -1;
    return (int64_t)decimal(value.at, value.size);
}

static void take_envelope(struct text key, const char *text, long i, long count,
                          struct event *out) {
    if (text_is(key, "op")) out->op = number(value_after(text, i, count));
    else if (text_is(key, "s")) out->seq = number(value_after(text, i, count));
    else if (text_is(key, "t")) out->type = value_after(text, i, count);
}

static void take_data(struct text key, const char *text, long i, long count, struct event *out) {
    if (text_is(key, "id")) {
        struct text id = value_after(text, i, count);
        out->id = decimal(id.at, id.size);
    } else if (text_is(key, "content")) out->content = value_after(text, i, count);
    else if (text_is(key, "heartbeat_interval"))
        out->interval_ms = number(value_after(text, i, count));
}

/* Walk the marks; members of the object at `data_depth` are the data, those above the envelope. */
static bool walk(const char *text, size_t size, int data_depth, struct event *out) {
    enum { DEEPEST = 64 };
    char open[DEEPEST];
    int depth = 0;
    bool in_data = data_depth == 1, was_string = false;
    long count = mark(text, size);
    event_clear(out);
    for (long i = 0; i < count; i++) {
        char c = text[marks[i]];
        bool string = c == '"';
        if (!string && c != ':') {
            if (c == '{' || c == '[') {
                if (depth == DEEPEST) return false;
                open[depth++] = c;
            } else if (!depth || open[--depth] != c - 2) return false;
        } else if (!depth) return false;
        else if (c == ':') {
            if (!was_string || open[depth - 1] != '{') return false;
            if (depth == data_depth && in_data)
                take_data(string_at(text, i - 1, count), text, i, count, out);
            else if (depth == 1) {
                struct text key = string_at(text, i - 1, count);
                take_envelope(key, text, i, count, out);
                in_data = text_is(key, "d");
            }
        }
        was_string = string;
    }
    return count >= 0 && depth == 0;
}

bool json_event(const char *text, size_t size, struct event *out) {
    return walk(text, size, 2, out) && out->op >= 0;
}

bool json_answer(const char *text, size_t size, struct event *out) {
    return walk(text, size, 1, out);
}
