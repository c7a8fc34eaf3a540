'use client'

import { Button } from '#components/ui/button'

interface EmptyChatProps {
  /** What will answer; undefined until known. A program is never passed off as an AI. */
  answeredBy: string | undefined
  onPick: (example: string) => void
}

const examples = [
  { text: 'Make a vertical video of rain over a night city', lang: 'en' },
  { text: 'A calm ocean at sunset, wide, 8 seconds, the camera pans slowly', lang: 'en' },
  { text: 'Сделай квадратное видео: снег падает на горы', lang: 'ru' },
] as const

/** Before the first message: what this is, who answers, and three ways to begin. */
export function EmptyChat({ answeredBy, onPick }: EmptyChatProps) {
  return (
    <div className="my-auto py-10">
      <p aria-hidden="true" className="unexposed relative mb-8 h-16 w-28 rounded-sm">
        <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />
      </p>
      <h2 className="text-2xl font-semibold tracking-tight text-balance">
        Say what should be seen.
      </h2>
      <p className="mt-2 max-w-prose text-pretty text-soft">
        Then say what to change: “the second one, but at night”, “make it vertical”. Or attach an
        image and say what should happen in it.
      </p>
      <p className="mt-3 min-h-5 text-sm text-soft">
        {answeredBy && (
          <span>
            Answers come from: <bdi>{answeredBy}</bdi>
          </span>
        )}
      </p>
      <ul aria-label="Examples" className="mt-8 border-t border-hairline">
        {examples.map(({ text, lang }) => (
          <li key={text} className="border-b border-hairline">
            <Button
              variant="quiet"
              lang={lang}
              onClick={() => onPick(text)}
              className="h-auto! min-h-12 w-full justify-start! rounded-none px-2! py-3 text-left text-base! font-normal! text-ink! whitespace-normal! text-pretty"
            >
              {text}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
