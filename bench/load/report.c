/* CPU time of other processes, exactness of the deliveries, and the result as one JSON line. */
#define _GNU_SOURCE
#include "load.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t thread_ns(int pid, const char *thread) {
    char path[320];
    unsigned long long spent = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, thread);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    if (fscanf(file, "%llu", &spent) != 1) spent = 0;
    fclose(file);
    return spent;
}

/* Time on a core, of all threads of a process, as the scheduler counted it. */
static uint64_t process_ns(int pid) {
    char path[64];
    uint64_t total = 0;
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *threads = opendir(path);
    if (!threads) return 0;
    for (struct dirent *entry; (entry = readdir(threads));)
        if (entry->d_name[0] != '.') total += thread_ns(pid, entry->d_name);
    closedir(threads);
    return total;
}

/* The processes of a comma list. */
static uint64_t processes_ns(const char *pids) {
    uint64_t total = 0;
    for (const char *at = pids; *at; at = strchr(at, ',') ? strchr(at, ',') + 1 : "")
        total += process_ns(atoi(at));
    return total;
}

/* A process and its children, as they are now: a database may start one for each connection. */
static uint64_t family_ns(int pid) {
    char path[64];
    int child;
    uint64_t total = process_ns(pid);
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *children = fopen(path, "r");
    if (!children) return total;
    while (fscanf(children, "%d", &child) == 1) total += process_ns(child);
    fclose(children);
    return total;
}

/* TCP segments sent by this machine, which has both ends of every connection. */
static uint64_t segments_sent(void) {
    char line[1024];
    unsigned long long sent = 0;
    FILE *counters = fopen("/proc/net/snmp", "r");
    if (!counters) return 0;
    while (fgets(line, sizeof line, counters))
        sscanf(line, "Tcp: %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %llu", &sent);
    fclose(counters);
    return sent;
}

struct moment moment_now(void) {
    return (struct moment){now_ns(), processes_ns(run.options.server_pids),
                           run.options.database_pid ? family_ns(run.options.database_pid) : 0,
                           process_ns(getpid()), segments_sent()};
}

/* Begin a measurement; what was wrong before stays on the record. */
void counters_clear(void) {
    run.issued = run.answered = run.frames = run.wire_bytes = run.delivered_bytes = 0;
    run.expected -= run.delivered;
    run.delivered = 0;
    run.http_us.count = run.delivery_us.count = 0;
    memset(run.statuses, 0, sizeof run.statuses);
}

static int by_value(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void print_samples(const char *name, struct samples *samples) {
    qsort(samples->at, samples->count, sizeof *samples->at, by_value);
    size_t count = samples->count;
    double *at = samples->at;
    if (!count) printf(",\"%s\":null", name);
    else printf(",\"%s\":{\"count\":%zu,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"max\":%.3f}", name,
                count, at[count / 2], at[count * 9 / 10], at[count * 99 / 100], at[count - 1]);
}

/* Subscribers whose set of messages differs from what the server acknowledged. */
static int differing(void) {
    int wrong = 0;
    for (int i = 0; i < run.options.subscribers; i++) {
        const struct subscriber *subscriber = &run.subscribers[i];
        const struct tally *tally = &run.groups[subscriber->group];
        wrong += subscriber->count != tally->acknowledged || subscriber->digest != tally->digest;
    }
    return wrong;
}

static void print_statuses(void) {
    const char *comma = "";
    printf(",\"statuses\":{");
    for (int status = 0; status < 600; status++) {
        if (!run.statuses[status]) continue;
        printf("%s\"%d\":%llu", comma, status, (unsigned long long)run.statuses[status]);
        comma = ",";
    }
    printf("}");
}

static void print_count(const char *name, uint64_t value) {
    printf(",\"%s\":%llu", name, (unsigned long long)value);
}

void report(struct moment from, struct moment to) {
    printf("{\"seconds\":%.6f", (double)(to.clock - from.clock) / 1e9);
    print_count("requests", run.answered);
    print_count("refused", run.refused);
    print_count("broken", run.broken);
    print_count("reconnects", run.reconnects);
    print_count("deliveries", run.delivered);
    print_count("expected", run.expected);
    print_count("wire_bytes", run.wire_bytes);
    print_count("frames", run.frames);
    print_count("payload_size", run.payload_size);
    print_count("gaps", run.gaps);
    print_count("bad_frames", run.bad_frames);
    print_count("lost_sockets", run.lost_sockets);
    print_count("last_close", (uint64_t)run.last_close);
    print_count("differing", (uint64_t)differing());
    print_count("server_ns", to.server - from.server);
    print_count("database_ns", to.database - from.database);
    print_count("own_ns", to.own - from.own);
    print_count("segments", to.segments - from.segments);
    print_statuses();
    print_samples("http_us", &run.http_us);
    print_samples("delivery_us", &run.delivery_us);
    print_samples("ready_ms", &run.ready_ms);
    printf("}\n");
}
