import type { ReactNode } from 'react'
import { Wordmark } from './wordmark.tsx'

interface MessagePageProps {
  code: string
  title: string
  children: ReactNode
}

/** A full page with one message and a next step. */
export function MessagePage({ code, title, children }: MessagePageProps) {
  return (
    <main className="flex min-h-dvh flex-col p-6 sm:p-10">
      <title>{`${title} · Photofinish`}</title>
      <Wordmark />
      <div className="relative my-auto border-l-2 border-signal py-2 pl-8">
        <p className="font-mono text-clock text-soft tabular-nums">{code}</p>
        <h1 className="mt-6 text-2xl font-semibold tracking-tight">{title}</h1>
        <div className="mt-3 max-w-prose space-y-6 text-soft">{children}</div>
      </div>
    </main>
  )
}
