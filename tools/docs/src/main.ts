/** Writes docs/detectors.md, docs/why-is-this-row-anomalous.md and their pictures, or with `--check` says which of them are not up to date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describeDetectors, describeEnsembles } from '@nomaly/ai-anomaly-detection'

import { detectorsPage } from './detectors-page.ts'
import { explanationPictures } from './explanation-pictures.ts'
import { explanationsPage } from './explanations-page.ts'
import { onnxPicture } from './onnx-picture.ts'
import { pictureOf } from './picture.ts'

const docs = join(import.meta.dirname, '../../../docs')
const pages = new Map([['detectors.md', detectorsPage()]])
for (const { id } of [...describeDetectors(), ...describeEnsembles()]) pages.set(`pictures/${id}.svg`, pictureOf(id))
pages.set('pictures/train-here-run-anywhere.svg', await onnxPicture())
const explanations = await explanationPictures()
pages.set('why-is-this-row-anomalous.md', explanationsPage(explanations))
for (const [name, picture] of explanations.pictures) pages.set(`pictures/${name}`, picture)

const stale = [...pages].filter(([name, text]) => textOf(join(docs, name)) !== text)
if (process.argv.includes('--check')) {
  for (const [name] of stale) console.log(`docs/${name} is not up to date: npx -y pnpm@12 run docs`)
  console.log(`docs: ${pages.size - stale.length} up to date, ${stale.length} stale`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  for (const [name, text] of stale) {
    mkdirSync(dirname(join(docs, name)), { recursive: true })
    writeFileSync(join(docs, name), text)
  }
  console.log(`docs: ${stale.length} of ${pages.size} written`)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
