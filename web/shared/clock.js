// The one clock of the pages: the only file that asks for the time or sets a timer. Tests hand in a manual one.

export const browserClock = Object.freeze({
  /** @returns {Date} */
  now: () => new Date(),

  /** Call back once after so many milliseconds. @returns {() => void} cancels it */
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },

  /** Call back every so many milliseconds. @returns {() => void} stops it */
  every(milliseconds, call) {
    const timer = setInterval(call, milliseconds);
    return () => clearInterval(timer);
  },
});
