import { createTree } from '@nx/devkit/testing'
import { expect, it } from 'vitest'

import { packageGenerator } from './package.ts'
import { roomsGenerator } from './rooms.ts'

type Manifest = Record<string, unknown> & { exports: Record<string, unknown>; scripts: Record<string, string> }

function house(): ReturnType<typeof createTree> {
  const tree = createTree()
  tree.write('package.json', JSON.stringify({ engines: { node: '>=22.13' } }))
  packageGenerator(tree, { area: 'data', name: 'quality' })
  return tree
}

const path = 'packages/data/quality/package.json'
const read = (tree: ReturnType<typeof createTree>): Manifest => JSON.parse(tree.read(path, 'utf8') ?? '{}')

it('finds nothing to mend in what the generator wrote', () => {
  expect(roomsGenerator(house())).toEqual({})
})

it('mends what all manifests share and keeps what is a choice', () => {
  const tree = house()
  const good = read(tree)
  const scripts = { build: 'echo', 'build:kernel': 'asc kernel' }
  tree.write(
    path,
    JSON.stringify({
      ...good,
      name: 'quality',
      type: 'commonjs',
      scripts,
      dependencies: { zod: 'catalog:', '@b/a': '^1.0.0' },
    }),
  )

  expect(roomsGenerator(tree).outOfSyncMessage).toContain(path)
  expect(read(tree)).toEqual({
    ...good,
    scripts: { ...good.scripts, 'build:kernel': 'asc kernel' },
    dependencies: { '@b/a': '^1.0.0', zod: 'catalog:' },
  })
  expect(Object.keys(Object(read(tree)['dependencies']))).toEqual(['@b/a', 'zod'])
  expect(roomsGenerator(tree)).toEqual({})
})

it('builds the pages for a browser where there are some', () => {
  const tree = house()
  const plain = String(Object(read(tree)['scripts']).build)
  tree.write('packages/data/quality/web/vite.config.ts', '')
  roomsGenerator(tree)
  expect(Object(read(tree)['scripts']).build).toBe(`${plain} && vite build web --logLevel warn`)
})

it('adds ./testing where the contract suites are, and derives types from the built file', () => {
  const tree = house()
  const good = read(tree)
  tree.write('packages/data/quality/src/testing/index.ts', '')
  tree.write(path, JSON.stringify({ ...good, exports: { './cli': { default: './dist/cli.js' }, ...good.exports } }))
  roomsGenerator(tree)

  expect(Object.entries(read(tree).exports)).toEqual([
    ['.', { types: './dist/index.d.ts', default: './dist/index.js' }],
    ['./cli', { types: './dist/cli.d.ts', default: './dist/cli.js' }],
    ['./testing', { types: './dist/testing/index.d.ts', default: './dist/testing/index.js' }],
    ['./package.json', './package.json'],
  ])
})

it('mends a tsconfig that does more than extend', () => {
  const tree = house()
  tree.write('packages/data/quality/tsconfig.json', '{"compilerOptions":{"strict":false}}')
  roomsGenerator(tree)

  expect(tree.read('packages/data/quality/tsconfig.json', 'utf8')).toBe(
    '{\n  "extends": "../../../tsconfig.base.json"\n}\n',
  )
})
