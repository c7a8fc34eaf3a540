'use client'

import dynamic from 'next/dynamic'
import { FieldError } from '#components/ui/field-error'
import type { OwnVideos } from './inputs/own-videos.ts'
import { takesPictures } from './inputs/picture.ts'
import type { Pictures } from './inputs/use-pictures.ts'
import type { ComposerForm } from './use-composer-form.ts'

const InputsField = dynamic(() =>
  import('./inputs/inputs-field.tsx').then((file) => file.InputsField),
)
const SourceVideoField = dynamic(() =>
  import('./inputs/source-video-field.tsx').then((file) => file.SourceVideoField),
)

interface InputFieldsProps {
  form: ComposerForm
  pictures: Pictures
  own: OwnVideos
}

/** What a video can start from beside words; loaded with the first model that takes such. */
export function InputFields({ form, pictures, own }: InputFieldsProps) {
  const { model, faults } = form
  if (model && takesPictures(model.supports))
    return <InputsField form={form} model={model} pictures={pictures} own={own} />
  if (model?.supports.sourceVideo === 'required') return <SourceVideoField form={form} own={own} />
  return <FieldError id="inputs-error" message={faults.inputs} />
}
