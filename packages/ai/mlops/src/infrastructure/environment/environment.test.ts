import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { RunObserver } from '../../application/ports/run-observer.ts'
import { ExperimentTracker } from '../../application/tracking/experiment-tracker.ts'
import { openMlopsStore } from '../open-mlops-store.ts'
import { codeVersionObserver } from './code-version.ts'
import { packageVersions, packageVersionsObserver } from './package-versions.ts'
import { systemMetricsObserver } from './system-metrics.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nomaly-environment-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What one run looks like that the observers have watched for a while. */
async function watched(observers: RunObserver[], work: () => Promise<void> = async () => undefined) {
  const store = openMlopsStore({ path: ':memory:' })
  const run = await new ExperimentTracker({ ...store, observers }).startRun()
  await work()
  await run.end()
  const found = await store.runs.find(run.id)
  const files: Record<string, string> = {}
  for (const path of ['code/changes.diff', 'code/untracked.txt', 'environment/packages.json']) {
    const file = await store.artifacts.get(`${found?.artifactLocation.replace('mlflow-artifacts:/', '')}/${path}`)
    if (file === undefined) continue
    const parts: Uint8Array[] = []
    for await (const part of file.content) parts.push(part)
    files[path] = Buffer.concat(parts).toString()
  }
  const history = await store.log.history(run.id, 'system/cpu_utilization_percentage')
  await store.close()
  return { tags: found?.tags ?? {}, metrics: found?.metrics ?? {}, files, history: history.items }
}

describe('system metrics', () => {
  it('are sampled while the run is open and when it ends', async () => {
    const { metrics, history } = await watched([systemMetricsObserver({ everyMs: 40 })], async () => {
      const until = performance.now() + 150
      while (performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5))
    })
    expect(Object.keys(metrics).toSorted()).toEqual([
      'system/cpu_utilization_percentage',
      'system/disk_available_megabytes',
      'system/disk_usage_megabytes',
      'system/disk_usage_percentage',
      'system/process_cpu_utilization_percentage',
      'system/process_memory_usage_megabytes',
      'system/system_memory_usage_megabytes',
      'system/system_memory_usage_percentage',
    ])
    for (const [name, { value }] of Object.entries(metrics)) {
      expect(value, name).toBeGreaterThanOrEqual(0)
      if (name.endsWith('_percentage') && !name.includes('process')) expect(value, name).toBeLessThanOrEqual(100)
    }
    expect(metrics['system/process_memory_usage_megabytes']?.value).toBeGreaterThan(10)
    expect(metrics['system/system_memory_usage_megabytes']?.count).toBeGreaterThan(1)
    expect(history.map(({ step }) => step)).toEqual(history.map(({ step }) => step).toSorted((a, b) => a - b))
  })

  it('leave out a disk that cannot be asked', async () => {
    const { metrics } = await watched([systemMetricsObserver({ path: join(folder, 'none') })])
    expect(Object.keys(metrics).some((name) => name.includes('disk'))).toBe(false)
    expect(metrics['system/system_memory_usage_percentage']?.value).toBeGreaterThan(0)
  })
})

describe('the version of the code', () => {
  const git = (...args: string[]): string => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' })
  const commit = (): string => {
    git('init', '--quiet', '--initial-branch', 'work')
    writeFileSync(join(folder, 'train.ts'), 'one\n')
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'first')
    return git('rev-parse', 'HEAD').trim()
  }

  it('is commit, branch and address without its password', async () => {
    const id = commit()
    git('remote', 'add', 'origin', 'https://me:secret@example.org/x.git')
    const { tags, files } = await watched([codeVersionObserver({ folder })])
    expect(tags).toMatchObject({
      'mlflow.source.git.commit': id,
      'mlflow.source.git.branch': 'work',
      'mlflow.source.git.repoURL': 'https://example.org/x.git',
      'mlflow.source.git.dirty': 'false',
    })
    expect(files).toEqual({})
  })

  it('has what is not committed', async () => {
    commit()
    writeFileSync(join(folder, 'train.ts'), 'two\n')
    writeFileSync(join(folder, 'new.ts'), 'three\n')
    const { tags, files } = await watched([codeVersionObserver({ folder })])
    expect(tags['mlflow.source.git.dirty']).toBe('true')
    expect(files['code/changes.diff']).toContain('-one\n+two')
    expect(files['code/untracked.txt']).toBe('new.ts\n')
    const quiet = await watched([codeVersionObserver({ folder, keepChanges: false })])
    expect(quiet.files).toEqual({})
  })

  it('says where there is no git, or no working copy', async () => {
    const none = await watched([codeVersionObserver({ folder, git: join(folder, 'no-git') })])
    expect(none.tags['nomaly.git']).toBe('git is not installed')
    const outside = await watched([codeVersionObserver({ folder })])
    expect(outside.tags['nomaly.git']).toContain('not a git repository')
    expect(outside.tags['mlflow.source.git.commit']).toBeUndefined()
  })
})

describe('package versions', () => {
  it('are those that are installed', async () => {
    const inside = join(folder, 'src')
    mkdirSync(join(folder, 'node_modules/left'), { recursive: true })
    mkdirSync(inside)
    writeFileSync(join(folder, 'node_modules/left/package.json'), '{ "version": "1.2.3" }')
    const dependencies = { left: '^1.0.0', right: '^2.0.0' }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'me', version: '0.1.0', dependencies }))
    const { tags, files } = await watched([packageVersionsObserver(inside)])
    expect(tags['nomaly.node']).toBe(process.version)
    expect(JSON.parse(files['environment/packages.json'] ?? '')).toMatchObject({
      node: process.version,
      package: 'me@0.1.0',
      dependencies: { left: '1.2.3', right: 'missing' },
    })
  })

  it('are only those of the machine outside of a package', async () => {
    writeFileSync(join(folder, 'package.json'), 'no JSON')
    const { dependencies } = await packageVersions(folder)
    expect(dependencies).toEqual({})
  })
})
