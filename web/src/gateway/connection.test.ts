/** The gateway's protocol, with a socket and a clock that the test holds. */
import { expect, test } from "vitest";
import { Connection, type Hearing, type State } from "./connection";

interface Dialled {
  readonly url: string;
  readonly hearing: Hearing;
  readonly said: { op: number; d: unknown }[];
  closed: number | null;
}

function stage() {
  const sockets: Dialled[] = [];
  const events: string[] = [];
  const states: State[] = [];
  let timers: { at: number; then: () => void }[] = [];
  let time = 0;
  const connection = new Connection(
    { url: "ws://here/gateway/", token: "t", properties: {} },
    { onEvent: (name) => events.push(name), onState: (state) => states.push(state) },
    (url, hearing) => {
      const socket: Dialled = { url, hearing, said: [], closed: null };
      sockets.push(socket);
      return {
        send: (text) => socket.said.push(JSON.parse(text) as { op: number; d: unknown }),
        close: (code) => (socket.closed = code ?? 1000),
      };
    },
    {
      now: () => time,
      random: () => 0.5,
      after: (ms, then) => {
        const timer = { at: time + ms, then };
        timers.push(timer);
        return () => (timers = timers.filter((one) => one !== timer));
      },
    },
  );
  const pass = (ms: number) => {
    time += ms;
    const due = timers.filter(({ at }) => at <= time);
    timers = timers.filter(({ at }) => at > time);
    due.forEach(({ then }) => then());
  };
  const last = () => sockets[sockets.length - 1] as Dialled;
  const tell = (op: number, d: unknown, s: number | null = null, t: string | null = null) =>
    last().hearing.onMessage(JSON.stringify({ op, d, s, t }));
  const enter = () => {
    connection.start();
    tell(10, { heartbeat_interval: 1000 });
    tell(0, { session_id: "s", resume_gateway_url: "ws://here/gateway/0" }, 1, "READY");
  };
  return { connection, sockets, events, states, pass, last, tell, enter };
}

test("hello is answered by identify, and READY opens the connection", () => {
  const { connection, states, last, enter } = stage();
  enter();
  expect(last().url).toBe("ws://here/gateway/?v=10&encoding=json");
  expect(last().said[0]?.op).toBe(2);
  expect(connection.state).toBe("open");
  expect(states).toEqual(["connecting", "open"]);
});

test("a lost socket is resumed where the server said, with what was heard last", () => {
  const { states, last, tell, enter, pass } = stage();
  enter();
  tell(0, {}, 7, "TYPING_START");
  last().hearing.onClose(1006);
  expect(states.at(-1)).toBe("waiting");
  pass(500);
  expect(last().url).toBe("ws://here/gateway/0/?v=10&encoding=json");
  tell(10, { heartbeat_interval: 1000 });
  expect(last().said[0]).toEqual({ op: 6, d: { token: "t", session_id: "s", seq: 7 } });
  tell(0, {}, 8, "RESUMED");
  expect(states.at(-1)).toBe("open");
});

test("what cannot be resumed begins anew", () => {
  const { last, tell, enter, pass } = stage();
  enter();
  tell(9, false);
  expect(last().closed).not.toBeNull();
  pass(500);
  tell(10, { heartbeat_interval: 1000 });
  expect(last().said[0]?.op).toBe(2);
});

test("a heartbeat that nobody answers means another socket", () => {
  const { sockets, tell, enter, pass } = stage();
  enter();
  pass(500);
  expect(sockets[0]?.said.at(-1)).toEqual({ op: 1, d: 1 });
  tell(11, null);
  pass(1000);
  pass(1000);
  expect(sockets[0]?.closed).toBe(4900);
  pass(500);
  expect(sockets).toHaveLength(2);
});

test("a token that is refused ends it", () => {
  const { connection, sockets, last, enter, pass } = stage();
  enter();
  last().hearing.onClose(4004);
  pass(60_000);
  expect(connection.state).toBe("ended");
  expect(sockets).toHaveLength(1);
});

test("waits grow up to half a minute, and end at once when somebody asks", () => {
  const { connection, sockets, last, pass } = stage();
  connection.start();
  for (let time = 0; time < 8; time++) {
    last().hearing.onClose(1006);
    pass(30_000);
  }
  expect(sockets).toHaveLength(9);
  last().hearing.onClose(1006);
  pass(1000);
  expect(sockets).toHaveLength(9);
  connection.retry();
  expect(sockets).toHaveLength(10);
});

test("a late word of an old socket is not heard", () => {
  const { sockets, events, tell, enter, pass } = stage();
  enter();
  tell(7, null);
  pass(500);
  sockets[0]?.hearing.onMessage(JSON.stringify({ op: 0, d: {}, s: 9, t: "TYPING_START" }));
  sockets[0]?.hearing.onClose(1006);
  expect(events).toEqual(["READY"]);
  expect(sockets).toHaveLength(2);
});

test("a session that is left is told nothing more, and can be gone on with", () => {
  const { connection, events, states, last, tell, enter } = stage();
  enter();
  tell(0, {}, 7, "TYPING_START");
  connection.leave();
  last().hearing.onClose(4900);
  tell(0, {}, 8, "TYPING_START");
  expect(last().closed).toBe(4900);
  expect(events).toEqual(["READY", "TYPING_START"]);
  expect(states.at(-1)).toBe("open");
  expect(connection.held).toEqual({ id: "s", url: "ws://here/gateway/0/", sequence: 7 });
});
