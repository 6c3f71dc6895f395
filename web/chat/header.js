// The head of the page: company, who serves the customer, whether the page is connected, how much is unread.

import { setText } from "../shared/dom.js";
import { linkWords, pageTitle, startingWords, statusWords } from "./words.js";

/** @param {(count: number) => void} parts.onUnread */
export function createHeader({ title, link, status, banner, starting, panels, onUnread }) {
  let company = { name: null, hotline: null };
  let unread = 0;

  const showTitle = () => (document.title = pageTitle(company.name, unread));

  return {
    showCompany(facts) {
      company = facts;
      if (facts.name) setText(title, facts.name);
      for (const panel of panels) fillPanel(panel, facts);
      showTitle();
    },

    /** @param {"connecting" | "open" | "lost"} state */
    showLink(state) {
      document.documentElement.dataset.link = state;
      setText(link, linkWords(state));
      banner.hidden = state !== "lost";
      setText(banner, state === "lost" ? linkWords("waiting") : "");
    },

    /** @param {boolean} asked whether the customer has written anything */
    showStatus(now, asked) {
      setText(status, statusWords(now));
      const waits = now?.starting === true && now.owner === "bot";
      starting.hidden = !waits;
      setText(starting, waits ? startingWords({ asked, hotline: company.hotline }) : "");
    },

    countUnread() {
      unread += 1;
      showTitle();
      onUnread(unread);
    },

    clearUnread() {
      if (unread > 0) onUnread(0);
      unread = 0;
      showTitle();
    },
  };
}

/** Fills the `data-fact` places and hides the rows of facts nobody told us. */
function fillPanel(panel, facts) {
  for (const place of panel.querySelectorAll("[data-fact]")) {
    const value = facts[place.dataset.fact];
    if (value) setText(place, value);
    const row = place.closest("[data-row]");
    if (row) row.hidden = !value;
  }
}
