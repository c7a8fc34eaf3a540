'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { CardBoundary } from '#components/ui/card-boundary'
import type { FileView } from '#lib/contract/file-view'
import type { GenerationHandlers } from '../actions/generation-handlers.tsx'
import type { ComposerForm } from '../form/use-composer-form.ts'
import { IdleStage } from './stage.tsx'

const GenerationStage = lazy(() => loadStage().then((file) => ({ default: file.GenerationStage })))

interface StageSectionProps {
  current: FileView | null
  form: ComposerForm
  handlers: GenerationHandlers
}

/** The region of the stage. It stays mounted while its videos change, and keeps its focus. */
export function StageSection({ current, form, handlers }: StageSectionProps) {
  const t = useTranslations('studio.stage')
  return (
    <section id="stage" tabIndex={-1} aria-labelledby="stage-heading">
      <h2 id="stage-heading" className="sr-only">
        {t('title')}
      </h2>
      {current ? (
        <CardBoundary key={current.id} className="m-8">
          <Suspense fallback={<IdleStage form={form} />}>
            <GenerationStage initial={current} handlers={handlers} />
          </Suspense>
        </CardBoundary>
      ) : (
        <IdleStage form={form} />
      )}
    </section>
  )
}

/** The code of a video's stage, not needed before the first video; loading it with the start costs no time later. */
export function loadStage() {
  return import('./generation-stage.tsx')
}
