import { expect, test } from 'vitest'

import { parseCommand } from './command-line.ts'

test('without arguments measures everything at all sizes and writes the page', () => {
  const command = parseCommand([])
  expect(command).toMatchObject({ kind: 'speed', detectors: undefined, repetitions: 5, all: false, write: true })
  expect(command.kind === 'speed' && command.sizes[1]).toEqual({ rows: 100_000, columns: 10 })
})

test("reads options after pnpm's own --", () => {
  const args = ['--', '--sizes', '20x3,4x5', '--detectors', 'ecod,hbos', '--reps', '2', '--quiet', '60', '--no-write']
  expect(parseCommand(args)).toEqual({
    kind: 'speed',
    sizes: [
      { rows: 20, columns: 3 },
      { rows: 4, columns: 5 },
    ],
    detectors: ['ecod', 'hbos'],
    repetitions: 2,
    seed: 1,
    quietSeconds: 60,
    all: false,
    write: false,
  })
})

test('--quick runs little and leaves the page alone', () => {
  expect(parseCommand(['--quick'])).toMatchObject({
    sizes: [{ rows: 2000, columns: 10 }],
    repetitions: 1,
    write: false,
  })
})

test('reads the accuracy command', () => {
  expect(parseCommand(['accuracy', '--max-rows', '5000'])).toEqual({
    kind: 'accuracy',
    detectors: undefined,
    mostRows: 5000,
    write: true,
  })
})

test('reads the files and growth commands', () => {
  expect(parseCommand(['files', '--rows', '5000', '--no-write'])).toEqual({
    kind: 'files',
    rows: 5000,
    repetitions: 1,
    seed: 1,
    quietSeconds: 0,
    write: false,
  })
  expect(parseCommand(['growth', '--rows', '8000', '--detectors', 'ecod'])).toEqual({
    kind: 'growth',
    detectors: ['ecod'],
    fewestRows: 100,
    mostRows: 8000,
    seconds: 2,
    seed: 1,
    write: true,
  })
})

test('reads the drift command', () => {
  expect(parseCommand(['drift', '--reps', '5'])).toEqual({ kind: 'drift', repetitions: 5, seed: 1, write: true })
})

test('reads the threads command, and all of them as one', () => {
  const threads = { kind: 'threads', detectors: undefined, threads: 2, repetitions: 3, seed: 1, write: true }
  expect(parseCommand(['threads', '--reps', '3'])).toEqual(threads)
  expect(parseCommand(['all', '--reps', '3'])).toMatchObject({
    kind: 'all',
    commands: [{ kind: 'speed', repetitions: 3 }, { kind: 'files', repetitions: 3 }, { kind: 'growth' }, threads],
  })
  expect(() => parseCommand(['all', '--reps', '0'])).toThrow("--reps is '0'")
})

test.each([
  [['--sizes', '10000'], "'10000' is not a size"],
  [['--sizes', '0x10'], "'0x10' is not a size"],
  [['--reps', '0'], "--reps is '0'"],
  [['--quiet', 'long'], "--quiet is 'long'"],
  [['fast'], "'fast' is no command"],
  [['speed', 'accuracy'], "'accuracy' is too much"],
  [['--colour'], '--colour'],
])('refuses %j', (args, message) => {
  expect(() => parseCommand(args)).toThrow(message)
})

test('reads the command of large data and many connections', () => {
  const connections = 10_000
  expect(parseCommand(['serve-big', '--rows', '5000'])).toEqual({
    kind: 'serve-big',
    rows: 5000,
    connections,
    write: true,
  })
})
