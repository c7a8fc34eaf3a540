'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Switch } from '#components/ui/form/switch'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { Tag } from '#components/ui/tag'
import { removeEndpoint, testEndpoint, turnEndpoint } from '#lib/ai/api/people/notices'
import type { EndpointView } from '#lib/contract/people/notices'
import { message } from '#lib/messages/message'
import { rowStyle } from '../../../people/section-page.tsx'
import type { Doing } from '../../../people/use-doing.ts'
import { shortOf } from './settings-sections.tsx'
import { runTest } from './answer-words.ts'

interface EndpointRowProps {
  view: EndpointView
  doing: Doing
  reload: () => Promise<void>
}

/** One endpoint: what it is told, whether it is on, a test, and the way to end it. */
export function EndpointRow({ view, doing, reload }: EndpointRowProps) {
  const t = useTranslations('notices.screen')
  const { id, url, kinds, isOn } = view
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1 basis-52">
        <p dir="ltr" className="font-medium wrap-anywhere">
          {url}
        </p>
        <p className="mt-1 flex flex-wrap gap-1.5">
          {kinds.map((kind) => (
            <Tag key={kind}>{t(`kind_${shortOf(kind)}`)}</Tag>
          ))}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-2">
        <Switch
          label={t('isOn')}
          aria-label={t('turn', { url })}
          checked={isOn}
          onChange={({ target: { checked } }) =>
            doing.run(() => turnEndpoint(id, checked).then(reload), message('notices.screen.saved'))
          }
        />
        <Button
          size="small"
          variant="quiet"
          aria-label={t('testEndpoint', { url })}
          onClick={() => runTest(doing, () => testEndpoint(id))}
        >
          {t('test')}
        </Button>
        <RemoveButton view={view} doing={doing} reload={reload} />
      </div>
    </li>
  )
}

function RemoveButton({ view: { id, url }, doing, reload }: EndpointRowProps) {
  const t = useTranslations('notices.screen')
  const [isAsking, setIsAsking] = useState(false)
  const remove = () => {
    setIsAsking(false)
    doing.run(() => removeEndpoint(id).then(reload), message('notices.screen.removed'))
  }
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-label={t('removeOf', { url })}
        onClick={() => setIsAsking(true)}
      >
        {t('remove')}
      </Button>
      <ConfirmDialog
        title={t('removeTitle')}
        description={t('removeHelp')}
        action={t('remove')}
        isOpen={isAsking}
        onConfirm={remove}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}
