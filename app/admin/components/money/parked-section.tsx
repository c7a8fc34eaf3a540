'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { creditParked, readParked } from '#lib/ai/api/people/admin-money'
import type { ParkedPaymentView } from '#lib/contract/people/admin-money'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { EntryField, FormOf } from '../../../people/entry-fields.tsx'
import { FormButtons, NoteField } from '../../../people/money/form-parts.tsx'
import { Section, rowStyle, rowsStyle } from '../../../people/section-page.tsx'
import { useAnswer } from '../../../people/use-answer.ts'
import type { Doing } from '../../../people/use-doing.ts'
import { useEntryForm } from '../../../people/use-entry-form.ts'

/** Payments without a record, as after a restored backup: an admin says whose each is. Not there where there are none. */
export function ParkedSection({ doing }: { doing: Doing }) {
  const t = useTranslations('adminMoney')
  const { answer: payments, reload } = useAnswer('parked payments', readParked)
  if (!payments || payments.length === 0) return null
  const credited = async (owner: string, usd: number) => {
    doing.tell(message('adminMoney.parkedCredited', { owner, price: { usd } }))
    await reload()
  }
  return (
    <Section id="parked-heading" title={t('parked')} help={t('parkedHelp')}>
      <ul aria-label={t('parked')} className={rowsStyle}>
        {payments.map((payment) => (
          <ParkedRow key={payment.id} payment={payment} onCredited={credited} />
        ))}
      </ul>
    </Section>
  )
}

interface ParkedRowProps {
  payment: ParkedPaymentView
  onCredited: (owner: string, usd: number) => Promise<void>
}

function ParkedRow({ payment, onCredited }: ParkedRowProps) {
  const t = useTranslations('adminMoney')
  const { money, date } = useFormat()
  const [isOpen, setIsOpen] = useState(false)
  const { id, usd, refundedUsd, reason, payerEmail, createdAt } = payment
  return (
    <li className="py-3 text-sm">
      <div className={`${rowStyle} items-start! py-0!`}>
        <div className="min-w-0 flex-1 basis-56">
          <p dir="auto" className="font-medium wrap-anywhere">
            {payerEmail ?? t('unknownPayer')}
          </p>
          <p className="text-soft">{t(`parked_${reason}`)}</p>
          <p className="mt-1 flex flex-wrap gap-x-3 text-soft tabular-nums">
            <time dateTime={createdAt}>{date(createdAt)}</time>
            <code dir="ltr" className="wrap-anywhere">
              {id}
            </code>
          </p>
        </div>
        <div className="text-right tabular-nums">
          <p>{money(usd)}</p>
          {refundedUsd > 0 && (
            <p className="text-soft">{t('parkedRefunded', { price: money(refundedUsd) })}</p>
          )}
        </div>
        {!isOpen && (
          <Button size="small" onClick={() => setIsOpen(true)}>
            <span>{t('credit')}</span>
            <span dir="ltr" className="sr-only">
              {id}
            </span>
          </Button>
        )}
      </div>
      {isOpen && (
        <CreditForm payment={payment} onCredited={onCredited} onClose={() => setIsOpen(false)} />
      )}
    </li>
  )
}

function CreditForm({ payment, onCredited, onClose }: ParkedRowProps & { onClose: () => void }) {
  const t = useTranslations('adminMoney')
  const wanted = {
    owner: (value: string) => (value.trim() ? undefined : message('adminMoney.needOwner')),
    note: () => undefined,
  }
  const form = useEntryForm(wanted, async ({ owner, note }) => {
    const credited = await creditParked(payment.id, { owner: owner.trim(), note: note.trim() })
    await onCredited(credited.owner.name, credited.usd)
  })
  return (
    <div className="mt-4 mb-2">
      <FormOf form={form}>
        <EntryField
          form={form}
          name="owner"
          label={t('owner')}
          autoComplete="off"
          defaultValue={payment.payerEmail ?? ''}
          takesFocus
        />
        <NoteField form={form} />
        <FormButtons form={form} label={t('credit')} onClose={onClose} />
      </FormOf>
    </div>
  )
}
