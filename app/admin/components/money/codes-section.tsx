'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { readCodes, revokeCodes } from '#lib/ai/api/people/admin-money'
import type { CodeBatchView } from '#lib/contract/people/credits'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { Section, rowStyle, rowsStyle } from '../../../people/section-page.tsx'
import type { Doing } from '../../../people/use-doing.ts'
import { PagedList } from '../paged-list.tsx'
import { usePages } from '../use-pages.ts'
import { CodeForm } from './code-form.tsx'
import { CodesMade } from './codes-made.tsx'

/** Codes that add credits: made in batches, listed, revoked. */
export function CodesSection({ doing }: { doing: Doing }) {
  const t = useTranslations('adminMoney')
  const list = usePages('codes', readCodes)
  const batches = list.pages?.flatMap((page) => page.batches)
  const [isMaking, setIsMaking] = useState(false)
  const [made, setMade] = useState<readonly string[]>()
  const keep = (codes: readonly string[]) => {
    setMade(codes)
    setIsMaking(false)
    void list.reload()
  }
  return (
    <Section
      id="codes-heading"
      title={t('codes')}
      help={t('codesHelp')}
      aside={
        !isMaking &&
        !made && (
          <Button size="small" onClick={() => setIsMaking(true)}>
            {t('makeCodes')}
          </Button>
        )
      }
    >
      {isMaking && <CodeForm onMade={keep} onClose={() => setIsMaking(false)} />}
      {made && <CodesMade codes={made} onDone={() => setMade(undefined)} />}
      <div className="not-first:mt-6">
        <PagedList list={list} count={batches?.length} none={t('noCodes')}>
          <ul aria-label={t('codes')} className={rowsStyle}>
            {batches?.map((batch) => (
              <BatchRow
                key={batch.id}
                batch={batch}
                onRevoke={() =>
                  doing.run(
                    () => revokeCodes(batch.id).then(list.reload),
                    message('adminMoney.codesRevoked'),
                  )
                }
              />
            ))}
          </ul>
        </PagedList>
      </div>
    </Section>
  )
}

interface BatchRowProps {
  batch: CodeBatchView
  onRevoke: () => void
}

function BatchRow({ batch, onRevoke }: BatchRowProps) {
  const t = useTranslations('adminMoney')
  const { money, date } = useFormat()
  const [isAsking, setIsAsking] = useState(false)
  const { usd, count, used, revoked, note, createdAt, expiresAt } = batch
  const name = t('batch', { count, price: money(usd) })
  const left = count - used - revoked
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1 basis-44">
        <p className="tabular-nums">{name}</p>
        <p className="flex flex-wrap gap-x-4 text-soft tabular-nums">
          <span>{t('used', { count: used })}</span>
          {revoked > 0 && <span>{t('revoked', { count: revoked })}</span>}
          <span>{t('made', { date: date(createdAt) })}</span>
          {expiresAt !== null && <span>{t('until', { date: date(expiresAt) })}</span>}
        </p>
        {note && (
          <p dir="auto" className="text-soft wrap-anywhere">
            {note}
          </p>
        )}
      </div>
      {left > 0 && (
        <Button
          size="small"
          variant="quiet"
          aria-label={t('revokeOf', { batch: name })}
          onClick={() => setIsAsking(true)}
        >
          {t('revoke')}
        </Button>
      )}
      <ConfirmDialog
        title={t('revokeTitle', { count: left })}
        description={t('revokeHelp')}
        action={t('revoke')}
        isOpen={isAsking}
        onConfirm={() => {
          setIsAsking(false)
          onRevoke()
        }}
        onClose={() => setIsAsking(false)}
      />
    </li>
  )
}
