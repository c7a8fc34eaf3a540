'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/form/field'
import { useKeptText } from '#components/ui/form/use-kept-text.ts'
import { LengthNote } from '#components/ui/form/length-note'
import { TextBox } from '#components/ui/form/text-field'
import { AttemptList } from '#components/video/failure/attempt-list'
import { ClosedFrame } from '#components/video/video-frame'
import { DevelopingFrame } from '#components/video/progress/developing-frame'
import { LargeImage } from '#components/video/player/large-image'
import { LargePlayer } from '#components/video/player/large-player'
import { RunningReadout } from '#components/video/progress/running-readout'
import { type SignOfLife, SignalLanes } from '#components/video/progress/signal-lanes'
import type { VideoPrice } from '#components/video/actions/price.ts'
import { VideoFacts } from '#components/video/video-facts'
import { VideoMoments } from '#components/video/video-facts'
import type { NewVersionRequest } from '#lib/contract/chat'
import { type FileView, isFinal } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { isBlank, lengthOf, promptMaxLength } from '#lib/contract/text/plain-text'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { type ArtifactActionsProps, ArtifactActions } from './artifact-actions.tsx'
import { priceLabel, versionPrice, versionRequest } from './versions.ts'

interface LargeArtifactProps extends Omit<ArtifactActionsProps, 'onOpen'> {
  signs: readonly SignOfLife[]
  versionError: string | undefined
  isMaking: boolean
}

/** One video as large as its side of the window allows, with everything known about it. */
export function LargeArtifact(props: LargeArtifactProps) {
  const t = useTranslations('chat.video')
  const { signs, versionError, isMaking, ...actions } = props
  const { view, models, onMake } = actions
  const ratio = view.width / view.height
  return (
    <div className="@container space-y-6">
      <div style={{ width: `min(100%, calc(54dvh * ${ratio}))` }} className="mx-auto">
        <LargeFrame view={view} />
        <SignalLanes view={view} signs={signs} />
      </div>
      {!isFinal(view) && <RunningReadout view={view} />}
      <ArtifactActions {...actions} />
      <PromptEditor
        key={view.id}
        view={view}
        models={models}
        error={versionError}
        isBusy={isMaking}
        onMake={onMake}
      />
      <div className="grid gap-x-10 gap-y-6 border-t border-hairline pt-6 @lg:grid-cols-2">
        <section aria-label={t('settings')}>
          <VideoFacts view={view} />
        </section>
        <section aria-label={t('timeline')}>
          <VideoMoments view={view} />
        </section>
      </div>
      {!view.isDemo && view.attempts.length > 0 && (
        <section aria-label={t('attempts')} className="border-t border-hairline pt-6 text-sm">
          <AttemptList view={view} hasIds />
        </section>
      )}
    </div>
  )
}

function LargeFrame({ view }: { view: FileView }) {
  if (view.status === 'completed')
    return view.type === 'image' ? (
      <LargeImage key={view.id} view={view} />
    ) : (
      <LargePlayer key={view.id} view={view} />
    )
  return isFinal(view) ? <ClosedFrame view={view} /> : <DevelopingFrame view={view} />
}

interface PromptEditorProps {
  view: FileView
  /** Empty until they are known; nothing is made before. */
  models: readonly ModelView[]
  /** Why the last try did not start anything. */
  error: string | undefined
  isBusy: boolean
  onMake: (request: NewVersionRequest) => void
}

/**
 * The prompt of a video, to be changed: every change that is sent is a new version at the price on the button, the old
 * one stays.
 */
function PromptEditor({ view, models, error, isBusy, onMake }: PromptEditorProps) {
  const t = useTranslations('chat.video')
  const [words, setWords, forget] = useKeptText(`version.${view.id}`, view.settings.prompt)
  const prompt = words.trim()
  const isChanged = prompt !== view.settings.prompt
  const price = versionPrice(view, models, { prompt })
  const isTooLong = lengthOf(words) > promptMaxLength
  const canMake = !isBlank(words) && !isTooLong && !isBusy && price !== null
  const isOut = models.length > 0 && !price
  return (
    <form
      aria-label={t('newVersion')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!canMake) return
        forget()
        onMake(versionRequest(view, price, isChanged ? { prompt } : {}))
      }}
    >
      <Field label={t('prompt')} htmlFor="version-prompt" error={error}>
        <TextBox
          id="version-prompt"
          rows={3}
          value={words}
          onChange={({ target }) => setWords(target.value)}
          aria-invalid={!!error}
          aria-describedby={error ? 'version-prompt-error' : 'version-note version-length'}
        />
        <LengthNote id="version-length" length={lengthOf(words)} max={promptMaxLength} />
      </Field>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <MakeButton price={price} isChanged={isChanged} isDisabled={!canMake} />
        <p id="version-note" className="text-tiny text-soft">
          {isOut
            ? t('unavailable', { model: view.modelLabel })
            : t(isChanged ? 'keepsOld' : 'sameWords')}
        </p>
      </div>
    </form>
  )
}

interface MakeButtonProps {
  price: VideoPrice | null
  isChanged: boolean
  isDisabled: boolean
}

function MakeButton({ price, isChanged, isDisabled }: MakeButtonProps) {
  const say = useSay()
  const words = price?.upToUsd
    ? message('chat.video.makePriced', { price: priceLabel(price) })
    : message('chat.video.make')
  return (
    <Button
      type="submit"
      size="small"
      variant={isChanged ? 'primary' : 'outline'}
      disabled={isDisabled}
    >
      <span className="tabular-nums">{say(words)}</span>
    </Button>
  )
}
