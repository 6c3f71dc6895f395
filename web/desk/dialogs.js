// The page's dialogs: each asks one thing, shows what went wrong inside, and keeps what was typed until it went through.

import { byId, element, setText } from "../shared/dom.js";
import { ORDER_TYPES, PRESENCES, personText } from "./words.js";

/**
 * @param {string} id
 * @param {(data: FormData) => string} check returns what is missing, or ""
 */
function createDialog(id, check = () => "") {
  const dialog = byId(id);
  const form = dialog.querySelector("form");
  const error = dialog.querySelector(".error-box");
  const submit = form.querySelector('[type="submit"]');
  let act = async () => {};

  form.querySelector('[value="cancel"]').addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const missing = check(data);
    if (missing) return fail(missing);
    submit.disabled = true;
    fail("");
    try {
      await act(data);
      form.reset();
      dialog.close();
    } catch (failure) {
      fail(Object.values(failure.fields ?? {})[0] ?? failure.message);
    } finally {
      submit.disabled = false;
    }
  });

  function fail(text) {
    setText(error, text);
    error.hidden = !text;
  }

  return {
    dialog,
    form,

    /** @param {string} lead what it is about @param {(data: FormData) => Promise<void>} then */
    ask(lead, then) {
      act = then;
      fail("");
      if (lead) setText(dialog.querySelector(".dialog-lead"), lead);
      if (!dialog.open) dialog.showModal();
    },
  };
}

const field = (data, name) => String(data.get(name) ?? "").trim();

/** @param {object} actions see desk_actions.js */
export function createDialogs(actions) {
  const close = createDialog("dialog-close");
  const transfer = createDialog("dialog-transfer", (data) => (data.get("to") ? "" : "请选择转给谁。"));
  const dismiss = createDialog("dialog-dismiss", (data) => (field(data, "reason") ? "" : "请写明误报原因。"));
  const signout = createDialog("dialog-signout");
  let offered = () => [];
  let shown = "";
  close.form.elements.type.append(...ORDER_TYPES.map((type) => element("option", { value: type, text: type })));

  return {
    askClose(summary) {
      close.ask(`结束与“${summary.customer}”的会话？结束后不再计时，客户再次来信会开始新的会话。`, (data) => {
        const outcome = Object.fromEntries(["summary", "type"].map((name) => [name, field(data, name)]).filter(([, value]) => value));
        return actions.close(summary.id, outcome);
      });
    },

    askTransfer(summary, state) {
      offered = (now) => targets(now, summary);
      shown = "";
      this.render(state);
      transfer.ask(`“${summary.customer}”的会话转给：`, (data) => actions.transfer(summary.id, data.get("to"), field(data, "note")));
    },

    /** A colleague who comes online or is full meanwhile shows so in the open dialog; the choice made stays. */
    render(state) {
      const rows = offered(state);
      if (JSON.stringify(rows) === shown) return;
      shown = JSON.stringify(rows);
      const choices = transfer.form.querySelector(".choices");
      const chosen = new FormData(transfer.form).get("to");
      choices.replaceChildren(choices.firstElementChild, ...rows.map(choiceRow));
      for (const input of choices.querySelectorAll("input")) input.checked = input.value === chosen && !input.disabled;
    },

    askDismiss(summary) {
      dismiss.ask("", (data) => actions.dismiss(summary.id, field(data, "reason")));
    },

    askSignout(own) {
      signout.ask(`您还有 ${own} 个进行中的会话。建议先转给同事或置为下线。仍要退出吗？`, () => actions.signOut());
    },
  };
}

function targets({ staff, me, skillGroups }, summary) {
  const people = [...staff.values()]
    .filter(({ staff_id, role }) => staff_id !== me.staff_id && staff_id !== summary.staff_id && ["agent", "lead"].includes(role))
    .sort((a, b) => Number(b.presence === "online") - Number(a.presence === "online") || a.load - b.load || a.staff_id.localeCompare(b.staff_id));
  return [
    ...people.map((person) => ({
      to: person.staff_id,
      text: personText(person),
      about: `${PRESENCES[person.presence] ?? person.presence} · 接待 ${person.load}/${person.capacity}${person.load >= person.capacity ? " · 已满" : ""}`,
      disabled: person.presence !== "online",
    })),
    ...skillGroups.map((name) => ({ to: name, text: `技能组：${name}`, about: "由组里的空闲坐席接入；没有时由其他人接入" })),
    ...(summary.owner === "queue" ? [] : [{ to: "queue", text: "回到队列", about: "由下一位空闲坐席接入" }]),
    { to: "assistant", text: "交回智能助手", about: "客户继续与智能助手对话" },
  ];
}

function choiceRow({ to, text, about, disabled }) {
  const input = element("input", { type: "radio", name: "to", value: to, disabled });
  return element("label", { class: "choice" }, input, element("span", { text }), element("span", { class: "soft", text: about }));
}
