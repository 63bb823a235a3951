// The peer in Node: `ws` sends one text frame to every WebSocket for each POST, as epoll_fanout does.
// usage: node ws_fanout.mjs PORT SIZE
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const [port, size] = process.argv.slice(2).map(Number);
let sequence = 0;

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const id = String(++sequence);
    const event = dispatch(id, JSON.parse(Buffer.concat(chunks)));
    for (const socket of sockets.clients) socket.send(event, { binary: false });
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ id }));
  });
});
server.keepAliveTimeout = 120_000;
const sockets = new WebSocketServer({ server, perMessageDeflate: false, skipUTF8Validation: true });

/** What the generator needs of the gateway: HELLO, READY, and an answer to each heartbeat. */
sockets.on("connection", (socket) => {
  socket.on("message", (text) => {
    const { op } = JSON.parse(text);
    if (op === 1) socket.send('{"op":11}');
    else if (op === 2) socket.send(JSON.stringify({ t: "READY", s: sequence, op: 0, d: {} }));
  });
  socket.send('{"op":10,"d":{"heartbeat_interval":41250}}');
});

/** One encoded buffer for all sockets: the cheapest way `ws` offers. */
function dispatch(id, body) {
  const event = { t: "MESSAGE_CREATE", s: sequence, op: 0, d: { id, ...body, pad: "" } };
  event.d.pad = "x".repeat(Math.max(0, size - Buffer.byteLength(JSON.stringify(event))));
  return Buffer.from(JSON.stringify(event));
}

server.listen({ port, host: "127.0.0.1", backlog: 4096 }, () => console.log("ready"));
