/** The most memory that is copied with each message rather than shared: below this sharing costs more than it saves. */
const COPIED_BYTES = 4096

/**
 * Plain data with its arrays over shared memory, so that messages to several threads carry them without a copy. Arrays
 * that stand there already stay as they are, others are copied once.
 * @param copies - what was copied before; added to
 */
export function inSharedMemory(value: unknown, copies: Map<ArrayBufferView, ArrayBufferView>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return sharedView(value, copies)
  if (Array.isArray(value)) return value.map((item) => inSharedMemory(item, copies))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inSharedMemory(part, copies)]))
}

function sharedView(view: ArrayBufferView, copies: Map<ArrayBufferView, ArrayBufferView>): ArrayBufferView {
  if (view.buffer instanceof SharedArrayBuffer || view.byteLength <= COPIED_BYTES) return view
  const copy = copies.get(view) ?? sharedCopy(view)
  copies.set(view, copy)
  return copy
}

function sharedCopy(view: ArrayBufferView): ArrayBufferView {
  const memory = new SharedArrayBuffer(view.byteLength)
  new Uint8Array(memory).set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
  const View = view.constructor as new (memory: SharedArrayBuffer) => ArrayBufferView // as every view is made
  return new View(memory)
}
