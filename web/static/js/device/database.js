// The database of this device: one connection, opened with the page and kept open.
//
// Opening it for each write loses about a third of the last keystrokes when the page is reloaded;
// a connection that is already open loses almost none, and the journal holds those.

const NAME = "xunjian";
const VERSION = 1;

/** The device is full: nothing was written, and whoever wrote must say so. */
export class StorageFull extends Error {}

/** @type {Promise<IDBDatabase> | null} */
let connection = null;

/** @param {IDBDatabase} database */
function layOut(database) {
  database.createObjectStore("drafts", { keyPath: "key" }).createIndex("account", "account");
  const outbox = database.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
  outbox.createIndex("id", "id", { unique: true });
  outbox.createIndex("account", "account");
  database.createObjectStore("photos", { keyPath: "id" });
  database.createObjectStore("kept");
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  connection ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => layOut(request.result);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      // A newer page of another tab may want to change the layout: let it, and open anew.
      database.onversionchange = () => database.close();
      database.onclose = forget;
      resolve(database);
    };
  });
  connection.catch(forget);
  return connection;
}

function forget() {
  connection = null;
}

/** @param {any} error @returns {Error} the same error, or that the device is full. */
function named(error) {
  return error?.name === "QuotaExceededError" ? new StorageFull(error.message) : error;
}

/**
 * Do *work* on *stores* in one transaction and return what it returned once all of it is on disk.
 *
 * @template T
 * @param {string[]} stores
 * @param {IDBTransactionMode} mode
 * @param {(transaction: IDBTransaction) => T | Promise<T>} work asks for nothing but the database
 * @returns {Promise<T>}
 * @throws {StorageFull} where the device has no room; then nothing was written.
 */
export async function within(stores, mode, work) {
  let transaction;
  try {
    transaction = (await opened()).transaction(stores, mode, { durability: "strict" });
  } catch (error) {
    if (error?.name !== "InvalidStateError") throw named(error);
    forget();
    transaction = (await opened()).transaction(stores, mode, { durability: "strict" });
  }
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(named(transaction.error));
  });
  // Both may fail for one reason; the second must not count as unheard.
  finished.catch(() => {});
  try {
    const result = await work(transaction);
    await finished;
    return result;
  } catch (error) {
    // All or nothing; one that the database ended by itself cannot be ended again.
    if (transaction.error === null) abort(transaction);
    throw named(error);
  }
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(named(request.error));
  });
}

if (globalThis.indexedDB) opened();
