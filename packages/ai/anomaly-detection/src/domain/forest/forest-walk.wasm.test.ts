import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

it('the inlined WebAssembly is what its AssemblyScript source compiles to', () => {
  const file = join(import.meta.dirname, 'forest-walk.wasm.ts')
  const committed = readFileSync(file, 'utf8')
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, '../../../assembly/build.ts')])
    expect(readFileSync(file, 'utf8')).toBe(committed)
  } finally {
    writeFileSync(file, committed)
  }
}, 60_000)
