'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { Field } from '#components/ui/form/field'
import { TextInput } from '#components/ui/form/text-field'
import { useFormat, useSay } from '#lib/messages/use-say'
import { RoomPage } from '../../room-page.tsx'
import { BatchList } from './list/batch-list.tsx'
import { BatchTable } from './table/batch-table.tsx'
import { type BatchForm, useBatchForm } from './use-batch.ts'

const kinds = ['video', 'image'] as const

/** Many videos or images at once: a table of prompts, one price, started whole or not at all. */
export function BatchScreen() {
  const t = useTranslations('batch')
  const form = useBatchForm()
  return (
    <RoomPage room={null}>
      <title>{`${t('title')} · Photofinish`}</title>
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-2 max-w-prose text-pretty text-soft">{t('about')}</p>
      <div className="mt-6 max-w-sm space-y-4">
        <Field label={t('name')} htmlFor="batch-name">
          <TextInput
            id="batch-name"
            dir="auto"
            maxLength={200}
            value={form.name}
            onChange={({ target }) => form.setName(target.value)}
          />
        </Field>
        <ChoiceGroup
          label={t('kind')}
          name="batch-kind"
          options={kinds}
          value={form.kind}
          nameOf={(kind) => t('kindOf', { kind })}
          onChange={form.setKind}
        />
      </div>
      <div className="mt-6">
        <BatchTable form={form} />
      </div>
      <BatchBar form={form} />
      <BatchList />
    </RoomPage>
  )
}

/** The price, then the start: what is started is what was priced. */
function BatchBar({ form }: { form: BatchForm }) {
  const t = useTranslations('batch')
  const format = useFormat()
  const { checked, busy, count } = form
  const estimate = checked?.estimate
  const price = estimate && format.usd(estimate.usd)
  const isWaiting = busy !== undefined || form.isUploading || count === 0
  return (
    <div className="bottom-0 flex flex-wrap items-center gap-4 border-t border-hairline bg-ground py-4 sm:sticky">
      <Outcome form={form} />
      {estimate ? (
        <Button
          variant="primary"
          className="ml-auto"
          disabled={isWaiting}
          onClick={() => void form.start()}
        >
          {t('start', { count, price: price ?? '' })}
        </Button>
      ) : (
        <Button className="ml-auto" disabled={isWaiting} onClick={() => void form.check()}>
          {busy === 'checking' ? t('checking') : t('check', { count })}
        </Button>
      )}
    </div>
  )
}

function Outcome({ form: { checked, isUploading } }: { form: BatchForm }) {
  const t = useTranslations('batch')
  const say = useSay()
  const format = useFormat()
  const { problem, estimate } = checked ?? {}
  return (
    <output className="text-sm">
      {problem && <span className="text-signal-ink">{say(problem.detail)}</span>}
      {isUploading && <span className="text-soft">{t('uploading')}</span>}
      {estimate && estimate.upToUsd > estimate.usd && (
        <span className="text-soft">{t('upTo', { price: format.usd(estimate.upToUsd) })}</span>
      )}
    </output>
  )
}
