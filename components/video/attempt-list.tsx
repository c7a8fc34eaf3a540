import { ExternalLinkIcon } from 'lucide-react'
import { CopyButton } from '#components/ui/copy-button'
import type { AttemptView } from '#lib/contract/attempt-view'
import type { FileView } from '#lib/contract/file-view'
import { attemptRuns } from './attempt-words.ts'

interface AttemptListProps {
  view: Pick<FileView, 'attempts'>
  /** With the provider's own ids, to copy and to look up. */
  hasIds?: boolean
}

/** Every call to a provider in order, and what became of it. */
export function AttemptList({ view: { attempts }, hasIds = false }: AttemptListProps) {
  if (attempts.length === 0) return null
  return (
    <ol aria-label="Attempts" className="space-y-1 tabular-nums">
      {attemptRuns(attempts).map(({ attempt, words, times }, index) => (
        <li key={attempt.number} className="wrap-anywhere">
          <span className="text-soft">{index + 1}.</span> {words}
          {times > 1 && <span className="text-soft">, {times} times</span>}
          {hasIds && attempt.reference && <Reference attempt={attempt} id={attempt.reference} />}
        </li>
      ))}
    </ol>
  )
}

function Reference({ attempt, id }: { attempt: AttemptView; id: string }) {
  const { providerLabel, consoleUrl } = attempt
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-tiny text-soft">
      <span className="font-mono break-all">{id}</span>
      <CopyButton label={`Copy the id at ${providerLabel}`} text={id} />
      {consoleUrl && (
        <a
          href={consoleUrl}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex min-h-6 shrink-0 items-center gap-1 underline underline-offset-4"
        >
          Look at {providerLabel}
          <ExternalLinkIcon aria-hidden="true" className="size-3" />
        </a>
      )}
    </div>
  )
}
