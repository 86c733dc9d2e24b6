import type { JSX } from 'preact'

/** The ways to a report in HTML: to read it, and to keep it. */
export function ReportLinks({ path, file }: { readonly path: string; readonly file: string }): JSX.Element {
  return (
    <p>
      <a href={path} target="_blank" rel="noopener">
        Report to read or print
      </a>{' '}
      <a href={path} download={file}>
        Download it
      </a>
    </p>
  )
}
