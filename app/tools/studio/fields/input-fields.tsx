'use client'

import { lazyPart } from '#components/ui/lazy-part'
import { FieldError } from '#components/ui/form/field'
import { takesPictures } from '../form/pictures/pictures.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import type { Pictures } from '../form/pictures/use-pictures.ts'
import type { OwnFiles } from './inputs/own-files.tsx'

const PicturesField = lazyPart(() =>
  import('./inputs/pictures-field.tsx').then((file) => file.PicturesField),
)
const SourceVideoField = lazyPart(() =>
  import('./inputs/source-video-field.tsx').then((file) => file.SourceVideoField),
)

interface InputFieldsProps {
  form: ComposerForm
  pictures: Pictures
  own: OwnFiles
}

/** What it can start from besides a prompt; loaded with the first model that supports it. */
export function InputFields({ form, pictures, own }: InputFieldsProps) {
  const { model, faults } = form
  if (model && takesPictures(model.supports))
    return <PicturesField form={form} model={model} pictures={pictures} />
  if (model?.supports.sourceVideo === 'required') return <SourceVideoField form={form} own={own} />
  return <FieldError id="inputs-error" message={faults.inputs} />
}
