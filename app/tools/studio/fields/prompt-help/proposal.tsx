'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import useSWRImmutable from 'swr/immutable'
import { Button } from '#components/ui/button'
import { improvePrompt } from '#lib/ai/api/improve-prompt'
import { networkProblem, ProblemError } from '#lib/contract/problem'
import { compareTexts } from '#lib/contract/text/improved-prompt'
import { useSay } from '#lib/messages/use-say'

export interface ProposalProps {
  prompt: string
  kind: 'video' | 'image'
  onTake: (prompt: string) => void
  onClose: () => void
}

/** A better prompt beside the one that was typed, with what is new marked. It changes nothing until it is taken. */
export function Proposal({ prompt, kind, onTake, onClose }: ProposalProps) {
  const t = useTranslations('improve')
  const say = useSay()
  const { proposal, problem, retry } = useProposal(prompt, kind)
  const isSame = proposal?.prompt === prompt
  return (
    <section aria-label={t('title')} className="mt-3 rounded-md border border-hairline p-3 text-sm">
      <output className="block">
        {!proposal && !problem && <p className="text-soft">{t('working')}</p>}
        {problem && <p className="text-signal-ink">{say(problem.detail)}</p>}
        {proposal && <p className="text-soft text-pretty">{say(proposal.note)}</p>}
      </output>
      {proposal && !isSame && <Compared before={prompt} after={proposal.prompt} />}
      <div className="mt-3 flex flex-wrap gap-2">
        {proposal && !isSame && (
          <FocusedButton onClick={() => onTake(proposal.prompt)}>{t('take')}</FocusedButton>
        )}
        {problem && (
          <Button size="small" onClick={retry}>
            {t('retry')}
          </Button>
        )}
        <Button size="small" variant="quiet" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </section>
  )
}

/** What is new is underlined, what would go is struck out: never by colour alone. */
function Compared({ before, after }: { before: string; after: string }) {
  return (
    <p dir="auto" className="mt-2 max-h-48 overflow-y-auto whitespace-pre-wrap wrap-anywhere">
      {compareTexts(before, after).map(({ at, text, change }) =>
        change === 'same' ? (
          <span key={at}>{text}</span>
        ) : change === 'added' ? (
          <ins key={at} className="decoration-signal underline-offset-4">
            {text}
          </ins>
        ) : (
          <del key={at} className="text-soft">
            {text}
          </del>
        ),
      )}
    </p>
  )
}

/** Takes the focus when it appears: the proposal was asked for from the keyboard too. */
function FocusedButton({ onClick, children }: { onClick: () => void; children: string }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <Button ref={button} size="small" onClick={onClick}>
      {children}
    </Button>
  )
}

/** Asked once: a proposal stays as it was read. */
function useProposal(prompt: string, kind: ProposalProps['kind']) {
  const key = ['improved prompt', kind, prompt] as const
  const asking = useSWRImmutable(key, () => improvePrompt({ prompt, kind }), {
    shouldRetryOnError: false,
  })
  const error: unknown = asking.isValidating ? undefined : asking.error
  const retry = () => void asking.mutate()
  return { proposal: asking.data, problem: error ? problemOf(error) : undefined, retry }
}

function problemOf(error: unknown) {
  return error instanceof ProblemError ? error.problem : networkProblem()
}
