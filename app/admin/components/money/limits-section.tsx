'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { readLimits, setLimits } from '#lib/ai/api/people/admin-money'
import type { LimitsView } from '#lib/contract/people/admin-money'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { LimitMeters } from '../../../people/money/limit-meters.tsx'
import { Section, rowStyle, rowsStyle } from '../../../people/section-page.tsx'
import type { Doing } from '../../../people/use-doing.ts'
import { PagedList } from '../paged-list.tsx'
import { usePages } from '../use-pages.ts'
import { LimitForm } from './limit-form.tsx'

/** What may be spent in a day and in a month: by the installation, and by those that have a limit of their own. */
export function LimitsSection({ doing }: { doing: Doing }) {
  const t = useTranslations('adminMoney')
  const list = usePages('limits', readLimits)
  const limits = list.pages?.flatMap((page) => page.limits)
  const [isAdding, setIsAdding] = useState(false)
  const saved = async () => {
    setIsAdding(false)
    doing.tell(message('adminMoney.limitSet'))
    await list.reload()
  }
  return (
    <Section
      id="limits-heading"
      title={t('limits')}
      help={t('limitsHelp')}
      aside={
        !isAdding && (
          <Button size="small" onClick={() => setIsAdding(true)}>
            {t('addLimit')}
          </Button>
        )
      }
    >
      {isAdding && (
        <div className="mb-6">
          <LimitForm
            onSet={(wish, owner) => setLimits({ owner }, wish).then(saved)}
            onClose={() => setIsAdding(false)}
          />
        </div>
      )}
      <PagedList list={list} count={limits?.length} none={t('noLimits')}>
        <ul aria-label={t('limits')} className={rowsStyle}>
          {limits?.map((limit) => (
            <LimitRow key={limit.scope} limit={limit} onSaved={saved} />
          ))}
        </ul>
      </PagedList>
    </Section>
  )
}

interface LimitRowProps {
  limit: LimitsView
  onSaved: () => Promise<void>
}

function LimitRow({ limit, onSaved }: LimitRowProps) {
  const t = useTranslations('adminMoney')
  const [isChanging, setIsChanging] = useState(false)
  const { scope, states } = limit
  const [kind = '', id = ''] = scope.split(':')
  const name = kind === 'installation' ? t('installation') : (limit.name ?? id)
  return (
    <li className="py-3">
      <div className={`${rowStyle} py-0!`}>
        <div className="min-w-0 flex-1 basis-44">
          <p dir="auto" className="font-medium wrap-anywhere">
            {name}
          </p>
          <Amounts limit={limit} />
        </div>
        <Button
          size="small"
          variant="quiet"
          aria-label={t('changeOf', { name })}
          aria-expanded={isChanging}
          onClick={() => setIsChanging(!isChanging)}
        >
          {t('change')}
        </Button>
      </div>
      {isChanging ? (
        <div className="mt-4">
          <LimitForm
            limit={limit}
            onSet={async (wish) => {
              await setLimits({ scope }, wish)
              setIsChanging(false)
              await onSaved()
            }}
            onClose={() => setIsChanging(false)}
          />
        </div>
      ) : (
        states.length > 0 && (
          <div className="mt-3">
            <LimitMeters limits={states} />
          </div>
        )
      )}
    </li>
  )
}

function Amounts({ limit: { dayUsd, monthUsd } }: { limit: LimitsView }) {
  const t = useTranslations('adminMoney')
  const { money } = useFormat()
  return (
    <p className="flex flex-wrap gap-x-4 text-soft tabular-nums">
      {dayUsd === null && monthUsd === null && <span>{t('noLimit')}</span>}
      {dayUsd !== null && <span>{t('aDay', { price: money(dayUsd) })}</span>}
      {monthUsd !== null && <span>{t('aMonth', { price: money(monthUsd) })}</span>}
    </p>
  )
}
