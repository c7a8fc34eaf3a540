'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { lazyPart } from '#components/ui/lazy-part'
import { LiveRegion } from '#components/ui/live-region'
import { useModels } from '#lib/ai/api/reads/use-models'
import { type FileView, isFinal } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'
import { eventFeed } from '#lib/delivery/feed'
import { type ConnectionIndicatorProps, RoomHeader } from '../../room-header.tsx'
import { useStudioActions } from './actions/use-studio-actions.ts'
import { ModelsError, StartError } from './composer/composer-problems.tsx'
import { Composer } from './composer/composer.tsx'
import type { SettingsProps } from './composer/settings-props.ts'
import type { DeepLink } from './form/deep-link.ts'
import { forgetDraft } from './form/form-draft.ts'
import { useComposerForm } from './form/use-composer-form.ts'
import { useFormNews } from './form/use-form-news.ts'
import { usePictures } from './form/pictures/use-pictures.ts'
import { useReuse } from './actions/use-reuse.ts'
import { useSharedPicture } from './form/pictures/use-shared-picture.ts'
import { useTextsOf } from './form/use-texts-of.ts'
import { History } from './history/history.tsx'
import type { Generator } from './hooks/use-generator.ts'
import type { StudioKind } from './kinds/studio-kind.ts'
import { loadStage, StageSection } from './stage/stage-section.tsx'
import { StudioDialogs } from './studio-dialogs.tsx'
import type { StudioNewsProps } from './studio-news.tsx'

// Loaded with the first start.
const StudioNews = lazyPart<StudioNewsProps>(() => loadNews().catch(() => () => null))

interface StudioProps<Request> {
  kind: StudioKind<Request>
  generator: Generator<Request>
  deepLink: DeepLink
  /** Draws all settings but the prompt. */
  renderSettings: (props: SettingsProps) => ReactNode
}

/** A studio: composer, stage and contact sheet around one generator. */
export function Studio<Request>(props: StudioProps<Request>) {
  const { kind, generator, deepLink, renderSettings } = props
  const { from, reuse, video: _video, image: _image, ...values } = deepLink
  const { models, error: modelsError, reload } = useModels(kind.makes)
  const form = useComposerForm(kind, models, values)
  const pictures = usePictures(form, generator.announce)
  const actions = useStudioActions({ kind, generator, form, models, pictures, prepareStart })
  const { currentGeneration: current, generations, startError } = generator
  const isEmpty = !current && !generations.length
  const isFirstVisit = isEmpty && !generator.isLoadingHistory && !generator.historyError
  useFormNews(form, { isFirstVisit, startError, announce: generator.announce })
  useTextsOf(from, form, generator.announce)
  useReuse(reuse, form, models, { generator, making: actions.making })
  useSharedPicture(form, pictures)
  useFreshModels(current, reload)
  const own = { views: generations, hasMore: generator.hasMore, loadMore: generator.loadMore }
  return (
    <>
      <StudioHeader makes={kind.makes} status={generator.connectionStatus} />
      <main className="lg:grid lg:grid-cols-[26rem_1fr]">
        <Composer
          form={form}
          pictures={pictures}
          isFirstVisit={isFirstVisit}
          onSubmit={actions.submit}
          onTemplates={() => actions.templates.browsing.open(kind.makes)}
          settings={renderSettings({ form, models, pictures, own })}
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
          <History kind={kind.makes} generator={generator} actions={actions} />
        </div>
      </main>
      <StudioDialogs actions={actions} />
      {!isEmpty && <StudioNews generator={generator} />}
      <LiveRegion announcement={generator.announcement} />
    </>
  )
}

/** Loads what a first start needs while it is under way. */
function prepareStart() {
  eventFeed().prepare()
  for (const part of [loadStage(), loadNews()]) part.catch(() => {})
}

async function loadNews() {
  return (await import('./studio-news.tsx')).StudioNews
}

interface StudioHeaderProps extends ConnectionIndicatorProps {
  makes: MediaType
}

/** The header of a studio. */
function StudioHeader({ makes, status }: StudioHeaderProps) {
  const t = useTranslations('studio.stage')
  const skip = { href: '#stage', words: t('skip', { kind: makes }) }
  return <RoomHeader room={makes === 'image' ? 'images' : 'studio'} skip={skip} status={status} />
}

/** Reloads the models when a generation is over: its provider may be in a cooldown now, and its usual time may have changed. */
function useFreshModels(current: FileView | null, reload: () => void) {
  const refresh = useEffectEvent(reload)
  const isOver = current !== null && isFinal(current)
  useEffect(() => {
    if (isOver) refresh()
  }, [isOver])
}
