// Tones made on the spot. The alarm is one looping buffer, so it keeps sounding while the browser slows a hidden page's timers.

const VOLUME = { alarm: 0.5, warning: 0.22, assigned: 0.18 };
const RATE = 22_050;
const FADE = 0.012; // seconds; without it every tone clicks

/** Each pattern: [frequency in Hz, start, end] in seconds; `length` is one round. */
const PATTERNS = {
  alarm: { length: 2, tones: [[880, 0, 0.3], [660, 0.3, 0.6], [880, 0.6, 0.9], [660, 0.9, 1.2]] },
  warning: { length: 0.6, tones: [[587, 0, 0.16], [784, 0.22, 0.44]] },
  assigned: { length: 0.4, tones: [[523, 0, 0.12], [659, 0.14, 0.3]] },
};

/**
 * Browsers allow sound only after a click or key: call `unlock` from one.
 * @param {{makeContext: () => AudioContext, onBlocked: (blocked: boolean) => void}} parts
 */
export function createSounds({ makeContext, onBlocked }) {
  let context = null;
  let alarm = null;
  const buffers = new Map();

  const blocked = () => context?.state !== "running";

  function open() {
    if (context) return;
    context = makeContext();
    context.addEventListener("statechange", () => onBlocked(blocked()));
  }

  function start(name, loop) {
    if (!context) return null;
    if (!buffers.has(name)) buffers.set(name, render(context, PATTERNS[name]));
    const source = new AudioBufferSourceNode(context, { buffer: buffers.get(name), loop });
    source.connect(new GainNode(context, { gain: VOLUME[name] })).connect(context.destination);
    source.start();
    return source;
  }

  return {
    async unlock() {
      open();
      await context.resume().catch(() => {});
      onBlocked(blocked());
    },

    /** @param {"warning" | "assigned"} name */
    play(name) {
      if (!blocked()) start(name, false);
    },

    /** Sounds from the moment it is on, or from the moment sound is allowed. */
    setAlarm(on) {
      if (on && !alarm) alarm = start("alarm", true);
      if (!on && alarm) {
        alarm.stop();
        alarm = null;
      }
    },

    get blocked() {
      return blocked();
    },

    get alarming() {
      return alarm !== null && !blocked();
    },
  };
}

function render(context, { length, tones }) {
  const buffer = new AudioBuffer({ length: Math.round(length * RATE), sampleRate: RATE, numberOfChannels: 1 });
  const samples = buffer.getChannelData(0);
  for (const [frequency, from, to] of tones) {
    for (let i = Math.round(from * RATE); i < to * RATE; i += 1) {
      const time = i / RATE;
      const edge = Math.min(1, (time - from) / FADE, (to - time) / FADE);
      samples[i] = Math.sin(2 * Math.PI * frequency * time) * Math.max(0, edge);
    }
  }
  return buffer;
}
