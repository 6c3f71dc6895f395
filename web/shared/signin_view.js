// The sign-in form: what went wrong in words, and how long a locked number has to wait.

import { byId, setText } from "./dom.js";
import { durationText } from "./duration.js";

const EMPTY_NUMBER = "请输入工号。";
const EMPTY_PASSWORD = "请输入密码。";
// The server's own rounded "，请在 15 分钟后再试。" gives way to the countdown.
const WAIT_WORDS = /(，请在[^，。]*后再试)?。?$/;

/** @param {{clock: object, signIn: (staffId: string, password: string) => Promise<void>}} parts */
export function createSigninView({ clock, signIn }) {
  const [screen, form, number, password] = ["signin", "signin-form", "signin-staff", "signin-password"].map(byId);
  const [error, notice, submit] = ["signin-error", "signin-notice", "signin-submit"].map(byId);
  let stopWaiting = () => {};

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    stopWaiting();
    if (!number.value.trim()) return refuse(EMPTY_NUMBER, number);
    if (!password.value) return refuse(EMPTY_PASSWORD, password);
    await attempt();
  });

  async function attempt() {
    setBusy(true);
    tell("");
    notice.hidden = true;
    try {
      await signIn(number.value.trim(), password.value);
      password.value = "";
    } catch (failure) {
      if (failure.retryAfter) waitOut(failure);
      else refuse(failure.message, failure.unreachable ? submit : password);
    } finally {
      setBusy(false);
    }
  }

  function refuse(text, field) {
    tell(text);
    for (const input of [number, password]) input.setAttribute("aria-invalid", String(input === field));
    field.focus();
    if (field === password) password.select();
  }

  /** Counts down on the page; the live region is told once, not every second. */
  function waitOut({ message, retryAfter }) {
    const until = clock.now().getTime() + retryAfter * 1000;
    const left = () => Math.max(0, Math.ceil((until - clock.now().getTime()) / 1000));
    const why = message.replace(WAIT_WORDS, "");
    const words = () => `${why}，请 ${durationText(left())}后再试，或联系管理员。`;
    tell(words());
    error.setAttribute("aria-live", "off");
    const stop = clock.every(1000, () => (left() > 0 ? setText(error, words()) : (stopWaiting(), tell("现在可以重新登录了。"))));
    stopWaiting = () => {
      stop();
      error.removeAttribute("aria-live");
      stopWaiting = () => {};
    };
  }

  function tell(text) {
    setText(error, text);
    error.hidden = !text;
    error.classList.toggle("good", text.startsWith("现在可以"));
  }

  function setBusy(busy) {
    submit.disabled = busy;
    setText(submit, busy ? "正在登录…" : "登录");
  }

  return {
    /** @param {string} [why] why the person is here again @param {string} [staffId] who he was */
    show(why, staffId) {
      screen.hidden = false;
      if (staffId && !number.value) number.value = staffId;
      setText(notice, why ?? "");
      notice.hidden = !why;
      (number.value ? password : number).focus();
    },

    hide() {
      screen.hidden = true;
    },
  };
}
