'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { TextInput } from '#components/ui/form/text-field'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { changeSecret } from '#lib/ai/api/people/notices'
import { serverNow } from '#lib/contract/answer-headers'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import type { Doing } from '../../../people/use-doing.ts'

interface SecretRowProps {
  secret: string
  formerUntil: string | null
  doing: Doing
  reload: () => Promise<void>
}

/** What events are signed with: shown on request, copied, replaced. */
export function SecretRow({ secret, formerUntil, doing, reload }: SecretRowProps) {
  const t = useTranslations('notices.screen')
  const { moment } = useFormat()
  const [isShown, setIsShown] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const change = () => {
    setIsAsking(false)
    doing.run(() => changeSecret().then(reload), message('notices.screen.changed'))
  }
  return (
    <div className="mt-8">
      <h3 className="text-sm font-medium">{t('secret')}</h3>
      <p className="mt-1 text-sm text-pretty text-soft">{t('secretHelp')}</p>
      {formerUntil !== null && (
        <p className="mt-1 text-sm text-soft">
          {t('formerUntil', { when: moment(formerUntil, serverNow()) })}
        </p>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {isShown ? (
          <TextInput
            readOnly
            dir="ltr"
            aria-label={t('secret')}
            value={secret}
            onFocus={({ currentTarget }) => currentTarget.select()}
            className="min-w-0 flex-1 basis-60 font-mono"
          />
        ) : (
          <Button size="small" onClick={() => setIsShown(true)}>
            {t('show')}
          </Button>
        )}
        <CopyButton label={t('copySecret')} text={secret} isLabelled />
        <Button size="small" variant="quiet" onClick={() => setIsAsking(true)}>
          {t('change')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('changeTitle')}
        description={t('changeHelp')}
        action={t('change')}
        isOpen={isAsking}
        onConfirm={change}
        onClose={() => setIsAsking(false)}
      />
    </div>
  )
}
