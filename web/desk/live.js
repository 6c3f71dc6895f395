// The live frames of the /desk namespace, handed on under their own names.

import { io } from "../vendor/socket.io.esm.min.js";
import { createConnection } from "../shared/connection.js";

const FRAMES = [
  "snapshot",
  "conversation",
  "message",
  "delivery",
  "note",
  "staff",
  "typing",
  "warning",
  "breach",
  "alarm",
  "alarm_over",
  "absence",
  "board",
  "order",
  "order_reminder",
  "whisper",
  "limit",
  "broadcast",
  "inspection",
  "signed_out",
];

/**
 * @param {{clock: object, onFrame: (type: string, body: object) => void, onState: (state: "open" | "lost") => void}} parts
 */
export function createLive({ clock, onFrame, onState }) {
  const socket = io("/desk", { autoConnect: false, transports: ["websocket", "polling"], reconnectionDelay: 500, reconnectionDelayMax: 5000 });
  const connection = createConnection({ socket, clock, onState });
  for (const frame of FRAMES) socket.on(frame, (body) => onFrame(frame, body ?? {}));

  return {
    open: () => connection.open(),
    wake: () => connection.wake(),
    close: () => connection.close(),
    typing: (conversation_id, on) => socket.connected && socket.emit("typing", { conversation_id, on }),
    seen: (conversation_id, seq) => socket.connected && socket.emit("seen", { conversation_id, seq }),
  };
}
