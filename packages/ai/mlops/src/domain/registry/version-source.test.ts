import { expect, it } from 'vitest'

import { checkVersionSource } from './version-source.ts'

const refused = expect.objectContaining({ code: 'mlops/invalid-argument' })

it.each([
  's3://bucket/models/1',
  's3://bucket',
  'mlflow-artifacts:/0/abc/artifacts/model',
  'mlflow-artifacts://host:9000/models',
  'models:/m-0123456789abcdef0123456789abcdef',
  'models:/fraud/3',
  'runs:/abc/model',
  'https://host/models/a%20b',
  'dbfs:/models/1',
])('takes %s', (source) => {
  checkVersionSource(source, undefined)
})

it.each([
  '/etc/passwd',
  'file:///etc/passwd',
  'file:/etc/passwd',
  'FILE:///etc',
  'models/1',
  './models',
  String.raw`C:\models`,
  '%2fetc/passwd',
  '',
])('refuses %j, a local path without a run', (source) => {
  expect(() => checkVersionSource(source, undefined)).toThrow(refused)
})

it.each([
  'mlflow-artifacts:/models/../../etc',
  'mlflow-artifacts://host:9000/models/..%2f..%2fartifacts',
  'https://host/models/%252e%252e/etc',
  's3://bucket/a/%2E%2E',
  's3:relative/path',
  'https://host/a%00b',
  'https://host/a?x=/../b',
  String.raw`s3://bucket/a/..\b`,
])('refuses %j', (source) => {
  expect(() => checkVersionSource(source, 'file:///runs')).toThrow(refused)
})

it.each([
  ['/runs/1/artifacts/model', '/runs/1/artifacts'],
  ['file:///runs/1/artifacts/model', 'file:///runs/1/artifacts/'],
  ['/runs/1/artifacts', 'file:///runs/1/artifacts'],
])('takes %s inside %s', (source, root) => {
  checkVersionSource(source, root)
})

it.each([
  ['/runs/1/artifacts2', '/runs/1/artifacts'],
  ['/runs/1/artifacts/../x', '/runs/1/artifacts'],
  ['/runs/1/artifacts/model', 's3://bucket/1'],
])('refuses %s outside %s', (source, root) => {
  expect(() => checkVersionSource(source, root)).toThrow(refused)
})
