// The company's name, hotline and hours: from the server, remembered for the next time it cannot be asked.

const KEY = "company";
const DELAYS = [3000, 10000, 30000, 60000];

/**
 * @param {object} parts
 * @param {(address: string) => Promise<Response>} parts.fetch
 * @param {(company: {name: string | null, hotline: string | null, hours: string | null, fileMb: number | null}) => void}
 *   parts.onCompany fileMb: the largest file that is taken
 */
export async function loadCompany({ fetch, storage, clock, onCompany }, attempt = 0) {
  if (attempt === 0) onCompany(remembered(storage));
  try {
    const answer = await fetch("/api/public/company");
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const told = await answer.json();
    const company = checkCompany(told);
    storage.set(KEY, JSON.stringify(told));
    onCompany(company);
  } catch {
    const delay = DELAYS[Math.min(attempt, DELAYS.length - 1)];
    clock.after(delay, () => loadCompany({ fetch, storage, clock, onCompany }, attempt + 1));
  }
}

/** Only what is a text is taken over. */
export function checkCompany(value) {
  const text = (part) => (typeof part === "string" && part.trim() !== "" ? part.trim() : null);
  const fileMb = value?.file_mb > 0 ? value.file_mb : null;
  return { name: text(value?.name), hotline: text(value?.hotline), hours: text(value?.hours), fileMb };
}

function remembered(storage) {
  try {
    return checkCompany(JSON.parse(storage.get(KEY)));
  } catch {
    return checkCompany(null);
  }
}
