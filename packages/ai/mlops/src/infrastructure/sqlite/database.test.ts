import { expect, it } from 'vitest'

import { MlopsError } from '../../domain/errors.ts'
import { Database } from './database.ts'

it('keeps each write of a turn alone: one that throws harms no other', async () => {
  const database = new Database({
    path: ':memory:',
    migrations: [{ name: 'test', sql: 'CREATE TABLE t (x INTEGER) STRICT' }],
  })
  const insert = (x: number) => database.write(() => void database.sql('INSERT INTO t VALUES (?)').run(x))
  const outcomes = await Promise.allSettled([
    insert(1),
    database.write(() => {
      database.sql('INSERT INTO t VALUES (?)').run(2)
      throw new MlopsError('mlops/invalid-argument', 'no')
    }),
    insert(3),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(
    database
      .sql('SELECT x FROM t ORDER BY x')
      .all()
      .map((row) => row['x']),
  ).toEqual([1, 3])
  const last = insert(4)
  await database.close()
  await last
})
