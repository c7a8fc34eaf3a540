import { clsx } from 'clsx'
import { ExternalLinkIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CopyButton } from '#components/ui/copy-button'
import type { AttemptView, FileView } from '#lib/contract/file-view'
import { useFormat, useSay } from '#lib/messages/use-say'
import { type AttemptRun, attemptFacts, attemptRuns, spanLabel } from './attempt-label.ts'

interface AttemptListProps {
  view: Pick<FileView, 'attempts'>
  /** Also shows the circumstances, and the provider's ids to copy and look up. */
  hasIds?: boolean
}

/** Every call to a provider in order, with its outcome. */
export function AttemptList({ view: { attempts }, hasIds = false }: AttemptListProps) {
  const t = useTranslations('failure.attempt')
  const say = useSay()
  if (attempts.length === 0) return null
  return (
    <ol
      aria-label={t('title')}
      className={clsx('tabular-nums', hasIds ? 'space-y-3' : 'space-y-1')}
    >
      {attemptRuns(attempts).map((run, index) => (
        <li key={run.attempt.number} dir="auto">
          <span className="text-soft">{`${index + 1}.`}</span>{' '}
          <span>
            {`${run.attempt.providerLabel}: ${attemptFacts(run.attempt).map(say).join(', ')}`}
          </span>
          {run.times > 1 && (
            <span className="text-soft">{`, ${t('times', { count: run.times })}`}</span>
          )}
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
  const { startedAt, model, reason, reasonRef } = run.attempt
  const say = useSay()
  const { timestamp } = useFormat()
  const span = spanLabel(run)
  return (
    <p className="text-tiny text-pretty text-soft">
      <time dateTime={startedAt}>{timestamp(startedAt)}</time>
      <span>{span ? `, ${say(span)}, ` : ', '}</span>
      <span className="font-mono">{model}</span>
      <span dir="auto" className="block">
        {say(reasonRef ?? reason)}
      </span>
    </p>
  )
}

function Reference({ attempt, id }: { attempt: AttemptView; id: string }) {
  const { providerLabel, consoleUrl } = attempt
  const t = useTranslations()
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-tiny text-soft">
      <span dir="auto" className="min-w-0 font-mono">
        {id}
      </span>
      <CopyButton label={t('failure.attempt.copyId')} text={id} />
      {consoleUrl && (
        <a
          href={consoleUrl}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex min-h-6 shrink-0 items-center gap-1 underline underline-offset-4"
        >
          <span>{t('card.action.openProvider', { provider: providerLabel })}</span>
          <ExternalLinkIcon aria-hidden="true" className="size-3" />
        </a>
      )}
    </div>
  )
}
