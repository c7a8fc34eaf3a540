'use client'

import { Sparkles } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button'
import { lazyPart } from '#components/ui/lazy-part'

const Proposal = lazyPart(() => import('./proposal.tsx').then((module) => module.Proposal))

interface PromptHelpProps {
  prompt: string
  kind: 'video' | 'image'
  /** Puts a prompt in the field; `before` is the one it was made from, null where an improvement is undone. */
  onChange: (prompt: string, before: string | null) => void
  /** More help, before it. */
  children?: ReactNode
}

/** Asks for a better prompt, shows it beside the typed one, and can take it back. Never starts anything. */
export function PromptHelp({ prompt, kind, onChange, children }: PromptHelpProps) {
  const t = useTranslations('improve')
  // The prompt that a proposal was asked for: one that is typed on is another one.
  const [askedFor, setAskedFor] = useState<string>()
  const [taken, setTaken] = useState<{ before: string; after: string }>()
  const asked = prompt.trim()
  const canUndo = taken !== undefined && taken.after === prompt
  const take = (after: string) => {
    setTaken({ before: prompt, after })
    setAskedFor(undefined)
    onChange(after, prompt)
  }
  return (
    <>
      <div className="mt-1 flex flex-wrap justify-end gap-1">
        {children}
        {canUndo && (
          <Button size="small" variant="quiet" onClick={() => onChange(taken.before, null)}>
            {t('undo')}
          </Button>
        )}
        <Button
          size="small"
          variant="quiet"
          disabled={asked === ''}
          aria-expanded={askedFor === asked}
          onClick={() => setAskedFor(asked)}
        >
          <Sparkles aria-hidden="true" />
          <span>{t('ask')}</span>
        </Button>
      </div>
      {askedFor !== undefined && askedFor === asked && (
        <Proposal
          key={asked}
          prompt={asked}
          kind={kind}
          onTake={take}
          onClose={() => setAskedFor(undefined)}
        />
      )}
    </>
  )
}
