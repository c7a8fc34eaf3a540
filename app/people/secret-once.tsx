'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { TextInput } from '#components/ui/form/text-field'

interface SecretOnceProps {
  title: string
  help: string
  secret: string
  onDone: () => void
}

/** A link that is shown once, and is never seen again. It takes the focus, so that it is not missed. */
export function SecretOnce({ title, help, secret, onDone }: SecretOnceProps) {
  const t = useTranslations('invitations')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="mt-5 border-l-2 border-signal py-1 pl-4">
      <h3 ref={heading} tabIndex={-1} dir="auto" className="font-medium">
        {title}
      </h3>
      <p dir="auto" className="mt-1 text-sm text-pretty text-soft">
        {help}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-2 gap-y-2">
        <TextInput
          readOnly
          dir="ltr"
          aria-label={t('link')}
          value={secret}
          onFocus={({ currentTarget }) => currentTarget.select()}
          className="min-w-0 flex-1 basis-60 font-mono"
        />
        <CopyButton label={t('copy')} text={secret} isLabelled />
        <Button size="small" variant="quiet" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}
