/** The browser's own socket, clock and dice for the connection. */
import type { Chance, Dial } from "./connection";

const LOST = 1006;

export const dial: Dial = (url, hearing) => {
  const socket = new WebSocket(url);
  let isOver = false;
  const end = (code: number) => {
    if (isOver) return;
    isOver = true;
    hearing.onClose(code);
  };
  socket.onmessage = ({ data }) => hearing.onMessage(data as string);
  socket.onclose = ({ code }) => end(code);
  socket.onerror = () => end(LOST);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: (code) => {
      isOver = true;
      socket.close(code);
    },
  };
};

export const chance: Chance = {
  now: () => Date.now(),
  random: () => Math.random(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** Where this page's server has its gateway. */
export function gatewayUrl(at: Location): string {
  return `${at.protocol === "https:" ? "wss:" : "ws:"}//${at.host}/gateway/`;
}

/** The browser draws no frames of a page that is not seen; then a little later is as good. */
export function nextFrame(then: () => void): void {
  if (document.hidden) setTimeout(then);
  else requestAnimationFrame(then);
}
