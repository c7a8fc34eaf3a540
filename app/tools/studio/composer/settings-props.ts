import type { ModelView } from '#lib/contract/model-view'
import type { OwnFiles } from '../fields/inputs/own-files.tsx'
import type { ComposerForm } from '../form/use-composer-form.ts'
import type { Pictures } from '../form/pictures/use-pictures.ts'

/** What the settings of a composer work with. */
export interface SettingsProps {
  form: ComposerForm
  models: ModelView[]
  pictures: Pictures
  /** What this studio has made. */
  own: OwnFiles
  /** Of a node of a canvas: one is made of it, and where edges bring its inputs they are not asked for. */
  node?: { isFed: boolean }
}
