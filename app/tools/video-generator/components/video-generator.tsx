'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import { lazyPart } from '#components/ui/lazy-part'
import { LiveRegion } from '#components/ui/live-region'
import { useModels } from '#lib/ai/api/use-models'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { eventFeed } from '#lib/delivery/feed'
import { type ConnectionIndicatorProps, RoomHeader } from '../../../room-header.tsx'
import { useVideoGenerator } from '../hooks/use-video-generator.ts'
import { useStudioActions } from './actions/use-studio-actions.ts'
import { ModelsError, StartError } from './composer/composer-problems.tsx'
import { Composer } from './composer/composer.tsx'
import type { DeepLink } from './form/deep-link.ts'
import { forgetDraft } from './form/form-draft.ts'
import { useComposerForm } from './form/use-composer-form.ts'
import { useFormNews } from './form/use-form-news.ts'
import { usePictures } from './form/use-pictures.ts'
import { useTextsOf } from './form/use-texts-of.ts'
import { History } from './history/history.tsx'
import { loadStage, StageSection } from './stage/stage-section.tsx'
import { StudioDialogs } from './studio-dialogs.tsx'
import type { VideoNewsProps } from './video-news.tsx'

// Loaded with the first video.
const VideoNews = lazyPart<VideoNewsProps>(() => loadNews().catch(() => () => null))

/** The studio: composer, stage and contact sheet around one generator. */
export function VideoGenerator({ deepLink: { from, ...values } }: { deepLink: DeepLink }) {
  const { models, error: modelsError, reload } = useModels()
  const generator = useVideoGenerator()
  const form = useComposerForm(models, values)
  const pictures = usePictures(form, generator.announce)
  const actions = useStudioActions({ generator, form, models, pictures, onStart: prepareStart })
  const { currentGeneration: current, generations, startError } = generator
  const isEmpty = !current && !generations.length
  const isFirstVisit = isEmpty && !generator.isLoadingHistory && !generator.historyError
  useFormNews(form, { isFirstVisit, startError, announce: generator.announce })
  useTextsOf(from, form, generator.announce)
  useFreshModels(current, reload)
  return (
    <>
      <StudioHeader status={generator.connectionStatus} />
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
              onRetry={() =>
                void generator.retryStart().then(({ success }) => success && forgetDraft())
              }
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
      {!isEmpty && <VideoNews generator={generator} />}
      <LiveRegion announcement={generator.announcement} />
    </>
  )
}

/** Loads what a first video needs while its start is under way. */
function prepareStart() {
  eventFeed().prepare()
  for (const part of [loadStage(), loadNews()]) part.catch(() => {})
}

async function loadNews() {
  return (await import('./video-news.tsx')).VideoNews
}

/** The header of the studio. */
function StudioHeader(props: ConnectionIndicatorProps) {
  const t = useTranslations('studio.stage')
  return <RoomHeader room="studio" skip={{ href: '#stage', words: t('skip') }} {...props} />
}

/** Reloads the models when a video is over: its provider may be in a cooldown now, and its usual time may have changed. */
function useFreshModels(current: FileView | null, reload: () => void) {
  const refresh = useEffectEvent(reload)
  const isOver = current !== null && isFinal(current)
  useEffect(() => {
    if (isOver) refresh()
  }, [isOver])
}
