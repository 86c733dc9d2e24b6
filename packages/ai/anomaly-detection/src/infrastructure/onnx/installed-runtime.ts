import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The version of onnxruntime-node that models would be run by; undefined where it is not installed. Loads nothing. */
export function installedOnnxRuntime(): string | undefined {
  try {
    const manifest: unknown = JSON.parse(
      readFileSync(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'), 'utf8'),
    )
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? String(manifest.version)
      : undefined
  } catch {
    return undefined // not there, or not readable: it cannot be loaded either
  }
}
