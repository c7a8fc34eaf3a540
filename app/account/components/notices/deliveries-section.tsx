'use client'

import { useTranslations } from 'next-intl'
import useSWRInfinite from 'swr/infinite'
import { Button } from '#components/ui/button'
import { readDeliveries, sendAgain } from '#lib/ai/api/people/notices'
import { serverNow } from '#lib/contract/answer-headers'
import type { DeliveryPage, DeliveryView } from '#lib/contract/people/notices'
import { ProblemError } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { useFormat, useSay } from '#lib/messages/use-say'
import { Awaited, Section, rowStyle, rowsStyle } from '../../../people/section-page.tsx'
import type { Doing } from '../../../people/use-doing.ts'
import { shortOf } from './settings-sections.tsx'
import { answerWords } from './answer-words.ts'

interface DeliveriesProps {
  /** Whose they are. */
  ofId: string | null
  doing: Doing
}

/** The events that were sent, newest first, with the last answer to each, and a way to send one again. */
export function DeliveriesSection({ ofId, doing }: DeliveriesProps) {
  const t = useTranslations('notices.screen')
  const pageKey = (index: number, before: DeliveryPage | null) =>
    before && !before.nextCursor ? null : (['deliveries', ofId, before?.nextCursor] as const)
  const { data, error, size, setSize, mutate } = useSWRInfinite(pageKey, ([, , cursor]) =>
    readDeliveries(cursor ?? undefined),
  )
  const reload = async () => void (await mutate())
  const deliveries = data?.flatMap((page) => page.deliveries) ?? []
  return (
    <Section id="deliveries-heading" title={t('sent')} help={t('sentHelp')}>
      <Awaited
        answer={data}
        error={error instanceof ProblemError ? error.problem : undefined}
        reload={reload}
      />
      {data && deliveries.length === 0 && <p className="text-sm text-soft">{t('noneSent')}</p>}
      {deliveries.length > 0 && (
        <ul aria-label={t('sent')} className={rowsStyle}>
          {deliveries.map((view) => (
            <DeliveryRow
              key={view.id}
              view={view}
              onAgain={() =>
                doing.run(
                  () => sendAgain(view.id).then(reload),
                  message('notices.screen.againDone'),
                )
              }
            />
          ))}
        </ul>
      )}
      {data?.at(-1)?.nextCursor && (
        <Button size="small" className="mt-4" onClick={() => void setSize(size + 1)}>
          {t('more')}
        </Button>
      )}
    </Section>
  )
}

function DeliveryRow({ view, onAgain }: { view: DeliveryView; onAgain: () => void }) {
  const t = useTranslations('notices.screen')
  const say = useSay()
  const { moment } = useFormat()
  const { kind, url, state, tries, nextAt, answers, createdAt } = view
  const last = answers.at(-1)
  const [name, when] = [t(`kind_${shortOf(kind)}`), moment(createdAt, serverNow())]
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap gap-x-3">
          <span className="font-medium">{name}</span>
          <span className="text-soft tabular-nums">{when}</span>
        </p>
        <p dir="ltr" className="mt-0.5 text-soft wrap-anywhere">
          {url}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-4 text-soft tabular-nums">
          <span className={state === 'failed' ? 'text-signal-ink' : undefined}>
            {t(`state_${state}`, { count: tries })}
          </span>
          {last && last.code !== 'ok' && <span>{say(answerWords(last))}</span>}
          {nextAt !== null && tries > 0 && (
            <span>{t('nextAt', { when: moment(nextAt, serverNow()) })}</span>
          )}
        </p>
      </div>
      <Button
        size="small"
        variant="quiet"
        aria-label={t('againOf', { kind: name, when })}
        onClick={onAgain}
      >
        {t('again')}
      </Button>
    </li>
  )
}
