'use client'

import { useId } from 'react'
import { Button } from '#components/ui/button'
import type { GenerateVideoInput } from '#lib/contract/chat-tools'

interface SpendQuestionProps {
  input: GenerateVideoInput
  /** The server's sentence with the price. */
  reason: string | undefined
  onAnswer: (isApproved: boolean) => void
}

/** Asks before money is spent; nothing is started until one of the two is clicked. */
export function SpendQuestion({ input, reason, onAnswer }: SpendQuestionProps) {
  const headingId = useId()
  const [price, upTo] = reason?.match(/\$\d+(?:\.\d+)?/g) ?? []
  // What is agreed to is all it may come to.
  const most = upTo ? `up to ${upTo}` : price
  return (
    <section
      aria-labelledby={headingId}
      className="max-w-xl border-y border-l-2 border-hairline border-l-signal bg-raised p-4"
    >
      <h3 id={headingId} className="font-semibold tabular-nums">
        {most ? `Spend ${most} on this video?` : 'Spend money on this video?'}
      </h3>
      <p className="mt-1.5 line-clamp-4 text-sm">{input.prompt}</p>
      <p className="mt-1.5 text-sm text-soft tabular-nums">{reason}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => onAnswer(true)}>
          {most ? `Spend ${most}` : 'Spend it'}
        </Button>
        <Button onClick={() => onAnswer(false)}>Not now</Button>
      </div>
    </section>
  )
}
