/** The most memory that is copied with each message rather than shared: below this sharing costs more than it saves. */
const COPIED_BYTES = 4096

/**
 * Plain data with its arrays over shared memory, so that messages to several threads carry them without a copy. Arrays
 * that stand there already stay as they are, others are copied once.
 * @param copies - what was copied before, by the memory it came from; added to
 */
export function inSharedMemory(value: unknown, copies: Map<ArrayBufferLike, SharedArrayBuffer>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return sharedView(value, copies)
  if (Array.isArray(value)) return value.map((item) => inSharedMemory(item, copies))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inSharedMemory(part, copies)]))
}

function sharedView(view: ArrayBufferView, copies: Map<ArrayBufferLike, SharedArrayBuffer>): ArrayBufferView {
  const { buffer, byteOffset, byteLength } = view
  if (buffer instanceof SharedArrayBuffer || byteLength <= COPIED_BYTES) return view
  const memory = copies.get(buffer) ?? sharedCopy(buffer)
  copies.set(buffer, memory)
  const View = view.constructor as ViewConstructor // every typed array and DataView is made so
  return new View(memory, byteOffset, 'length' in view ? Number(view.length) : byteLength)
}

type ViewConstructor = new (memory: SharedArrayBuffer, byteOffset: number, length: number) => ArrayBufferView

function sharedCopy(buffer: ArrayBufferLike): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(buffer.byteLength)
  new Uint8Array(memory).set(new Uint8Array(buffer))
  return memory
}
