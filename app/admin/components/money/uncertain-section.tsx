'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { readUncertain, settleByHand } from '#lib/ai/api/people/admin-money'
import type { UncertainEntry } from '#lib/contract/people/admin-money'
import { message } from '#lib/messages/message'
import { FormOf } from '../../../people/entry-fields.tsx'
import { ChargeRow } from '../../../people/money/charge-row.tsx'
import { amountRules, dollarsTyped } from '../../../people/money/dollars.ts'
import { AmountField, FormButtons, NoteField } from '../../../people/money/form-parts.tsx'
import { Section, rowsStyle } from '../../../people/section-page.tsx'
import type { Doing } from '../../../people/use-doing.ts'
import { useEntryForm } from '../../../people/use-entry-form.ts'
import { PagedList } from '../paged-list.tsx'
import { usePages } from '../use-pages.ts'

/** Videos that ended without a known cost: their money waits for a decision. */
export function UncertainSection({ doing }: { doing: Doing }) {
  const t = useTranslations('adminMoney')
  const list = usePages('uncertain', readUncertain)
  const entries = list.pages?.flatMap((page) => page.entries)
  const settled = async () => {
    doing.tell(message('adminMoney.settled'))
    await list.reload()
  }
  return (
    <Section id="uncertain-heading" title={t('uncertain')} help={t('uncertainHelp')}>
      <PagedList list={list} count={entries?.length} none={t('noUncertain')}>
        <ul aria-label={t('uncertain')} className={rowsStyle}>
          {entries?.map((entry) => (
            <ChargeRow key={entry.fileId} entry={entry}>
              <Settling entry={entry} onSettled={settled} />
            </ChargeRow>
          ))}
        </ul>
      </PagedList>
    </Section>
  )
}

interface SettlingProps {
  entry: UncertainEntry
  onSettled: () => Promise<void>
}

function Settling({ entry, onSettled }: SettlingProps) {
  const t = useTranslations('adminMoney')
  const [isOpen, setIsOpen] = useState(false)
  if (isOpen)
    return <SettleForm entry={entry} onSettled={onSettled} onClose={() => setIsOpen(false)} />
  return (
    <Button size="small" className="mt-2" onClick={() => setIsOpen(true)}>
      <span>{t('settle')}</span>
      <span dir="auto" className="sr-only">
        {entry.prompt ?? entry.fileId}
      </span>
    </Button>
  )
}

function SettleForm({ entry, onSettled, onClose }: SettlingProps & { onClose: () => void }) {
  const t = useTranslations()
  const { zeroOrMore } = amountRules
  const wanted = { charge: zeroOrMore, own: zeroOrMore, note: () => undefined }
  const form = useEntryForm(wanted, async ({ charge, own, note }) => {
    const amounts = { chargeUsd: dollarsTyped(charge)!, ownUsd: dollarsTyped(own)! }
    await settleByHand(entry.fileId, { ...amounts, note: note.trim() })
    await onSettled()
  })
  return (
    <div className="mt-4 mb-2">
      <FormOf form={form}>
        <div className="grid gap-5 sm:grid-cols-2">
          <AmountField
            form={form}
            name="charge"
            label={t('adminMoney.charge')}
            defaultValue={String(entry.chargedUsd ?? 0)}
            takesFocus
          />
          <AmountField
            form={form}
            name="own"
            label={t('adminMoney.own')}
            defaultValue={String(entry.ownUsd)}
          />
        </div>
        <NoteField form={form} />
        <FormButtons form={form} label={t('adminMoney.settle')} onClose={onClose} />
      </FormOf>
    </div>
  )
}
