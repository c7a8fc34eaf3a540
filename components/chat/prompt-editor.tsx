'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/form/field'
import { TextBox } from '#components/ui/form/text-field'
import type { NewVersionRequest } from '#lib/contract/chat-request'
import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { priceWords } from './price-words.ts'
import { versionPrice } from './version-price.ts'
import { versionRequest } from './version-request.ts'

/** As the server has it; its schema would weigh too much here. */
const maxLength = 4000

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
export function PromptEditor({ view, models, error, isBusy, onMake }: PromptEditorProps) {
  const [words, setWords] = useState(view.settings.prompt)
  const prompt = words.trim()
  const isChanged = prompt !== view.settings.prompt
  const price = versionPrice(view, models, { prompt })
  const canMake = prompt !== '' && !isBusy && price !== null
  const isOut = models.length > 0 && !price
  return (
    <form
      aria-label="New version"
      onSubmit={(event) => {
        event.preventDefault()
        if (canMake) onMake(versionRequest(view, price, isChanged ? { prompt } : {}))
      }}
    >
      <Field label="Prompt" htmlFor="version-prompt" error={error}>
        <TextBox
          id="version-prompt"
          rows={3}
          value={words}
          maxLength={maxLength}
          onChange={({ target }) => setWords(target.value)}
          aria-invalid={!!error}
          aria-describedby={error ? 'version-prompt-error' : 'version-note'}
        />
      </Field>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          type="submit"
          size="small"
          variant={isChanged ? 'primary' : 'outline'}
          disabled={!canMake}
        >
          <span className="tabular-nums">
            Make a new version{price && ` · ${priceWords(price)}`}
          </span>
        </Button>
        <p id="version-note" className="text-tiny text-soft">
          {isOut ? outWords(view) : noteWords(isChanged)}
        </p>
      </div>
    </form>
  )
}

function noteWords(isChanged: boolean) {
  return isChanged ? 'This version stays.' : 'The same words give another take.'
}

function outWords({ modelLabel }: FileView) {
  return `${modelLabel} cannot make it right now. Use it in the form, with another model.`
}
