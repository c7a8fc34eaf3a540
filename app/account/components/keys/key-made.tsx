'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { TextInput } from '#components/ui/form/text-field'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { NewKeyAnswer } from '#lib/contract/people/api-key'

interface KeyMadeProps {
  made: NewKeyAnswer
  onDone: () => void
}

/** A new key, shown once, with a first call to try it. It takes the focus, so that it is not missed. */
export function KeyMade({ made: { key, view }, onDone }: KeyMadeProps) {
  const t = useTranslations('keys')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const example = view.scopes.includes('read') ? exampleWith(key) : null
  return (
    <div className="border-l-2 border-signal py-1 pl-4">
      <h3 ref={heading} tabIndex={-1} className="font-medium">
        {t('onceTitle')}
      </h3>
      <p className="mt-1 text-sm text-pretty text-soft">{t('onceHelp')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <TextInput
          readOnly
          dir="ltr"
          aria-label={t('key')}
          value={key}
          onFocus={({ currentTarget }) => currentTarget.select()}
          className="min-w-0 flex-1 basis-60 font-mono"
        />
        <CopyButton label={t('copy')} text={key} isLabelled />
      </div>
      {example !== null && (
        <>
          <p className="mt-5 text-sm text-soft">{t('example')}</p>
          <pre
            dir="ltr"
            className="mt-1.5 rounded-md bg-sunken p-3 font-mono text-tiny wrap-anywhere whitespace-pre-wrap"
          >
            {example}
          </pre>
        </>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        {example !== null && <CopyButton label={t('copyExample')} text={example} isLabelled />}
        <Button size="small" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}

function exampleWith(key: string) {
  const url = `${location.origin}${withBasePath('/api/file')}`
  return `curl ${url} \\\n  -H "Authorization: Bearer ${key}"`
}
