'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { TextBox } from '#components/ui/form/text-field'

interface CodesMadeProps {
  codes: readonly string[]
  onDone: () => void
}

/** New codes, shown once. They take the focus, so that they are not missed. */
export function CodesMade({ codes, onDone }: CodesMadeProps) {
  const t = useTranslations('adminMoney')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const text = codes.join('\n')
  return (
    <div className="border-l-2 border-signal py-1 pl-4">
      <h3 ref={heading} tabIndex={-1} className="font-medium">
        {t('onceTitle', { count: codes.length })}
      </h3>
      <p className="mt-1 text-sm text-pretty text-soft">{t('onceHelp')}</p>
      <TextBox
        readOnly
        dir="ltr"
        aria-label={t('codes')}
        value={text}
        rows={Math.min(codes.length, 8)}
        onFocus={({ currentTarget }) => currentTarget.select()}
        className="mt-3 max-h-60 overflow-y-auto font-mono"
      />
      <div className="mt-2 flex flex-wrap gap-2">
        <CopyButton label={t('copyCodes')} text={text} isLabelled />
        <Button size="small" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}
