'use client'

import { DownloadIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button, buttonStyle } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'

const fileName = 'photofinish-backup-codes.txt'

/** Backup codes, shown once, to be copied or saved as a file. */
export function BackupCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTranslations('account.twoFactor')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const text = `${codes.join('\n')}\n`
  return (
    <div className="border-l-2 border-signal py-1 pl-4 text-sm">
      <h3 ref={heading} tabIndex={-1} className="font-medium">
        {t('backupTitle')}
      </h3>
      <p className="mt-1 text-soft">{t('backupHelp')}</p>
      <ul className="mt-4 grid max-w-sm grid-cols-2 gap-x-6 gap-y-1 font-mono">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Button size="small" onClick={onDone}>
          {t('codesSaved')}
        </Button>
        <CopyButton label={t('copyCodes')} text={text} isLabelled />
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download={fileName}
          className={buttonStyle({ variant: 'quiet', size: 'small' })}
        >
          <DownloadIcon />
          <span>{t('download')}</span>
        </a>
      </div>
    </div>
  )
}
