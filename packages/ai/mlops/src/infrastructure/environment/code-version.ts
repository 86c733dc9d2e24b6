/** Which code a run was made with, as git tells it. */
import { execFile } from 'node:child_process'

import type { RunObserver } from '../../application/ports/run-observer.ts'

/** How the version of the code is read. */
export interface CodeVersionOptions {
  /** A folder of the working copy; the working directory when absent. */
  readonly folder?: string
  /** The command; `git` when absent. */
  readonly git?: string
  /** Whether changes that are not committed are kept as `code/changes.diff`; true when absent. They may hold what should not be told. */
  readonly keepChanges?: boolean
}

const MOST_BYTES = 20_000_000
const MOST_MS = 10_000

/**
 * Tags a run with MLflow's `mlflow.source.git.commit`, `.branch`, `.repoURL` (without user and password) and `.dirty`. Changes that
 * are not committed become the artifact `code/changes.diff`, names of files that git does not know `code/untracked.txt`. Where git or a
 * working copy is missing, the tag `nomaly.git` says so and nothing else is different.
 */
export function codeVersionObserver({
  folder = process.cwd(),
  git = 'git',
  keepChanges = true,
}: CodeVersionOptions = {}): RunObserver {
  const ask = (...args: ReadonlyArray<string>): Promise<Answer> => run(git, ['-C', folder, ...args])
  return {
    observe: async (tracked) => {
      const commit = await ask('rev-parse', 'HEAD')
      if (commit.kind === 'failed') {
        tracked.setTag('nomaly.git', commit.reason)
        return undefined
      }
      const [branch, url, changes, untracked] = await Promise.all([
        ask('rev-parse', '--abbrev-ref', 'HEAD'),
        ask('config', '--get', 'remote.origin.url'),
        ask('diff', 'HEAD', '--no-color', '--no-ext-diff', '--no-textconv', '--binary'),
        ask('ls-files', '--others', '--exclude-standard'),
      ])
      tracked.setTag('mlflow.source.git.commit', commit.text.trim())
      if (branch.kind === 'answered') tracked.setTag('mlflow.source.git.branch', branch.text.trim())
      if (url.kind === 'answered') tracked.setTag('mlflow.source.git.repoURL', withoutSecrets(url.text.trim()))
      const isClean =
        changes.kind === 'answered' && changes.text === '' && untracked.kind === 'answered' && untracked.text === ''
      tracked.setTag('mlflow.source.git.dirty', String(!isClean))
      if (!keepChanges) return undefined
      if (changes.kind === 'failed') tracked.setTag('nomaly.git', `changes are not kept: ${changes.reason}`)
      else if (changes.text !== '') await tracked.logText('code/changes.diff', changes.text)
      if (untracked.kind === 'answered' && untracked.text !== '')
        await tracked.logText('code/untracked.txt', untracked.text)
      return undefined
    },
  }
}

type Answer =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string }

function run(command: string, args: ReadonlyArray<string>): Promise<Answer> {
  return new Promise((resolve) => {
    // A prompt or a lock would hold the run up.
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' }
    execFile(command, [...args], { maxBuffer: MOST_BYTES, timeout: MOST_MS, env }, (error, text, complaint) => {
      if (error === null) resolve({ kind: 'answered', text })
      else resolve({ kind: 'failed', reason: reasonOf(error, complaint) })
    })
  })
}

function reasonOf(error: Error & { readonly code?: unknown; readonly killed?: boolean }, complaint: string): string {
  if (error.code === 'ENOENT') return 'git is not installed'
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `more than ${MOST_BYTES / 1e6} MB`
  if (error.killed === true) return `no answer within ${MOST_MS / 1000} s`
  return complaint.trim().split('\n')[0]?.slice(0, 200) || 'git failed'
}

// `https://user:token@host/x.git` is a common way to clone in CI.
function withoutSecrets(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1').replace(/\?.*$/, '')
}
