'use client'

import { useSay } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { lazyPart } from '#components/ui/lazy-part'
import { Button } from '#components/ui/button'
import { FieldError } from '#components/ui/form/field'
import type { ModelView } from '#lib/contract/model-view'
import { useDialog } from '../../../../hooks/use-dialog.ts'
import { type Picture, type PicturePlace, picturePlaces } from '../../form/pictures/pictures.ts'
import type { ComposerForm } from '../../form/use-composer-form.ts'
import type { Pictures } from '../../form/pictures/use-pictures.ts'
import { adviseInputs, type InputAdvice } from './advise-inputs.ts'
import { PictureSlot } from './picture-slot.tsx'

const FrameDialog = lazyPart(() => import('./frame-dialog.tsx').then((file) => file.FrameDialog))

interface InputsFieldProps {
  form: ComposerForm
  model: ModelView
  pictures: Pictures
}

/** The pictures it starts from: first frame, last frame and references, as many as the model supports. */
export function PicturesField({ form, model, pictures }: InputsFieldProps) {
  const t = useTranslations('inputs')
  const say = useSay()
  const { values, faults } = form
  const history = useDialog<PicturePlace>()
  const advice = adviseInputs(values, model)
  return (
    <fieldset
      id="inputs"
      tabIndex={-1}
      aria-describedby={faults.inputs ? 'inputs-error' : 'inputs-note'}
    >
      <legend className="mb-1.5 text-sm text-soft">{t('pictures')}</legend>
      <div className="flex flex-wrap gap-x-2.25 gap-y-3">
        {picturePlaces(values.pictures, model.supports).map((place) => (
          <PictureSlot
            key={place.key}
            place={place}
            pictures={pictures}
            onHistory={() => history.open(place)}
          />
        ))}
      </div>
      <p id="inputs-note" className="mt-2 text-tiny text-soft">
        {t('help', { kind: form.makes })}
      </p>
      <UploadFaults shown={values.pictures} pictures={pictures} />
      {advice && <Advice advice={advice} form={form} />}
      <FieldError id="inputs-error" message={faults.inputs} />
      {history.subject && (
        <FrameDialog
          name={say(history.subject.name)}
          kind={form.makes}
          isOpen={history.isOpen}
          onTake={(picture) => pictures.fill(history.subject!, picture)}
          onTakeImage={(view) => pictures.take(history.subject!, view)}
          onClose={history.close}
        />
      )}
    </fieldset>
  )
}

function Advice({ advice, form }: { advice: InputAdvice; form: ComposerForm }) {
  const say = useSay()
  return (
    <output className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <p>{say(advice.sentence)}</p>
      {advice.ways.map(({ label, change }) => (
        <Button
          key={label.key}
          size="small"
          onClick={() => {
            form.change(change)
            form.showFault('inputs', null)
          }}
        >
          {say(label)}
        </Button>
      ))}
    </output>
  )
}

interface UploadFaultsProps {
  shown: readonly Picture[]
  pictures: Pictures
}

/** The pictures that could not be uploaded, why, and a button to retry. */
function UploadFaults({ shown, pictures }: UploadFaultsProps) {
  const t = useTranslations()
  const say = useSay()
  return shown
    .filter(({ problem }) => problem !== null)
    .map((picture) => (
      <div key={picture.key} role="alert" className="mt-2 flex items-center gap-3 text-sm">
        <p className="min-w-0 flex-1 text-pretty text-signal-ink">
          {t('inputs.failed', {
            name: say(picture.name),
            problem: say(picture.problem ?? ''),
          })}
        </p>
        <Button size="small" onClick={() => pictures.retry(picture)}>
          {t('ui.retry')}
        </Button>
      </div>
    ))
}
