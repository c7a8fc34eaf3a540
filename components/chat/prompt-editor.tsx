'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { TextBox } from '#components/ui/text-box'
import { formatUsd } from '../video/format-figures.ts'
import type { FileView } from '#lib/contract/file-view'

/** As the server has it; its schema would weigh too much here. */
const maxLength = 4000

interface PromptEditorProps {
  view: FileView
  /** Why the last try did not start anything. */
  error: string | undefined
  isBusy: boolean
  onMake: (prompt: string) => void
}

/** The prompt of a video, to be changed: every change that is sent is a new version, the old one stays. */
export function PromptEditor({ view, error, isBusy, onMake }: PromptEditorProps) {
  const [prompt, setPrompt] = useState(view.settings.prompt)
  const isChanged = prompt.trim() !== view.settings.prompt
  return (
    <form
      aria-label="New version"
      onSubmit={(event) => {
        event.preventDefault()
        if (prompt.trim() && !isBusy) onMake(prompt.trim())
      }}
    >
      <Field label="Prompt" htmlFor="version-prompt" error={error}>
        <TextBox
          id="version-prompt"
          rows={3}
          value={prompt}
          maxLength={maxLength}
          onChange={({ target }) => setPrompt(target.value)}
          aria-invalid={!!error}
          aria-describedby={error ? 'version-prompt-error' : 'version-note'}
        />
      </Field>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          type="submit"
          size="small"
          variant={isChanged ? 'primary' : 'outline'}
          disabled={!prompt.trim() || isBusy}
        >
          <span className="tabular-nums">
            Make a new version · {formatUsd(view.cost.estimatedUsd)}
          </span>
        </Button>
        <p id="version-note" className="text-tiny text-soft">
          {isChanged ? 'This version stays.' : 'The same words give another take.'}
        </p>
      </div>
    </form>
  )
}
