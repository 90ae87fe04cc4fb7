/**
 * The newest fit, kept in this browser so that the next visit begins with an answer. It is only made again when it is lost,
 * so a browser that keeps nothing is told nothing.
 */

const SHELF = 'fit';
const NEWEST = 'newest';

export interface KeptFit {
  read(): Promise<Uint8Array | null>;
  write(fit: Uint8Array): Promise<void>;
}

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open('letdown', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('this browser keeps nothing'));
  });

async function on<T>(mode: IDBTransactionMode, ask: (shelf: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const request = ask(database.transaction(SHELF, mode).objectStore(SHELF));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('this browser keeps nothing'));
    });
  } finally {
    database.close();
  }
}

export const keptFit: KeptFit = {
  async read() {
    const fit: unknown = await on('readonly', (shelf) => shelf.get(NEWEST) as IDBRequest<unknown>).catch(() => null);
    return fit instanceof Uint8Array ? fit : null;
  },
  async write(fit) {
    await on('readwrite', (shelf) => shelf.put(fit, NEWEST)).catch(() => null);
  },
};
