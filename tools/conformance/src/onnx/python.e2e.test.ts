import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { outputOf, pythonWith } from '../python-environment.ts'
import { ALLOWED, exportedCases } from './exported-cases.ts'

const scripts = join(import.meta.dirname, '../../onnx')
const folder = mkdtempSync(join(tmpdir(), 'nomaly-onnx-'))
// made once, in a quarter of a minute
const environment = await pythonWith(join(scripts, 'requirements.txt'))
const note = environment.kind === 'absent' ? ` (left out, no Python with onnx and onnxruntime: ${environment.why})` : ''
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const title = "passes Python's checker, and scores in Python's onnxruntime as here, with every exported model"
it.skipIf(environment.kind === 'absent')(`${title}${note}`, { timeout: 300_000 }, async () => {
  const cases = await exportedCases()
  const listed = cases.map(({ name, file, rows, scores }) => {
    const path = join(folder, `${name}.onnx`)
    writeFileSync(path, file)
    return { file: path, columns: rows.columns, rows: [...rows.data], scores: [...scores] }
  })
  const list = join(folder, 'cases.json')
  writeFileSync(list, JSON.stringify(listed))
  const python = environment.kind === 'ready' ? environment.python : ''
  const printed = await outputOf(python, [join(scripts, 'check.py'), list])
  const [versions, ...results] = printed
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

  expect(versions).toEqual({ versions: { onnx: '1.23.2', onnxruntime: '1.31.1' } })
  expect(results).toHaveLength(cases.length)
  for (const [i, { name, dtype }] of cases.entries()) {
    expect(results[i], name).toEqual({
      file: join(folder, `${name}.onnx`),
      dtype: dtype === 'double' ? 'float64' : 'float32',
      difference: expect.toSatisfy((value: number) => value <= ALLOWED[dtype]),
      self_test: expect.toSatisfy((value: number) => value <= ALLOWED[dtype]),
      labels: true,
    })
  }
})
