import { describe, expect, it } from 'vitest'

import { MlopsError } from '../errors.ts'
import { limits } from '../limits.ts'
import { checkArtifactPath } from './artifact-path.ts'
import { checkKey } from './key.ts'
import { checkText } from './text.ts'
import {
  checkArtifactLocation,
  checkDatasetInput,
  checkFolder,
  checkNewExperiment,
  checkNewLoggedModel,
} from './things.ts'

function refuses(work: () => void, details: Readonly<Record<string, unknown>> = {}): void {
  expect(work).toThrow(
    expect.objectContaining({ code: 'mlops/invalid-argument', details: expect.objectContaining(details) }),
  )
}

describe('keys', () => {
  it.each(['loss', 'val/loss', 'a b', 'a.b-c_d:e', 'größe', '日本', '.hidden', 'a..b', 'x'.repeat(250)])(
    'takes %s',
    (key) => {
      expect(() => checkKey('key', key)).not.toThrow()
    },
  )

  it.each([
    '',
    'a//b',
    '/a',
    'a/',
    '.',
    '..',
    '../a',
    '..a',
    'a/../b',
    'a/./b',
    'a?b',
    'a\\b',
    'a\nb',
    'a=b',
    'x'.repeat(251),
  ])('refuses %j', (key) => {
    refuses(() => checkKey('metrics[0].key', key), { field: 'metrics[0].key' })
  })
})

describe('texts', () => {
  it('counts characters, not halves of them', () => {
    expect(() => checkText('t', '😀'.repeat(10), 0, 10)).not.toThrow()
    refuses(() => checkText('t', '😀'.repeat(11), 0, 10), { limit: 10 })
    refuses(() => checkText('t', '\ud800', 0, 10))
  })

  it('refuses what is no text', () => {
    for (const value of [5, null, undefined, {}]) refuses(() => checkText('t', value as never, 0, 10)) // as a caller without types may
  })
})

describe('artifact paths', () => {
  it.each(['a', 'a/b.txt', 'ä/日本.bin', 'a b', '.hidden', '..a', 'a#b', 'a%2e'])('takes %s', (path) => {
    expect(() => checkArtifactPath(path)).not.toThrow()
  })

  it.each([
    '',
    '/a',
    '../a',
    'a/..',
    'a/../b',
    './a',
    'a//b',
    'a/',
    'C:/a',
    'c:a',
    'a\\b',
    '..\\a',
    'a\0',
    'a\n',
    '\\\\host\\share',
  ])('refuses %j', (path) => {
    refuses(() => checkArtifactPath(path), { field: 'path' })
  })
})

it('keeps locations of artifacts to what a path can follow', () => {
  for (const good of ['s3://bucket/a', 'file:///tmp/a', 'mlflow-artifacts:/7', 'https://host/a?x=1'])
    expect(() => checkArtifactLocation(good)).not.toThrow()
  for (const bad of [
    '',
    'runs:/1/a',
    's3://b/a#x',
    's3://b/a;x',
    'https://h/?a=../x',
    'https://h/?a=%2e',
    'x'.repeat(2049),
  ])
    refuses(() => checkArtifactLocation(bad))
})

it('refuses every too long part of a thing, and names it', () => {
  const over = (most: number): string => 'x'.repeat(most + 1)
  refuses(() => checkNewExperiment({ name: over(limits.experimentName) }), { field: 'name' })
  refuses(() => checkNewExperiment({ name: ' ' }), { field: 'name' })
  refuses(() => checkNewExperiment({ name: 'e', tags: { [over(limits.experimentTagKey)]: '' } }))
  refuses(() => checkNewExperiment({ name: 'e', tags: { k: over(limits.experimentTagValue) } }), { field: 'tags.k' })
  for (const bad of ['/a', 'a//b', '..', 'a/', over(limits.folder)]) refuses(() => checkFolder(bad))
  const dataset = { name: 'd', digest: '1', sourceType: '', source: '', tags: {} }
  for (const [part, most] of [
    ['name', limits.datasetName],
    ['digest', limits.datasetDigest],
    ['source', limits.datasetSource],
    ['schema', limits.datasetSchema],
  ] as const) {
    expect(() => checkDatasetInput('datasets[0]', { ...dataset, [part]: 'x'.repeat(most) })).not.toThrow()
    refuses(() => checkDatasetInput('datasets[0]', { ...dataset, [part]: over(most) }), {
      field: `datasets[0].${part}`,
    })
  }
  refuses(() => checkDatasetInput('d', { ...dataset, tags: { k: over(limits.inputTagValue) } }))
  refuses(() => checkNewLoggedModel({ experimentId: '0', params: { p: over(limits.paramValue) } }))
  expect(MlopsError.is(new Error('no'))).toBe(false)
})
