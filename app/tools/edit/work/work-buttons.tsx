'use client'

import { MaximizeIcon, StepForwardIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { lazyPart } from '#components/ui/lazy-part'
import { useWorkOffers } from '#lib/ai/api/work'
import type { FileView } from '#lib/contract/file-view'
import { useDialog } from '../../../hooks/use-dialog.ts'

const ExtendDialog = lazyPart(() => import('./extend-dialog.tsx').then((file) => file.ExtendDialog))
const UpscaleDialog = lazyPart(() =>
  import('./upscale-dialog.tsx').then((file) => file.UpscaleDialog),
)

/** What a provider can make of a finished video: more of it, and where its provider offers that, a larger one. */
export function WorkButtons({ view }: { view: FileView }) {
  const t = useTranslations('work')
  const offers = useWorkOffers(view.id)
  const extending = useDialog<FileView>()
  const upscaling = useDialog<FileView>()
  const sizes = offers?.upscale ?? []
  return (
    <>
      <Button size="small" variant="quiet" onClick={() => extending.open(view)}>
        <StepForwardIcon />
        <span>{t('extend')}</span>
      </Button>
      {sizes.length > 0 && (
        <Button size="small" variant="quiet" onClick={() => upscaling.open(view)}>
          <MaximizeIcon />
          <span>{t('upscale')}</span>
        </Button>
      )}
      {extending.subject && (
        <ExtendDialog
          extended={{ sourceId: view.id, prompt: view.settings.prompt }}
          isOpen={extending.isOpen}
          onClose={extending.close}
        />
      )}
      {upscaling.subject && (
        <UpscaleDialog sourceId={view.id} isOpen={upscaling.isOpen} onClose={upscaling.close} />
      )}
    </>
  )
}
