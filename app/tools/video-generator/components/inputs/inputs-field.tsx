'use client'

import { Button } from '#components/ui/button'
import { FieldError } from '#components/ui/field-error'
import type { ModelView } from '#lib/contract/model-view'
import type { ComposerForm } from '../use-composer-form.ts'
import { adviseInputs, type InputAdvice } from './advise-inputs.ts'
import { picturePlaces } from './picture-places.ts'
import { PictureSlot } from './picture-slot.tsx'
import { UploadFaults } from './upload-faults.tsx'
import type { Pictures } from './use-pictures.ts'

interface InputsFieldProps {
  form: ComposerForm
  model: ModelView
  pictures: Pictures
}

/** The pictures a video begins with, ends with or takes likenesses from; as many places as the model has. */
export function InputsField({ form, model, pictures }: InputsFieldProps) {
  const { values, faults } = form
  const advice = adviseInputs(values, model)
  return (
    <fieldset
      id="inputs"
      tabIndex={-1}
      aria-describedby={faults.inputs ? 'inputs-error' : 'inputs-note'}
    >
      <legend className="mb-1.5 text-sm text-soft">Pictures</legend>
      <div className="flex flex-wrap gap-x-2.25 gap-y-3">
        {picturePlaces(values.pictures, model.supports).map((place) => (
          <PictureSlot key={place.key} place={place} pictures={pictures} />
        ))}
      </div>
      <p id="inputs-note" className="mt-2 text-tiny text-soft">
        PNG, JPEG or WebP, up to 10 MB: choose, drop or paste.
      </p>
      <UploadFaults shown={values.pictures} pictures={pictures} />
      {advice && <Advice advice={advice} form={form} />}
      <FieldError id="inputs-error" message={faults.inputs} />
    </fieldset>
  )
}

function Advice({ advice, form }: { advice: InputAdvice; form: ComposerForm }) {
  return (
    <output className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <p>{advice.sentence}</p>
      {advice.ways.map(({ label, change }) => (
        <Button
          key={label}
          size="small"
          onClick={() => {
            form.change(change)
            form.showFault('inputs', null)
          }}
        >
          {label}
        </Button>
      ))}
    </output>
  )
}
