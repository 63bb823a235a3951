/* A JSON reader in one pass: 64 bytes at a time become bit masks of quotes, colons and brackets, and
 * only brackets, and members of the two objects that matter, are looked at one by one. Strings,
 * escapes, nesting and the shape of members are checked. Servers write no blanks between a key and
 * its colon or comma, and none around the document: that, too, counts as malformed. */
#include "event.h"
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

enum { DEEPEST = 64 };

struct masks { uint64_t quote, backslash, colon, bracket; };

#ifdef __AVX512BW__
static struct masks classify(const char *block) {
    __m512i bytes = _mm512_loadu_si512(block);
    __m512i folded = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
    return (struct masks){
        .quote = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')),
        .backslash = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\')),
        .colon = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(':')),
        .bracket = _mm512_cmpeq_epi8_mask(folded, _mm512_set1_epi8('{'))
                   | _mm512_cmpeq_epi8_mask(folded, _mm512_set1_epi8('}'))};
}
#elif defined __SSE2__
static uint64_t where(__m128i bytes, char wanted, int part) {
    __m128i found = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted));
    return (uint64_t)(unsigned)_mm_movemask_epi8(found) << (part * 16);
}

static struct masks classify(const char *block) {
    struct masks found = {0, 0, 0, 0};
    for (int part = 0; part < 4; part++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(block + part * 16));
        __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        found.quote |= where(bytes, '"', part);
        found.backslash |= where(bytes, '\\', part);
        found.colon |= where(bytes, ':', part);
        found.bracket |= where(folded, '{', part) | where(folded, '}', part);
    }
    return found;
}
#else
static struct masks classify(const char *block) {
    struct masks found = {0, 0, 0, 0};
    for (int i = 0; i < 64; i++) {
        uint64_t bit = 1ull << i;
        if (block[i] == '"') found.quote |= bit;
        else if (block[i] == '\\') found.backslash |= bit;
        else if (block[i] == ':') found.colon |= bit;
        else if (block[i] && strchr("{}[]", block[i])) found.bracket |= bit;
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
#ifdef __PCLMUL__
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)bits), _mm_set1_epi8(-1), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
#else
    for (int shift = 1; shift < 64; shift <<= 1) bits ^= bits << shift;
    return bits;
#endif
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

/* A document on its way: where it ends, how deep the reader is, and in what. */
struct reader {
    const char *text;
    size_t size;
    uint64_t objects;   /* a bit for each open bracket, the innermost the lowest: 1 for an object */
    int depth, data_depth;
    bool in_data;
    struct event *out;
};

/* The inside of the string that begins here, as far as its first quote. */
static struct text string_at(const struct reader *reader, size_t at) {
    if (at >= reader->size || reader->text[at] != '"') return (struct text){reader->text, 0};
    const char *from = reader->text + at + 1;
    const char *end = memchr(from, '"', reader->size - at - 1);
    return (struct text){from, end ? (size_t)(end - from) : 0};
}

static int64_t number_at(const struct reader *reader, size_t at) {
    while (at < reader->size && reader->text[at] == ' ') at++;
    if (at == reader->size || reader->text[at] < '0' || reader->text[at] > '9') return -1;
    return (int64_t)decimal(reader->text + at, reader->size - at);
}

/* Whether the key before a colon is a literal word, which is given with its quotes. */
#define key_is(reader, colon, word) \
    ((colon) >= sizeof(word) && !memcmp((reader)->text + (colon) - sizeof(word) + 1, word, \
                                        sizeof(word) - 1) \
     && ((reader)->text[(colon) - sizeof(word)] == '{' \
         || (reader)->text[(colon) - sizeof(word)] == ','))

static void take_envelope(struct reader *reader, size_t colon) {
    if (key_is(reader, colon, "\"op\"")) reader->out->op = number_at(reader, colon + 1);
    else if (key_is(reader, colon, "\"s\"")) reader->out->seq = number_at(reader, colon + 1);
    else if (key_is(reader, colon, "\"t\"")) reader->out->type = string_at(reader, colon + 1);
    reader->in_data = key_is(reader, colon, "\"d\"");
}

static void take_data(struct reader *reader, size_t colon) {
    if (key_is(reader, colon, "\"id\"")) {
        struct text id = string_at(reader, colon + 1);
        reader->out->id = decimal(id.at, id.size);
    } else if (key_is(reader, colon, "\"content\""))
        reader->out->content = string_at(reader, colon + 1);
    else if (key_is(reader, colon, "\"heartbeat_interval\""))
        reader->out->interval_ms = number_at(reader, colon + 1);
}

/* Members which stand between two brackets: only of an object, and of interest in two of them. */
static bool members(struct reader *reader, size_t block, uint64_t colons) {
    if (!(reader->objects & 1)) return false;
    if (reader->depth == reader->data_depth && reader->in_data)
        for (; colons; colons &= colons - 1)
            take_data(reader, block + (size_t)__builtin_ctzll(colons));
    else if (reader->depth == 1)
        for (; colons; colons &= colons - 1)
            take_envelope(reader, block + (size_t)__builtin_ctzll(colons));
    return true;
}

static bool bracket(struct reader *reader, size_t at) {
    char c = reader->text[at];
    bool object = c == '{' || c == '}';
    if (c == '{' || c == '[') {
        if (reader->depth == DEEPEST || (!reader->depth && at)) return false;
        reader->objects = reader->objects << 1 | object;
        reader->depth++;
        return true;
    }
    if (!reader->depth || (reader->objects & 1) != object) return false;
    reader->objects >>= 1;
    return --reader->depth || at == reader->size - 1;
}

/* Brackets in turn, and the members before each and after the last. */
static bool block_read(struct reader *reader, size_t block, uint64_t brackets, uint64_t colons) {
    for (; brackets; brackets &= brackets - 1) {
        uint64_t before = colons & (brackets ^ (brackets - 1));
        colons ^= before;
        if (before && !members(reader, block, before)) return false;
        if (!bracket(reader, block + (size_t)__builtin_ctzll(brackets))) return false;
    }
    return !colons || members(reader, block, colons);
}

/* Members of the object at `data_depth` are the data, those above the envelope. */
static bool document(const char *text, size_t size, int data_depth, struct event *out) {
    struct reader reader = {text, size, 0, 0, data_depth, data_depth == 1, out};
    uint64_t escape = 0, inside = 0, ended = 0;
    event_clear(out);
    for (size_t at = 0; at < size; at += 64) {
        char tail[64];
        const char *block = text + at;
        if (size - at < 64) {
            memset(tail, ' ', 64);
            memcpy(tail, block, size - at);
            block = tail;
        }
        struct masks found = classify(block);
        uint64_t quotes = found.quote & ~escaped_bits(found.backslash, &escape);
        uint64_t strings = prefix_xor(quotes) ^ inside;
        inside = (uint64_t)((int64_t)strings >> 63);
        uint64_t ends = quotes & ~strings, colons = found.colon & ~strings;
        if (colons & ~(ends << 1 | ended)) return false;
        ended = ends >> 63;
        if (!block_read(&reader, at, found.bracket & ~strings, colons)) return false;
    }
    return size && !inside && !reader.depth && (*text == '{' || *text == '[');
}

bool json_event(const char *text, size_t size, struct event *out) {
    return document(text, size, 2, out) && out->op >= 0;
}

bool json_answer(const char *text, size_t size, struct event *out) {
    return document(text, size, 1, out);
}
