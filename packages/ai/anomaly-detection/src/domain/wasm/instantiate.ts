// The part of the WebAssembly API used here; its types belong to the browser's library, which the domain does not have.
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

/** Memory of a kernel, in pages of 65,536 bytes. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
  readonly grow: (pages: number) => number
}

const compiled = new Map<string, object>()

/** Whether this runtime can run a kernel. */
export function hasWasm(): boolean {
  return webAssembly() !== undefined
}

/**
 * A fresh instance of an inlined kernel, with a memory of its own.
 * @param base64 - the module; compiled once
 * @returns its exports; undefined where this runtime has no WebAssembly
 */
export function instantiate(base64: string): unknown {
  const api = webAssembly()
  if (api === undefined) return undefined
  const module = compiled.get(base64) ?? new api.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)))
  compiled.set(base64, module)
  return new api.Instance(module, {}).exports
}

function webAssembly(): WebAssemblyApi | undefined {
  return (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly
}
