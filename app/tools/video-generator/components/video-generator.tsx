'use client'

import { useModels } from '#lib/ai/api/use-models'
import { useVideoGenerator } from '../hooks/use-video-generator.ts'
import { Composer } from './composer.tsx'
import type { DeepLink } from './deep-link.ts'
import { History } from './history.tsx'
import { usePictures } from './inputs/use-pictures.ts'
import { LiveRegion } from '#components/ui/live-region'
import { ModelsError } from './models-error.tsx'
import { StageSection } from './stage-section.tsx'
import { StartError } from './start-error.tsx'
import { StudioDialogs } from './studio-dialogs.tsx'
import { StudioHeader } from './studio-header.tsx'
import { useComposerForm } from './use-composer-form.ts'
import { useFreshModels } from './use-fresh-models.ts'
import { useFormNews } from './use-form-news.ts'
import { useStudioActions } from './use-studio-actions.ts'

/** The studio: composer, stage and contact sheet around one generator. */
export function VideoGenerator({ deepLink }: { deepLink: DeepLink }) {
  const { models, error: modelsError, reload } = useModels()
  const generator = useVideoGenerator()
  const form = useComposerForm(models, deepLink)
  const pictures = usePictures(form, generator.announce)
  const actions = useStudioActions({ generator, form, models, pictures })
  const { currentGeneration: current, generations, startError } = generator
  const isEmpty = !current && !generations.length
  const isFirstVisit = isEmpty && !generator.isLoadingHistory && !generator.historyError
  useFormNews(form, { isFirstVisit, startError, announce: generator.announce })
  useFreshModels(current, reload)
  return (
    <>
      <StudioHeader status={generator.connectionStatus} isFollowing={generator.isGenerating} />
      <main className="lg:grid lg:grid-cols-[26rem_1fr]">
        <Composer
          form={form}
          models={models}
          pictures={pictures}
          own={{ views: generations, hasMore: generator.hasMore, loadMore: generator.loadMore }}
          isFirstVisit={isFirstVisit}
          onSubmit={actions.submit}
        >
          {modelsError && <ModelsError problem={modelsError} onReload={reload} />}
          {startError && (
            <StartError
              problem={startError}
              onRetry={() => void generator.retryStart()}
              onDismiss={generator.dismissStartError}
            />
          )}
        </Composer>
        <div className="min-w-0">
          <StageSection current={current} form={form} handlers={actions.handlers} />
          <History generator={generator} actions={actions} />
        </div>
      </main>
      <StudioDialogs actions={actions} />
      <LiveRegion announcement={generator.announcement} />
    </>
  )
}
