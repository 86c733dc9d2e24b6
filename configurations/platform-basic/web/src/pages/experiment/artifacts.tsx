import type { JSX } from 'preact'

import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { countText } from '../../numbers.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { changeQuery } from '../../place.ts'
import { askMlflow } from './mlflow.ts'

interface Files {
  readonly files?: ReadonlyArray<{ readonly path: string; readonly is_dir: boolean; readonly file_size?: number }>
}

/** The files of a run, folder by folder, each to be downloaded. */
export function Artifacts({ run, path }: { readonly run: string; readonly path: string }): JSX.Element {
  const answer = useAnswer(`${run} ${path}`, (signal) =>
    askMlflow<Files>('artifacts/list', { query: { run_id: run, ...(path !== '' && { path }) }, signal }),
  )
  const link = (file: string): string => `/get-artifact?${new URLSearchParams({ run_id: run, path: file }).toString()}`
  return (
    <>
      {path !== '' && (
        <p>
          <button
            type="button"
            class="quiet"
            onClick={() => changeQuery({ path: path.split('/').slice(0, -1).join('/') })}
          >
            Up
          </button>{' '}
          {path}
        </p>
      )}
      <Answered of={answer}>
        {({ files = [] }) =>
          files.length === 0 ? (
            <p>There are none.</p>
          ) : (
            <DataTable
              label="Files"
              rows={files}
              keyOf={(file) => file.path}
              columns={[
                {
                  title: 'File',
                  show: ({ path: file, is_dir: isFolder }) =>
                    isFolder ? (
                      <button type="button" class="quiet" onClick={() => changeQuery({ path: file })}>
                        {lastOf(file)}/
                      </button>
                    ) : (
                      <a href={link(file)} download={lastOf(file)}>
                        {lastOf(file)}
                      </a>
                    ),
                },
                {
                  title: 'Bytes',
                  show: ({ file_size: size }) => size !== undefined && countText(size),
                  isNumber: true,
                },
              ]}
            />
          )
        }
      </Answered>
    </>
  )
}

const lastOf = (path: string): string => path.split('/').at(-1) ?? path
