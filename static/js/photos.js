// Photos of kept forms: too large for localStorage, so they lie in a database of the browser.

const STORE = "photos";

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("bench", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function run(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const work = database.transaction(STORE, mode);
      const asked = act(work.objectStore(STORE));
      work.oncomplete = () => resolve(asked.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  } finally {
    database.close();
  }
}

export const put = (key, file) => run("readwrite", (store) => store.put(file, key));
export const get = (key) => run("readonly", (store) => store.get(key));
export const drop = (key) => run("readwrite", (store) => store.delete(key));
