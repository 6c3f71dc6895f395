// Bytes that wait to be sent: in memory, and beside it in the browser's database, so that they outlive a reload.

const NAME = "gasdesk-files";
const STORE = "files";

/** @param {IDBFactory | undefined} factory where the browser refuses it (private mode), memory must do */
export function createFileStore(factory) {
  const memory = new Map();
  let opening = null;

  function open() {
    opening = opening ?? (factory ? asked(upgrade(factory.open(NAME, 1))) : Promise.reject(new Error("no database")));
    return opening;
  }

  async function run(mode, call) {
    try {
      return await asked(call((await open()).transaction(STORE, mode).objectStore(STORE)));
    } catch {
      return undefined; // private mode, a full disk: the page itself still has it
    }
  }

  return {
    async put(id, bytes) {
      memory.set(id, bytes);
      await run("readwrite", (files) => files.put(bytes, id));
    },
    /** @returns {Promise<Blob | undefined>} */
    get: async (id) => memory.get(id) ?? run("readonly", (files) => files.get(id)),
    async remove(id) {
      memory.delete(id);
      await run("readwrite", (files) => files.delete(id));
    },
  };
}

function upgrade(request) {
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE));
  return request;
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}
