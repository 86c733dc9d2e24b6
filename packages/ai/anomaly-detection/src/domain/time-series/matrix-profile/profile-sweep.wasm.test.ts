import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

it('the inlined WebAssembly is what its AssemblyScript source compiles to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'))
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, '../../../../assembly/build.ts'), folder])
    expect(readFileSync(join(folder, 'profile-sweep.wasm.ts'), 'utf8')).toBe(
      readFileSync(join(import.meta.dirname, 'profile-sweep.wasm.ts'), 'utf8'),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)
