import { clsx } from 'clsx'
import { ExternalLinkIcon } from 'lucide-react'
import { CopyButton } from '#components/ui/copy-button'
import type { AttemptView, FileView } from '#lib/contract/file-view'
import { type AttemptRun, attemptRuns, spanLabel } from './attempt-label.ts'

interface AttemptListProps {
  view: Pick<FileView, 'attempts'>
  /** Also shows the circumstances, and the provider's ids to copy and look up. */
  hasIds?: boolean
}

/** Every call to a provider in order, with its outcome. */
export function AttemptList({ view: { attempts }, hasIds = false }: AttemptListProps) {
  if (attempts.length === 0) return null
  return (
    <ol aria-label="Attempts" className={clsx('tabular-nums', hasIds ? 'space-y-3' : 'space-y-1')}>
      {attemptRuns(attempts).map((run, index) => (
        <li key={run.attempt.number} dir="auto">
          <span className="text-soft">{`${index + 1}.`}</span> <span>{run.words}</span>
          {run.times > 1 && <span className="text-soft">{`, ${run.times} times`}</span>}
          {hasIds && <Circumstances run={run} />}
          {hasIds && run.attempt.reference && (
            <Reference attempt={run.attempt} id={run.attempt.reference} />
          )}
        </li>
      ))}
    </ol>
  )
}

/** When, for how long, which model, and why this provider. */
function Circumstances({ run }: { run: AttemptRun }) {
  const { startedAt, model, reason } = run.attempt
  const span = spanLabel(run)
  return (
    <p className="text-tiny text-pretty text-soft">
      <time dateTime={startedAt}>{new Date(startedAt).toLocaleString('en-GB')}</time>
      <span>{span ? `, ${span}, ` : ', '}</span>
      <span className="font-mono">{model}</span>
      <span dir="auto" className="block">
        {reason}
      </span>
    </p>
  )
}

function Reference({ attempt, id }: { attempt: AttemptView; id: string }) {
  const { providerLabel, consoleUrl } = attempt
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-tiny text-soft">
      <span dir="auto" className="min-w-0 font-mono">
        {id}
      </span>
      <CopyButton label={`Copy the id at ${providerLabel}`} text={id} />
      {consoleUrl && (
        <a
          href={consoleUrl}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex min-h-6 shrink-0 items-center gap-1 underline underline-offset-4"
        >
          <span>{`Look at ${providerLabel}`}</span>
          <ExternalLinkIcon aria-hidden="true" className="size-3" />
        </a>
      )}
    </div>
  )
}
