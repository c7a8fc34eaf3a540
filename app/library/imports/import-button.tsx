'use client'

import { clsx } from 'clsx'
import { UploadIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#components/ui/button'
import { usePictureDrop } from '../../hooks/use-picture-drop.ts'

interface ImportButtonProps {
  onFiles: (files: File[]) => void
}

/** Chooses files for the library; they can be dropped anywhere on the page too. */
export function ImportButton({ onFiles }: ImportButtonProps) {
  const t = useTranslations('library.import')
  const field = useRef<HTMLInputElement>(null)
  const { isOver } = usePictureDrop(onFiles)
  return (
    <>
      <Button title={t('choose')} onClick={() => field.current?.click()}>
        <UploadIcon aria-hidden="true" />
        <span className="max-sm:sr-only">{t('choose')}</span>
      </Button>
      <input
        ref={field}
        type="file"
        multiple
        accept="video/*,image/png,image/jpeg,image/webp"
        aria-label={t('choose')}
        tabIndex={-1}
        className="hidden"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
      <div
        aria-hidden="true"
        className={clsx(
          'pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-lg border-2 border-dashed border-signal bg-veil text-lg text-on-film',
          !isOver && 'hidden',
        )}
      >
        {t('drop')}
      </div>
    </>
  )
}
